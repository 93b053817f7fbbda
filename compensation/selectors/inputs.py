"""What the engine is given of a claim: on the claimant's own figures, and as the review found them."""

from typing import Any

from django.db.models import Sum

from ..models import Claim, EligibilityCheckRequest
from ..rules.codes import Track
from ..rules.fixed_costs import AidPlanClaim
from ..rules.overlay import replaced
from .wage_inputs import employees_of


def top_up_of(claim: Claim) -> EligibilityCheckRequest | None:
    """The request that a wage top-up is filed under; None of any other claim (CMP-2.6-l)."""
    check = claim.eligibility_check
    return check if check is not None and check.is_top_up else None


def engine_track(claim: Claim) -> Track:
    """Which rules assess a claim: those of its track, or of the top-up beside fixed costs."""
    return Track.FIXED_COSTS if top_up_of(claim) is not None else Track(claim.track)


def claimants_inputs(claim: Claim) -> dict[str, Any]:
    """The facts and figures that the claimant gave, in the engine's shape (CMP-1.8-a: nobody types the amount)."""
    if (check := top_up_of(claim)) is not None:
        return _top_up_inputs(claim, check)
    inputs = {**claim.answers.get("facts", {}), **claim.answers.get("figures", {})}
    if claim.business_town:
        inputs["business_town"] = claim.business_town
        inputs["registered_town"] = claim.registered_town or claim.business_town
    if claim.track == Track.WAGE.value:
        inputs["employees"] = employees_of(claim)
    return inputs


def reviewed_inputs(claim: Claim) -> dict[str, Any]:
    """The same with the clerk's figures, the manager's adjustments and rate (CMP-4.6-f, CMP-4.6-ac)."""
    changes: list[tuple[str, Any]] = [
        (figure.path, figure.value) for figure in claim.reviewed_figures.order_by("at", "pk")
    ]
    adjusted = claim.adjustments.filter(removed_at__isnull=True).values_list("period").annotate(Sum("amount"))
    changes += [(f"{period}.manager_adjustment", str(amount)) for period, amount in adjusted.order_by("period")]
    if (rate := claim.rates.last()) is not None:
        changes.append(("manager_rate", str(rate.rate)))
    return replaced(claimants_inputs(claim), changes)


def _top_up_inputs(claim: Claim, check: EligibilityCheckRequest) -> dict[str, Any]:
    """The wage of the one employee for whom the request was granted, and what is known of the Aid Plan claim."""
    row = claim.employees.listed().filter(id_number=check.employee_id_number).first()
    known = {"aid_plan_claim": check.aid_plan_claim or AidPlanClaim.PENDING.value}
    if check.drop_rate is not None:
        known["drop_rate"] = str(check.drop_rate)
    if row is None:
        return {"employee_town": check.town, **known}
    wage = {} if row.wage_paid is None else {"wage_paid_for_absence_days": str(row.wage_paid)}
    return {"employee_town": row.town, **wage, **known}
