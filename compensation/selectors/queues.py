"""The clerk's queue: claims by the clock that runs out first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from crm_portal.people.models import User

from ..models import Claim
from ..rules.codes import BEFORE_DECISION, ClaimState

PAGE_SIZE = 25
COUNTED_TO = 10_000
LISTED_WITH = ("claimant__customer", "clerk")


@dataclass(frozen=True, slots=True)
class Queue:
    """Which claims a list shows: in a state or several, perhaps only one's own, perhaps those found by a word."""

    key: str
    states: frozenset[ClaimState]
    is_mine: bool = False


QUEUES = {
    queue.key: queue
    for queue in (
        Queue("waiting", frozenset({ClaimState.SUBMITTED})),
        Queue("mine", frozenset({ClaimState.IN_REVIEW, ClaimState.DETAILS_REQUESTED}), is_mine=True),
        Queue("review", frozenset({ClaimState.IN_REVIEW, ClaimState.DETAILS_REQUESTED})),
        Queue("approval", frozenset({ClaimState.PENDING_APPROVAL})),
        Queue("decided", frozenset(ClaimState) - BEFORE_DECISION - {ClaimState.WITHDRAWN}),
        Queue("all", frozenset(ClaimState) - {ClaimState.DRAFT}),
    )
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a queue, and the cursor of the ones after them."""

    rows: list[Claim]
    after: str


def claims_in(queue: Queue, user: User) -> QuerySet[Claim]:
    """The claims of a queue, the most urgent first; what has no deadline yet comes last."""
    claims = Claim.objects.filter(state__in=[state.value for state in queue.states])
    return claims.filter(clerk=user) if queue.is_mine else claims


def narrowed(
    claims: QuerySet[Claim],
    *,
    term: str = "",
    track: str = "",
    state: str = "",
    town: str = "",
    due_by: date | None = None,
) -> QuerySet[Claim]:
    """Those of a track or town, due by a day, or found by number, identity number or the beginning of a name."""
    if track:
        claims = claims.filter(track=track)
    if state:
        claims = claims.filter(state=state)
    if town:
        claims = claims.filter(business_town=town)
    if due_by is not None:
        claims = claims.running().filter(decision_due_on__lte=due_by)  # type: ignore[attr-defined]
    if term:
        customer = Q(claimant__customer__id_number__startswith=term) | Q(claimant__customer__sort_name__startswith=term)
        claims = claims.filter(Q(number__iexact=term) | customer)
    return claims


def page_of(claims: QuerySet[Claim], after: str) -> Page:
    """The rows after a cursor (`2024-07-20_17`), found by the index and never by an offset."""
    due, _, pk = after.partition("_")
    ordered = claims.order_by("decision_due_on", "pk").select_related(*LISTED_WITH)
    if pk.isdigit() and len(pk) < 19:
        try:
            ordered = ordered.filter(_beyond(date.fromisoformat(due) if due else None, int(pk)))
        except ValueError:
            ordered = ordered.none()
    rows = list(ordered[: PAGE_SIZE + 1])
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return Page(rows[:PAGE_SIZE], f"{last.decision_due_on or ''}_{last.pk}" if last is not None else "")


def total_of(claims: QuerySet[Claim]) -> int:
    """How many there are, counted up to a bound."""
    return claims.order_by()[: COUNTED_TO + 1].count()


def _beyond(due: date | None, pk: int) -> Q:
    if due is None:
        return Q(decision_due_on__isnull=True, pk__gt=pk)
    return Q(decision_due_on__gt=due) | Q(decision_due_on=due, pk__gt=pk) | Q(decision_due_on__isnull=True)
