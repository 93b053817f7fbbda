"""Which computations of a claim somebody may read."""

from django.db.models import Q, QuerySet

from crm_portal.people.models import User

from ..models import Claim, Computation


def computations_visible_to(user: User, claim: Claim) -> QuerySet[Computation]:
    """The fund reads every version; a claimant those on his own figures and those a decision was based on."""
    computations = Computation.objects.filter(claim=claim).order_by("version")
    if user.is_employee:
        return computations
    decided = claim.decisions.filter(computation__isnull=False).values("computation")
    return computations.filter(Q(is_claimants=True) | Q(pk__in=decided))
