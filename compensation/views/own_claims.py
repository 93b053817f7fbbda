"""Which claim a page of the claimant's area is about: one that the user may see, else there is none (404)."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ..models import Claim
from ..selectors.claims import claims_visible_to
from .who import user_of

READ_WITH = ("claimant__customer__user", "claimant__programme", "clerk", "eligibility_check")


def own_claim(request: HttpRequest, number: str) -> Claim:
    """The claim of somebody for whom the user files."""
    visible = claims_visible_to(user_of(request), timezone.localdate())
    return get_object_or_404(visible.select_related(*READ_WITH), number=number)
