"""What the engine is given of a claim: on the claimant's own figures, and as the review found them."""

from typing import Any

from django.db.models import Sum

from ..models import Claim
from ..rules.codes import Track
from ..rules.overlay import replaced
from .wage_inputs import employees_of


def claimants_inputs(claim: Claim) -> dict[str, Any]:
    """The facts and figures that the claimant gave, in the engine's shape (CMP-1.8-a: nobody types the amount)."""
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
