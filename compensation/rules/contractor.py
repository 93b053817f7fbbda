"""The execution contractor's track (clause 6): fixed costs, and a part of the eligible wage by the drop rate."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from . import exclusions, location
from .assessment import Assessment, Finding, Outcome, Step, Unit, principal, refused
from .codes import Track
from .exclusions import ClaimantFacts
from .location import Location
from .programme import Programme
from .reading import Facts
from .reasons import Reason
from .rounding import to_shekel


@dataclass(frozen=True, slots=True)
class Contractor:
    """What the track asks; no figures when only the preconditions are in question."""

    claimant: ClaimantFacts
    location: Location
    is_contractor: bool = True  # of section 38C of the Aid Plan Law
    fixed_costs: Decimal | None = None  # entered with its calculation sheet; the seed has no formula (decision 22)
    eligible_wage: Decimal = Decimal(0)
    drop_rate: Decimal = Decimal(0)


def assess(contractor: Contractor, programme: Programme) -> Assessment:
    """min(cap, F + round(0.75 × r × S)) (CMP-6.1-b)."""
    found = [
        *location.findings(contractor.location, Reason.CON_NOT_SPECIAL_AREA, "CMP-6.1-a"),
        *exclusions.hits(Track.EXECUTION_CONTRACTOR, contractor.claimant, programme),
    ]
    if not contractor.is_contractor:
        found.append(Finding(Reason.CON_NOT_CONTRACTOR, "CMP-6.1-a", "is_execution_contractor"))
    if any(finding.is_final for finding in found):
        return refused(found)
    outcome = Outcome.MANUAL_REVIEW if found else Outcome.COMPUTED
    if contractor.fixed_costs is None:
        return Assessment(outcome, {"allowed": True, "reason": principal(found)}, findings=tuple(found))

    wage_part = wage_part_of(contractor.eligible_wage, contractor.drop_rate, programme)
    before_cap = to_shekel(contractor.fixed_costs + wage_part)
    amount = min(before_cap, programme.contractor_cap)
    if amount < before_cap:
        found.insert(0, Finding(Reason.CON_CAP_2500000, "CMP-6.1-c", is_final=False))
    steps = (
        Step("con_fixed_costs", contractor.fixed_costs, "6.1"),
        wage_step("con_wage_part", wage_part, contractor.eligible_wage, contractor.drop_rate, programme, "6.1"),
        Step("con_before_cap", before_cap, "6.1", "F + S'", (("F", contractor.fixed_costs), ("S'", wage_part))),
        Step("con_amount", amount, "6.1", "min(A, cap)", (("A", before_cap), ("cap", programme.contractor_cap))),
    )
    figures = {
        "eligible_wage_part": wage_part,
        "amount_before_cap": before_cap,
        "amount": amount,
        "allowed": True,
        "reason": principal(found),
    }
    return Assessment(outcome, figures, steps, tuple(found))


def wage_part_of(wage: Decimal, drop_rate: Decimal, programme: Programme) -> Decimal:
    """75% of the drop rate of a wage, as the notes to 2.6 quote the Aid Plan Law."""
    return to_shekel(programme.aid_plan_wage_share * drop_rate * wage)


def wage_step(key: str, part: Decimal, wage: Decimal, rate: Decimal, programme: Programme, clause: str) -> Step:
    """The line of the ledger for it."""
    values = (("k", programme.aid_plan_wage_share), ("r", rate), ("S", wage))
    return Step(key, part, clause, "k × r × S", values, Unit.ILS)


def entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """The track by plain data."""
    facts = Facts(inputs)
    has_figures = facts.has("fixed_costs", "eligible_wage", "drop_rate")
    contractor = Contractor(
        claimant=exclusions.read(facts),
        location=location.read(facts, programme),
        is_contractor=facts.flag("is_execution_contractor", True),
        fixed_costs=facts.number("fixed_costs", Decimal(0)) if has_figures else None,
        eligible_wage=facts.number("eligible_wage", Decimal(0)) if has_figures else Decimal(0),
        drop_rate=facts.fraction("drop_rate", Decimal(0)) if has_figures else Decimal(0),
    )
    facts.nothing_else(("fixed_costs", "eligible_wage", "drop_rate"))
    return assess(contractor, programme)
