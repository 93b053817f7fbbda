"""
Which tracks are open to a claimant: the matrix of clause 2.6 with its notes 1 to 5, and annex E for the advance.

The matrix is the programme's data; what stands here is which of its rows applies, and what the notes change in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import InvalidInput

from . import location
from .assessment import Assessment, Finding, Outcome, principal
from .codes import Annex, Eligibility, LocationRow, Track
from .location import Location, Place
from .programme import PRE_CLAIM_ADVANCE, Programme
from .reading import Facts
from .reasons import Reason
from .towns import Town

COLUMNS = (  # of the matrix; the contractor's track has none, it asks for the special area itself (6.1)
    PRE_CLAIM_ADVANCE, Track.WAGE, Track.TURNOVER, Track.AGRICULTURE, Track.RED, Track.FIXED_COSTS,
)  # fmt: skip
OF_THE_AREA = (Track.WAGE, Track.TURNOVER, Track.AGRICULTURE, Track.RED)


class Note(IntEnum):
    """The notes under the matrix that a claimant is shown."""

    ADVANCE_THEN_GREEN = 1  # CMP-2.6-h
    BRANCHES_DECLARED = 2  # CMP-2.6-i
    WHOLE_CLAIM_RED = 3  # CMP-2.6-j
    BRANCH_BESIDE_FIXED_COSTS = 4  # CMP-2.6-k
    EVACUATED_EMPLOYEE = 5  # CMP-2.6-l


@dataclass(frozen=True, slots=True)
class Business:
    """Where a business, its branches and its employees are."""

    location: Location
    has_branches: bool = False
    branches: tuple[Town, ...] = ()  # may be unknown although there are some
    employees: tuple[Town, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of the matrix as it applies to one business."""

    row: LocationRow
    cells: Mapping[str, Eligibility]
    notes: tuple[Note, ...] = ()
    findings: tuple[Finding, ...] = ()


def assess(business: Business, programme: Programme) -> Answer:
    """What is open to a business whose town is known (CMP-2.6-a)."""
    town, registered = business.location.business, business.location.registered
    if town is None:
        raise InvalidInput(Code.FIELD_REQUIRED, "town")
    row = row_of(business)
    found: list[Finding] = []
    cells = {str(column): programme.eligibility(row, column) for column in COLUMNS}
    cells[PRE_CLAIM_ADVANCE] = advance(town)
    if cells[PRE_CLAIM_ADVANCE] is Eligibility.MANUAL_REVIEW:
        found.append(Finding(Reason.ADV_D_NOT_E, "CMP-7.3.4-a", "town", is_final=False))
    if row not in {LocationRow.REST_WITH_BRANCH, LocationRow.REST_WITH_EMPLOYEE_RESIDENT}:
        cells[Track.RED] = red(town, cells[Track.RED])
    if business.location.place is Place.MISMATCH:
        inside = town if town.is_special or registered is None else registered
        found.insert(
            0, Finding(Reason.GEN_LOCATION_REGISTRATION_MISMATCH, "CMP-1.7-a", "registered_town", is_final=False)
        )
        _examine_by_hand(cells, inside.row, programme)
    notes = _apply_notes(cells, business, row)
    return Answer(row, cells, notes, tuple(found))


def row_of(business: Business) -> LocationRow:
    """The most favourable row (CMP-2.6-b); in the rest of the country a branch or an employee inside opens one."""
    town = business.location.business
    row = town.row if town is not None else LocationRow.REST
    if row is not LocationRow.REST:
        return row
    if location.in_area(business.branches) or (business.has_branches and not business.branches):
        return LocationRow.REST_WITH_BRANCH
    if location.in_area(business.employees):
        return LocationRow.REST_WITH_EMPLOYEE_RESIDENT
    return LocationRow.REST


def advance(town: Town) -> Eligibility:
    """Annex E alone decides; an evacuated town that is not in it is examined by hand (CMP-1.5-a, CMP-7.3.4-a)."""
    if Annex.ADVANCE in town.annexes:
        return Eligibility.ELIGIBLE
    return Eligibility.MANUAL_REVIEW if Annex.EVACUATED in town.annexes else Eligibility.NOT_ELIGIBLE


def red(town: Town, cell: Eligibility) -> Eligibility:
    """Border settlements by their flag; towns of annex E in no schedule are examined by hand (decisions 26, 30)."""
    if town.is_border_settlement:
        return Eligibility.ELIGIBLE
    if cell is Eligibility.ELIGIBLE:  # the manager took the flag away
        third = Annex.THIRD_SCHEDULE in town.annexes
        return Eligibility.AGRICULTURE_RED_ONLY if third else Eligibility.NOT_ELIGIBLE
    if is_only_in_annex_e(town):
        return Eligibility.MANUAL_REVIEW
    return cell


def is_only_in_annex_e(town: Town) -> bool:
    """An advance may be asked for, but no schedule has the town: its border status is examined (CMP-annexE-a)."""
    return town.annexes == {Annex.ADVANCE}


def _examine_by_hand(cells: dict[str, Eligibility], row: LocationRow, programme: Programme) -> None:
    """What the town inside would open is not decided by the machine (CMP-1.7-a)."""
    for track in OF_THE_AREA:
        if programme.eligibility(row, track) is not Eligibility.NOT_ELIGIBLE:
            cells[track] = Eligibility.MANUAL_REVIEW


def _apply_notes(cells: dict[str, Eligibility], business: Business, row: LocationRow) -> tuple[Note, ...]:
    """Change the cells as the notes under the matrix say, and name those that the claimant must know."""
    notes = []
    if cells[PRE_CLAIM_ADVANCE] is not Eligibility.NOT_ELIGIBLE:
        notes.append(Note.ADVANCE_THEN_GREEN)
    if business.has_branches or business.branches:
        notes.append(Note.BRANCHES_DECLARED)
        notes.extend(_branch_notes(cells, business, row))
    from_outside = row in {LocationRow.REST_WITH_EMPLOYEE_RESIDENT, LocationRow.REST_WITH_BRANCH}
    if from_outside and any(Annex.EVACUATED in town.annexes for town in business.employees):
        notes.append(Note.EVACUATED_EMPLOYEE)
    return tuple(notes)


def _branch_notes(cells: dict[str, Eligibility], business: Business, row: LocationRow) -> list[Note]:
    """Notes 3 and 4 and decision 35: an evacuated branch beside others leaves the red track alone."""
    premises = [*business.branches, *filter(None, [business.location.business])]
    evacuated = any(Annex.EVACUATED in town.annexes for town in business.branches)
    if evacuated and not all(town.is_border_settlement for town in premises):
        cells.update(dict.fromkeys((Track.WAGE, Track.TURNOVER, Track.AGRICULTURE), Eligibility.NOT_ELIGIBLE))
        cells[Track.RED] = Eligibility.WHOLE_CLAIM_RED_IF_BRANCH_EVACUATED
        return [Note.WHOLE_CLAIM_RED]
    if row is not LocationRow.REST_WITH_BRANCH:
        return []
    if business.branches and not evacuated:
        is_border = any(town.is_border_settlement for town in business.branches)
        cells[Track.RED] = Eligibility.MANUAL_REVIEW if is_border else Eligibility.NOT_ELIGIBLE
    return [Note.BRANCH_BESIDE_FIXED_COSTS] if business.branches else [
        Note.WHOLE_CLAIM_RED, Note.BRANCH_BESIDE_FIXED_COSTS
    ]  # fmt: skip


def entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """A row of the matrix by its name, or what applies to a business by its towns."""
    facts = Facts(inputs)
    if facts.has("location_row") and not facts.has("town", "business_town"):
        row = facts.choice("location_row", LocationRow, LocationRow.REST)
        facts.nothing_else()
        cells = {str(column): programme.eligibility(row, column) for column in COLUMNS}
        return _assessment(Answer(row, cells))
    branches = location.towns_of(facts, "branches", programme) + location.towns_of(facts, "branch_towns", programme)
    business = Business(
        location.read(facts, programme, "business_town", "town"),
        has_branches=facts.flag("has_branches", bool(branches)),
        branches=branches,
        employees=location.towns_of(facts, "employee_towns", programme),
    )
    facts.nothing_else(("location_row",))
    return _assessment(assess(business, programme))


def _assessment(answer: Answer) -> Assessment:
    is_clear = not answer.findings
    return Assessment(
        Outcome.COMPUTED if is_clear else Outcome.MANUAL_REVIEW,
        {
            "location_row": answer.row,
            **{column.lower(): cell for column, cell in answer.cells.items()},
            "notes": [int(note) for note in answer.notes],
            "reason": principal(answer.findings),
        },
        findings=answer.findings,
    )
