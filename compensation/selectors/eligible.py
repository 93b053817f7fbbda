"""What is open to a business: asked before any form, and of a draft (CMP-2.6-a)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..models import Claim
from ..rules import eligibility, engine
from ..rules.assessment import Finding
from ..rules.codes import Eligibility, LocationRow, Track
from ..rules.offers import Offer, offers
from ..rules.programme import PRE_CLAIM_ADVANCE, Programme
from ..rules.towns import Town, spelling

MOST_TOWNS = 12  # that a search offers


@dataclass(frozen=True, slots=True)
class Answer:
    """The row of the matrix, each track with its reason, the advance, the notes and what was found."""

    row: LocationRow
    offers: tuple[Offer, ...]
    advance: Eligibility
    notes: tuple[int, ...]
    findings: tuple[Finding, ...]

    @property
    def open_tracks(self) -> list[Track]:
        return [offer.track for offer in self.offers if offer.is_open]


def answer(inputs: dict[str, Any], programme: Programme, *, granted: Track | None = None) -> Answer:
    """
    What is open to a business by its towns.

    :raises InvalidInput: GEN_UNKNOWN_TOWN at the town that no list knows, FIELD_REQUIRED without one
    """
    assessment = engine.assess("eligibility", inputs, programme)
    figures = assessment.figures
    cells = {track: figures[track.value.lower()] for track in Track if track.value.lower() in figures}
    town = programme.towns.find(inputs["town"])
    registered = programme.towns.find(inputs.get("registered_town") or inputs["town"])
    is_in_area = any(one is not None and one.is_special for one in (town, registered))
    return Answer(
        row=LocationRow(str(figures["location_row"])),
        offers=offers({track: Eligibility(str(cell)) for track, cell in cells.items()},
                      is_in_area=is_in_area, granted=granted),
        advance=Eligibility(str(figures[PRE_CLAIM_ADVANCE])),
        notes=tuple(figures["notes"]),  # type: ignore[arg-type]
        findings=assessment.findings,
    )  # fmt: skip


def inputs_of(claim: Claim) -> dict[str, Any]:
    """The towns of a draft, as the rules read them."""
    inputs: dict[str, Any] = {"town": claim.business_town, "has_branches": bool(claim.has_branches)}
    if claim.registered_town:
        inputs["registered_town"] = claim.registered_town
    if branches := [branch.town for branch in claim.branches.all()]:
        inputs["branches"] = branches
    if employees := claim.answers.get("employee_towns"):
        inputs["employee_towns"] = employees
    return inputs


def of_claim(claim: Claim, programme: Programme) -> Answer:
    """What is open to the business of a draft, with what a granted check opens."""
    check = claim.eligibility_check
    granted = Track(check.track) if check is not None and check.state == check.GRANTED else None
    return answer(inputs_of(claim), programme, granted=granted)


def warns_of_advance(found: Answer) -> bool:
    """Whether an advance before a claim is open to it, so that note 1 must be read (CMP-2.6-h)."""
    return int(eligibility.Note.ADVANCE_THEN_GREEN) in found.notes


def towns_like(text: str, programme: Programme) -> list[str]:
    """Canonical names of towns that begin with or contain this text, in any spelling; the beginnings first."""
    sought = spelling(text)
    if len(sought) < 2:
        return []
    towns: Sequence[tuple[str, Town]] = list(programme.towns.by_spelling.items())
    first = [town.name for name, town in towns if name.startswith(sought)]
    inside = [town.name for name, town in towns if sought in name]
    return list(dict.fromkeys([*sorted(first), *sorted(inside)]))[:MOST_TOWNS]
