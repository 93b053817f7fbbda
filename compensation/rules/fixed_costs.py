"""The wage top-up of an evacuated employee beside a claim under the Aid Plan Law (clause 2.6, note 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from .assessment import Assessment, Finding, Outcome, Step, refused
from .codes import Annex, ClaimState
from .contractor import wage_part_of, wage_step
from .programme import Programme
from .reading import Facts
from .reasons import Reason
from .rounding import to_shekel
from .towns import Town


class AidPlanClaim(StrEnum):
    """How far the claim under the Aid Plan Law is (CMP-2.6-m)."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class TopUp:
    """One employee's top-up: one of each employee and claim."""

    employee_town: Town | None
    wage: Decimal | None  # the full wage paid for the days of absence (decision 23)
    drop_rate: Decimal
    aid_plan_claim: AidPlanClaim = AidPlanClaim.APPROVED


def assess(top_up: TopUp, programme: Programme) -> Assessment:
    """max(0, W − round(0.75 × r × W)) (CMP-2.6-l)."""
    town = top_up.employee_town
    if town is not None and Annex.EVACUATED not in town.annexes:
        return refused([Finding(Reason.WAG_NOT_RESIDENT, "CMP-2.6-l", "employee_town")])
    if top_up.aid_plan_claim is AidPlanClaim.PENDING:  # waits, with the clock stopped, until the rate is known
        return Assessment(Outcome.MANUAL_REVIEW, {"allowed": True, "state": ClaimState.DETAILS_REQUESTED})
    if top_up.wage is None:
        return Assessment(Outcome.COMPUTED, {"allowed": True, "reason": None})

    rate = Decimal(0) if top_up.aid_plan_claim is AidPlanClaim.REJECTED else top_up.drop_rate
    paid = wage_part_of(top_up.wage, rate, programme)
    amount = to_shekel(max(Decimal(0), top_up.wage - paid))
    steps = (
        Step("fix_wage", top_up.wage, "2.6"),
        wage_step("fix_already_paid", paid, top_up.wage, rate, programme, "2.6"),
        Step("fix_amount", amount, "2.6", "max(0, W − P)", (("W", top_up.wage), ("P", paid))),
    )
    figures = {"eligible_wage_part_already_paid": paid, "amount": amount, "allowed": True, "reason": None}
    return Assessment(Outcome.COMPUTED, figures, steps)


def entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """The top-up by plain data."""
    facts = Facts(inputs)
    zero = Decimal(0)
    wage = facts.number("wage_paid_for_absence_days") if facts.has("wage_paid_for_absence_days") else None
    state = facts.choice("aid_plan_claim", AidPlanClaim, AidPlanClaim.APPROVED)
    needs_rate = wage is not None and state is AidPlanClaim.APPROVED
    rate = facts.fraction("drop_rate", None if needs_rate else zero)
    town = facts.town("employee_town", programme.towns)
    facts.nothing_else(("wage_paid_for_absence_days",))
    return assess(TopUp(town, wage, rate, state), programme)
