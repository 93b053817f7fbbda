"""The figures at the head of a dashboard: how many now, what changed, and the way there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from crm_portal.people.models import User

from ..models import Inquiry
from ..rules.codes import CLOSED, Status
from .attention import ACTIVE_CODES
from .desks import Desk
from .filters import Filters, narrowed
from .meters import Sla
from .moments import Moment, midnight
from .named_charts import Params
from .trends import backlog, weekly
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
    def opened(self) -> list[int]:
        return weekly(self.rows, "opened_at", self.now)

    @cached_property
    def closed(self) -> list[int]:
        return weekly(self.rows, "closed_at", self.now)

    @cached_property
    def late(self) -> QuerySet[Inquiry]:
        return narrowed(self.rows, Filters(sla=Sla.OVER), self.now)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Everything that is one count over the rows; each part of them is read through its own index."""
        opened, week = Q(status__in=ACTIVE_CODES), self.since(WEEK)
        month, before = self.since(MONTH), self.since(2 * MONTH)
        handled = Q(status__in=HANDLED)
        counts: dict[str, int] = self.rows.filter(opened_at__gte=before).aggregate(
            came=Count("pk", Q(opened_at__gte=week)),
            came_before=Count("pk", Q(opened_at__gte=self.since(2 * WEEK), opened_at__lt=week)),
            month=Count("pk", Q(opened_at__gte=month)),
            month_handled=Count("pk", Q(opened_at__gte=month) & handled),
            before=Count("pk", Q(opened_at__gte=before, opened_at__lt=month)),
            before_handled=Count("pk", Q(opened_at__gte=before, opened_at__lt=month) & handled),
        )
        others = {"open": self.rows.filter(opened), "went": self.rows.filter(closed_at__gte=week)}
        return {**counts, **whole_counts(self.user, others)}

    def since(self, days: int) -> datetime:
        return midnight(self.now.today - timedelta(days=days - 1))


def figures_of(board: Board, keys: Sequence[str]) -> list[Figure]:
    """These figures, in this order."""
    return [_FIGURES[key](board) for key in keys]


def _open(board: Board) -> Figure:
    counts = board.counts
    spark = backlog(counts["open"], board.opened, board.closed)
    params = {**board.unit, "status": ACTIVE_CODES}
    return Figure("open", counts["open"], board.whole, params, counts["came"] - counts["went"], spark=spark)


def _over(board: Board) -> Figure:
    late = weekly(board.late, "sla_due_at", board.now)
    total = board.late.count()
    fresh = board.late.filter(sla_due_at__gte=board.since(WEEK)).count()
    return Figure("over", total, board.whole, {**board.unit, "sla": "over"}, fresh, spark=late)


def _arrived(board: Board) -> Figure:
    counts, first = board.counts, board.now.today - timedelta(days=WEEK - 1)
    params = {**board.unit, "opened_from": first.isoformat(), "opened_to": board.now.today.isoformat()}
    change = counts["came"] - counts["came_before"]
    return Figure("arrived", counts["came"], board.whole, params, change, spark=board.opened)


def _handled(board: Board) -> Figure:
    """Waiting for the customer counts as handled here, and only in statistics (CRM-6.3-b)."""
    counts, first = board.counts, board.now.today - timedelta(days=MONTH - 1)
    params = {
        **board.unit, "opened_from": first.isoformat(), "opened_to": board.now.today.isoformat(), "status": HANDLED,
    }  # fmt: skip
    now = round(100 * counts["month_handled"] / counts["month"]) if counts["month"] else 0
    before = round(100 * counts["before_handled"] / counts["before"]) if counts["before"] else None
    change = None if before is None else now - before
    return Figure("handled", counts["month_handled"], board.whole, params, change, counts["month"], board.closed)


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
