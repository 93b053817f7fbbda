"""The agriculture track (clause 5): a sum for each employee of the claimant's fields in the special area."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from crm_portal.facts import InvalidInput

from . import exclusions, location
from .assessment import Assessment, Finding, Outcome, Step, Unit, principal, refused
from .codes import Annex, Track
from .exclusions import ClaimantFacts
from .location import Location, Place
from .programme import Programme
from .reading import Facts
from .reasons import Reason
from .towns import Town


class OtherTrack(StrEnum):
    """Where else the farm may have filed (CMP-5.2-c); a claim on this very track is not another one."""

    NONE = "NONE"
    WAGE = "WAGE"
    TURNOVER = "TURNOVER"
    AGRICULTURE = "AGRICULTURE"
    EXECUTION_CONTRACTOR = "EXECUTION_CONTRACTOR"
    FIXED_COSTS = "FIXED_COSTS"
    RED = "RED"


@dataclass(frozen=True, slots=True)
class Field:
    """A field's place and size, as the claimant declares them (CMP-5.4.2-a)."""

    town: Town
    dunams: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Farm:
    """What the track asks; no `workers` when only the exclusions are in question."""

    claimant: ClaimantFacts
    location: Location
    fields: tuple[Field, ...] = ()
    workers: int | None = None  # of the fields in the special area, on the payroll before the war (CMP-5.3-b)
    has_red_claim: bool = False
    other_track: OtherTrack = OtherTrack.NONE
    has_aid_plan_claim: bool = False


def assess(farm: Farm, programme: Programme) -> Assessment:
    """12,844 ILS for each employee, up to the cap (5.3)."""
    found = [*preconditions(farm), *exclusions.hits(Track.AGRICULTURE, farm.claimant, programme)]
    if any(finding.is_final for finding in found):
        return refused(found)
    outcome = Outcome.MANUAL_REVIEW if found else Outcome.COMPUTED
    if farm.workers is None:
        return Assessment(outcome, {"allowed": True, "reason": principal(found)}, findings=tuple(found))

    workers = Decimal(farm.workers)
    before_cap = workers * programme.field_worker_value
    amount = min(before_cap, programme.agriculture_cap)
    if amount < before_cap:
        found.insert(0, Finding(Reason.AGR_CAP_3000000, "CMP-5.3-a", is_final=False))
    steps = (
        Step("agr_workers", workers, "5.3", unit=Unit.COUNT),
        Step(
            "agr_before_cap",
            before_cap,
            "5.3",
            "n × v",
            (("n", workers), ("v", programme.field_worker_value)),
        ),
        Step("agr_amount", amount, "5.3", "min(A, cap)", (("A", before_cap), ("cap", programme.agriculture_cap))),
    )
    figures = {"amount_before_cap": before_cap, "amount": amount, "allowed": True, "reason": principal(found)}
    return Assessment(outcome, figures, steps, tuple(found))


def preconditions(farm: Farm) -> list[Finding]:
    """Where the fields are (5.1), and what else was filed (5.2)."""
    found = []
    if farm.fields and not any(is_in_area(field.town) for field in farm.fields):
        found.append(Finding(Reason.AGR_FIELDS_NOT_IN_AREA, "CMP-5.1-a", "fields"))
    if _filed_red(farm):
        found.append(Finding(Reason.AGR_RED_FILED, "CMP-5.2-b", "red_claim_filed"))
    others = {OtherTrack.WAGE, OtherTrack.TURNOVER, OtherTrack.EXECUTION_CONTRACTOR, OtherTrack.FIXED_COSTS}
    if farm.other_track in others or farm.has_aid_plan_claim:
        where = "aid_plan_claim_filed" if farm.has_aid_plan_claim else "other_track_filed"
        found.append(Finding(Reason.AGR_OTHER_TRACK_FILED, "CMP-5.2-c", where))
    if farm.location.place is not Place.INSIDE:  # the fields decide; the business is looked at (decision 39)
        found.append(Finding(Reason.GEN_LOCATION_REGISTRATION_MISMATCH, "CMP-5.1-a", "business_town", is_final=False))
    return found


def is_in_area(town: Town) -> bool:
    """The second schedule (the third is part of it) and the fourth (5.1)."""
    return town.is_special


def _filed_red(farm: Farm) -> bool:
    """A farm of the third or fourth schedule that filed red (5.2); one that names no town is taken for such."""
    if not farm.has_red_claim and farm.other_track is not OtherTrack.RED:
        return False
    town = farm.location.business
    return town is None or not {Annex.THIRD_SCHEDULE, Annex.FOURTH_SCHEDULE}.isdisjoint(town.annexes)


def entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """The track by plain data."""
    facts = Facts(inputs)
    farm = Farm(
        claimant=exclusions.read(facts),
        location=location.read(facts, programme),
        fields=_fields(facts, programme),
        workers=_workers(facts, programme),
        has_red_claim=facts.flag("red_claim_filed", False),
        other_track=facts.choice("other_track_filed", OtherTrack, OtherTrack.NONE),
        has_aid_plan_claim=facts.flag("aid_plan_claim_filed", False),
    )
    facts.nothing_else()
    before = farm.claimant.employees_before_war
    if before and farm.workers is not None and farm.workers > before:
        raise InvalidInput(Reason.AGR_BAD_COUNT, facts.where("employees_before_war"))
    return assess(farm, programme)


def _fields(facts: Facts, programme: Programme) -> tuple[Field, ...]:
    found = []
    for part in facts.parts("fields"):
        town = part.town("town", programme.towns)
        if town is None:
            raise InvalidInput(Reason.GEN_UNKNOWN_TOWN, part.where("town"))
        least = Decimal("0.01")
        found.append(Field(town, part.number("dunams", least=least, places=2) if part.has("dunams") else None))
        part.nothing_else(("dunams",))
    return tuple(found)


def _workers(facts: Facts, programme: Programme) -> int | None:
    """The head count: as given, or counted from the list, each person once and only in fields of the area."""
    outside = facts.whole("field_workers_outside", 0, most=programme.most_field_workers, code=Reason.AGR_BAD_COUNT)
    names = [name for name in ("field_workers_in_special_area", "field_workers") if facts.has(name)]
    for name in ("field_workers_in_special_area", "field_workers"):
        facts.raw(name)
    if facts.has("workers"):
        return _listed(facts, programme)
    if not names:
        if outside:
            raise InvalidInput(Reason.AGR_BAD_COUNT, facts.where("field_workers_in_special_area"))
        return None
    return facts.whole(names[0], least=1, most=programme.most_field_workers, code=Reason.AGR_BAD_COUNT)


def _listed(facts: Facts, programme: Programme) -> int:
    seen: set[str] = set()
    count = 0
    for part in facts.parts("workers"):
        identity = part.text("id")
        if not identity or identity in seen:
            raise InvalidInput(Reason.AGR_BAD_COUNT, part.where("id"))
        seen.add(identity)
        town = part.town("field_town", programme.towns)
        count += town is None or is_in_area(town)
        part.nothing_else()
    if not 1 <= count <= programme.most_field_workers:
        raise InvalidInput(Reason.AGR_BAD_COUNT, facts.where("workers"))
    return count
