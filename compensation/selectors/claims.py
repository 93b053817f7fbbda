"""Which claims somebody may see, and whom he may file for."""

from datetime import date

from django.db.models import Q, QuerySet

from crm_portal.people.models import Customer, User

from ..models import Claim
from ..rules.access import CLAIMANTS, VIEWERS


def claims_visible_to(user: User, today: date) -> QuerySet[Claim]:
    """The fund's people see every submitted claim; a claimant, a signatory and a representative see their own."""
    if user.is_employee:
        return Claim.objects.submitted() if user.holds(*VIEWERS) else Claim.objects.none()
    return Claim.objects.filter(claimant__customer__in=customers_of(user, today))


def customers_of(user: User, today: date) -> QuerySet[Customer]:
    """For whom somebody may file (CMP-3.4.2-f): himself, whom he signs for, whom he represents by the register."""
    if not user.holds(*CLAIMANTS):
        return Customer.objects.none()
    return Customer.objects.filter(_himself(user) | _signed_for(user, today) | _represented_by(user, today)).distinct()


def _himself(user: User) -> Q:
    return Q(user=user)


def _signed_for(user: User, today: date) -> Q:
    return Q(signatories__person__user=user, signatories__valid_from__lte=today) & (
        Q(signatories__valid_until__isnull=True) | Q(signatories__valid_until__gte=today)
    )


def _represented_by(user: User, today: date) -> Q:
    return Q(powers__representative__employees__user=user, powers__valid_from__lte=today, powers__limited_topic="") & (
        Q(powers__valid_until__isnull=True) | Q(powers__valid_until__gte=today)
    )
