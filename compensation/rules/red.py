"""The red track (clauses 7.1, 7.2 and 2.6): whom the main regulations serve, and the cap of growing fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from . import exclusions, location
from .assessment import Assessment, Finding, Outcome, Step, principal, refused
from .codes import Annex, Sector, Track
from .eligibility import is_only_in_annex_e
from .exclusions import ClaimantFacts
from .location import Location, Place
from .programme import Programme
from .reading import Facts
from .reasons import Reason
from .rounding import to_shekel
from .towns import Town


@dataclass(frozen=True, slots=True)
class RedClaim:
    """What the track asks; the amount is the manager's, head by head of damage, and never a formula (CMP-7.1-b)."""

    claimant: ClaimantFacts
    location: Location
    grows_in_third_schedule: bool | None = None  # None: neither the fields nor the sector were named
    determined: Decimal | None = None
    advance_paid: bool = False
    green_claim_filed: bool = False


def assess(claim: RedClaim, programme: Programme) -> Assessment:
    """The manager's amount, with the cap of growing fields of the third schedule alone (CMP-7.2-a)."""
    found = [*preconditions(claim), *exclusions.hits(Track.RED, claim.claimant, programme)]
    if any(finding.is_final for finding in found):
        return refused(found)
    outcome = Outcome.MANUAL_REVIEW if found else Outcome.COMPUTED
    if claim.determined is None:
        return Assessment(outcome, {"allowed": True, "reason": principal(found)}, findings=tuple(found))

    amount = determined = to_shekel(claim.determined)
    steps = [Step("red_determined", determined, "7.1")]
    if claim.grows_in_third_schedule:
        amount = min(determined, programme.red_agriculture_cap)
        values = (("A", determined), ("cap", programme.red_agriculture_cap))
        steps.append(Step("red_amount", amount, "7.2", "min(A, cap)", values))
    if amount < determined:
        found.insert(0, Finding(Reason.RED_AGR_CAP_3000000, "CMP-7.2-a", is_final=False))
    figures = {"amount_before_cap": determined, "amount": amount, "allowed": True, "reason": principal(found)}
    return Assessment(outcome, figures, tuple(steps), tuple(found))


def preconditions(claim: RedClaim) -> list[Finding]:
    """Border settlements (7.1), growing fields of the third schedule (2.6), and no way back from green (note 1)."""
    found = []
    if claim.advance_paid and claim.green_claim_filed:
        found.append(Finding(Reason.RED_ADVANCE_THEN_GREEN, "CMP-2.6-h", "green_claim_filed"))
    town = claim.location.business
    if town is not None:
        found.extend(_settlement(town, claim))
    if claim.location.place is Place.MISMATCH:
        found.append(Finding(Reason.GEN_LOCATION_REGISTRATION_MISMATCH, "CMP-1.7-a", "registered_town", is_final=False))
    return found


def _settlement(town: Town, claim: RedClaim) -> list[Finding]:
    if town.is_border_settlement or claim.grows_in_third_schedule:
        return []
    if Annex.THIRD_SCHEDULE in town.annexes:
        if claim.grows_in_third_schedule is None:  # a case that names neither is not excluded by it
            return []
        return [Finding(Reason.RED_THIRD_SCHEDULE_NOT_AGRICULTURE, "CMP-2.6-d", "sector")]
    is_final = not is_only_in_annex_e(town)  # those are examined by hand (decision 30)
    return [Finding(Reason.RED_NOT_BORDER_SETTLEMENT, "CMP-7.1-a", "business_town", is_final)]


def entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """The track by plain data."""
    facts = Facts(inputs)
    claimant = exclusions.read(facts)
    where = location.read(facts, programme)
    determined = facts.number("manager_determined") if facts.has("manager_determined") else None
    claim = RedClaim(
        claimant=claimant,
        location=where,
        grows_in_third_schedule=_grows_in_third_schedule(facts, programme, claimant, where),
        determined=determined,
        advance_paid=facts.flag("pre_claim_advance_paid", False),
        green_claim_filed=facts.flag("green_claim_filed", False),
    )
    facts.nothing_else(("manager_determined", "agriculture_in_third_schedule", "sector"))
    return assess(claim, programme)


def _grows_in_third_schedule(
    facts: Facts, programme: Programme, claimant: ClaimantFacts, where: Location
) -> bool | None:
    """As declared; else by the town of the fields, also of an evacuated one; else by sector and place (7.2)."""
    fields = location.towns_of(facts, "fields", programme)
    if facts.has("agriculture_in_third_schedule"):
        return facts.flag("agriculture_in_third_schedule", False)
    if fields:
        return any(Annex.THIRD_SCHEDULE in town.annexes for town in fields)
    if facts.has("sector"):
        town = where.business
        is_third = town is not None and Annex.THIRD_SCHEDULE in town.annexes
        return claimant.sector is Sector.AGRICULTURE and is_third
    return None
