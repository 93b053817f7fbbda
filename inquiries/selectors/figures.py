"""The figures at the head of a dashboard: how many now, what changed, and the way there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from crm_portal.people.models import User

from ..models import Inquiry
from ..rules.codes import CLOSED, Status
from .attention import ACTIVE_CODES
from .desks import Desk
from .filters import Filters, narrowed
from .meters import Sla
from .moments import Moment, midnight
from .named_charts import Params
from .trends import WEEKS, backlog, buckets, counts_by, first_week, weekly
from .views import counts_for, view_of, whole_counts

HANDLED = [*sorted(status.value for status in CLOSED), Status.WAITING_CUSTOMER.value]  # of the statistics (CRM-6.3-b)
WEEK, MONTH = 7, 30  # days


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `change` is against the period before; `of` what it is a part of; `view` and `params` its list."""

    key: str
    value: int
    view: str = ""
    params: Params = field(default_factory=dict)
    change: int | None = None
    of: int | None = None
    spark: Sequence[int] = ()


class Board:
    """The rows a dashboard looks at, with what several of its figures are made of; each asked once."""

    def __init__(self, user: User, whole: str, rows: QuerySet[Inquiry], unit: Params, now: Moment) -> None:
        self.user, self.whole, self.rows, self.unit, self.now = user, whole, rows.order_by(), unit, now

    @cached_property
    def arrivals(self) -> Mapping[tuple[str, int], int]:
        """How many were opened in the last weeks, by their status now and how many days ago; read once."""
        days = buckets(first_week(self.now), self.now.today, "day")
        found = counts_by(self.rows, "opened_at", days, "status")
        return {(status, len(days) - 1 - place): n for (status, place), n in found.items()}

    @cached_property
    def opened(self) -> list[int]:
        weeks, today = [0] * WEEKS, self.now.today.weekday()
        for (_status, ago), n in self.arrivals.items():
            weeks[-1 - (ago + 6 - today) // 7] += n
        return weeks

    def came(self, since: int, until: int = 0, statuses: Collection[str] | None = None) -> int:
        """How many were opened in the last `since` days, without the last `until`; of these statuses, or of all."""
        return sum(
            n
            for (status, ago), n in self.arrivals.items()
            if until <= ago < since and (statuses is None or status in statuses)
        )

    @cached_property
    def closed(self) -> list[int]:
        return weekly(self.rows, "closed_at", self.now)

    @cached_property
    def late(self) -> QuerySet[Inquiry]:
        return narrowed(self.rows, Filters(sla=Sla.OVER), self.now)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many are open, and how many were closed in a week; each through its own index."""
        opened, closed = Q(status__in=ACTIVE_CODES), Q(closed_at__gte=self.since(WEEK))
        return whole_counts(self.user, {"open": self.rows.filter(opened), "went": self.rows.filter(closed)})

    def since(self, days: int) -> datetime:
        return midnight(self.now.today - timedelta(days=days - 1))


def figures_of(board: Board, keys: Sequence[str]) -> list[Figure]:
    """These figures, in this order."""
    return [_FIGURES[key](board) for key in keys]


def _open(board: Board) -> Figure:
    counts = board.counts
    spark = backlog(counts["open"], board.opened, board.closed)
    params = {**board.unit, "status": ACTIVE_CODES}
    return Figure("open", counts["open"], board.whole, params, board.came(WEEK) - counts["went"], spark=spark)


def _over(board: Board) -> Figure:
    late = weekly(board.late, "sla_due_at", board.now)
    total = board.late.count()
    fresh = board.late.filter(sla_due_at__gte=board.since(WEEK)).count()
    return Figure("over", total, board.whole, {**board.unit, "sla": "over"}, fresh, spark=late)


def _arrived(board: Board) -> Figure:
    came, first = board.came(WEEK), board.now.today - timedelta(days=WEEK - 1)
    params = {**board.unit, "opened_from": first.isoformat(), "opened_to": board.now.today.isoformat()}
    change = came - board.came(2 * WEEK, WEEK)
    return Figure("arrived", came, board.whole, params, change, spark=board.opened)


def _handled(board: Board) -> Figure:
    """Waiting for the customer counts as handled here, and only in statistics (CRM-6.3-b)."""
    first = board.now.today - timedelta(days=MONTH - 1)
    params = {
        **board.unit, "opened_from": first.isoformat(), "opened_to": board.now.today.isoformat(), "status": HANDLED,
    }  # fmt: skip
    came, handled = board.came(MONTH), board.came(MONTH, 0, HANDLED)
    came_before, handled_before = board.came(2 * MONTH, MONTH), board.came(2 * MONTH, MONTH, HANDLED)
    now = round(100 * handled / came) if came else 0
    change = now - round(100 * handled_before / came_before) if came_before else None
    return Figure("handled", handled, board.whole, params, change, came, board.closed)


def _of_view(key: str, view: str) -> Callable[[Board], Figure]:
    def figure(board: Board) -> Figure:
        found = view_of(board.user, view)
        if found is None:
            return Figure(key, 0)
        rows = found.rows(Desk.of(board.user))
        fresh = rows.filter(status_since__gte=midnight(board.now.today)).count()
        spark = weekly(rows, "opened_at", board.now)
        return Figure(key, counts_for(board.user)[view], view, {}, fresh, spark=spark)

    return figure


_FIGURES: Mapping[str, Callable[[Board], Figure]] = {
    "open": _open,
    "over": _over,
    "arrived": _arrived,
    "handled": _handled,
    "waiting": _of_view("waiting", "team_waiting"),
    "mine": _of_view("mine", "my_inquiries"),
    "queue": _of_view("queue", "head_team_queue"),
}
