"""What claimants ask beside a claim and what time proposed, as the fund's lists show it, and the claimant's own."""

from datetime import date

from django.db.models import QuerySet

from crm_portal.people.models import User

from ..models import AdvanceCampaign, AdvanceProposal, AdvanceRequest, EligibilityCheckRequest, FilingExtension
from ..models.advances import WAITING
from ..rules.codes import AdvanceState, RequestState
from .claims import customers_of

_OPEN_REQUESTS = [*WAITING, AdvanceState.REQUESTED.value]


def proposals_at(*, is_open: bool) -> QuerySet[AdvanceProposal]:
    """Advances that time proposed: those that wait, the longest first; or those that were decided, the latest first."""
    rows = AdvanceProposal.objects.select_related("claim__claimant__customer", "decided_by")
    if is_open:
        return rows.filter(state__in=WAITING).order_by("proposed_at", "pk")
    return rows.exclude(state__in=WAITING).order_by("-proposed_at", "-pk")


def requests_at(*, is_open: bool) -> QuerySet[AdvanceRequest]:
    """Advances before a claim; one that no claim followed is open until it is demanded back."""
    rows = AdvanceRequest.objects.select_related("claimant__customer", "campaign")
    unfiled = rows.filter(unfiled_since__isnull=False, claimant__overpayments__isnull=True)
    if is_open:
        return (rows.filter(state__in=_OPEN_REQUESTS) | unfiled).distinct().order_by("requested_at", "pk")
    return rows.exclude(state__in=_OPEN_REQUESTS).order_by("-requested_at", "-pk")


def extensions_at(*, is_open: bool) -> QuerySet[FilingExtension]:
    """Requests for more time."""
    rows = FilingExtension.objects.select_related("claimant__customer", "decided_by")
    return _by_state(rows, is_open)


def checks_at(*, is_open: bool) -> QuerySet[EligibilityCheckRequest]:
    """Requests for an eligibility check."""
    rows = EligibilityCheckRequest.objects.select_related("claimant__customer", "decided_by")
    return _by_state(rows, is_open)


def own_requests(user: User, today: date) -> dict[str, QuerySet]:
    """What somebody asked for those for whom he may file."""
    customers = customers_of(user, today)
    return {
        "advances": AdvanceRequest.objects.filter(claimant__customer__in=customers)
        .select_related("claimant__customer", "campaign")
        .order_by("-requested_at"),
        "extensions": FilingExtension.objects.filter(claimant__customer__in=customers)
        .select_related("claimant__customer")
        .order_by("-requested_at"),
        "checks": EligibilityCheckRequest.objects.filter(claimant__customer__in=customers)
        .select_related("claimant__customer")
        .order_by("-requested_at"),
    }


def open_campaigns(today: date) -> QuerySet[AdvanceCampaign]:
    """The months for which an advance can be asked today (CMP-7.3.8-a)."""
    return AdvanceCampaign.objects.filter(programme__is_current=True, opens_on__lte=today, closes_on__gte=today)


def waiting_advances() -> int:
    """How many advances wait, for the menu."""
    return (
        AdvanceProposal.objects.filter(state__in=WAITING).count()
        + AdvanceRequest.objects.filter(state__in=_OPEN_REQUESTS).count()
    )


def waiting_requests() -> int:
    """How many requests wait, for the menu."""
    pending = RequestState.PENDING.value
    return (
        FilingExtension.objects.filter(state=pending).count()
        + EligibilityCheckRequest.objects.filter(state=pending).count()
    )


def _by_state(rows: QuerySet, is_open: bool) -> QuerySet:
    if is_open:
        return rows.filter(state=RequestState.PENDING.value).order_by("requested_at", "pk")
    return rows.exclude(state=RequestState.PENDING.value).order_by("-decided_at", "-pk")
