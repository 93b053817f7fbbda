"""
The named charts of clause 4.4, C1 to C4, and the chart of V3: to whom, and what each counts.

A chart counts the rows of one view, narrowed by the period and unit chosen; each of its segments names the filters
that show exactly its inquiries in that view (CRM-3.1-c, CRM-3.2-c).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from routing.models import BusinessUnit, Triplet

from .. import labels
from ..models import Channel, Inquiry
from ..rules.access import MANAGERS, SUPERVISORS, VIEWERS
from ..rules.codes import ACTIVE, Status
from .ages import AGES, age_place
from .desks import Desk
from .filters import Filters, narrowed
from .moments import Moment
from .trends import buckets, counts_by
from .views import View, view_of
from .visibility import counted_for

SHOWN = 8  # names in a chart of names; the rest is one line
LINES = 4
PERIODS: Mapping[str, tuple[int, str]] = {"7": (7, "day"), "30": (30, "day"), "90": (90, "week"), "365": (365, "month")}
DEFAULT_PERIOD = "90"
OVERSEEING = SUPERVISORS | {Role.HEAD_TEAM_MEMBER, Role.CRM_ADMIN}
Params = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Span:
    """The period and the unit a dashboard looks at."""

    period: str
    first: date
    last: date
    unit: int | None = None

    @classmethod
    def of(cls, period: str, unit: int | None, now: Moment) -> "Span":
        """The last so many days, today included; an unknown period is the usual one."""
        known = period if period in PERIODS else DEFAULT_PERIOD
        return cls(known, now.today - timedelta(days=PERIODS[known][0] - 1), now.today, unit)

    @property
    def step(self) -> str:
        return PERIODS[self.period][1]

    @property
    def unit_params(self) -> Params:
        return {} if self.unit is None else {"unit": str(self.unit)}

    @property
    def params(self) -> Params:
        """The filters of a view that say the same."""
        return {"opened_from": self.first.isoformat(), "opened_to": self.last.isoformat(), **self.unit_params}

    def within(self, rows: QuerySet[Inquiry], now: Moment, *, by_time: bool = True) -> QuerySet[Inquiry]:
        """The rows of the unit, and of the period unless the chart is of the present stock."""
        rows = self.in_unit(rows, now)
        return narrowed(rows, Filters(opened_from=self.first, opened_to=self.last), now) if by_time else rows

    def in_unit(self, rows: QuerySet[Inquiry], now: Moment) -> QuerySet[Inquiry]:
        return rows if self.unit is None else narrowed(rows, Filters(unit=(self.unit,)), now)


@dataclass(frozen=True, slots=True)
class Segment:
    """One mark of a chart: the series and the place on the axis it belongs to, and how many it counts."""

    series: str
    place: str
    count: int
    params: Params | None  # None: what is left of a list of names, which no filter shows


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart with its figures; `names` are the words of its series and places, by code."""

    key: str
    segments: Sequence[Segment]
    params: Params
    names: Mapping[str, str] = field(default_factory=dict)
    step: str = ""

    def name_of(self, series: str) -> str:
        """The words of a series; a status by its own label."""
        return str(self.names.get(series) or dict(labels.STATUS).get(series) or series)

    @property
    def total(self) -> int:
        return sum(segment.count for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Chart:
    """One named chart. `view`: whose rows it counts instead of the dashboard's whole."""

    key: str
    label: Promise
    roles: frozenset[Role]
    shape: str  # rows, columns or lines
    count: Callable[[QuerySet[Inquiry], Span, Moment], ChartData]
    view: str = ""


def _by_status(rows: QuerySet[Inquiry], span: Span, now: Moment) -> ChartData:
    counts = dict(_grouped(span.within(rows, now), "status"))
    segments = [
        Segment(status.value, "", counts[status.value], {**span.params, "status": status.value})
        for status in Status
        if counts.get(status.value)
    ]
    return ChartData("status", segments, span.params)


def _by_triplet(rows: QuerySet[Inquiry], span: Span, now: Moment) -> ChartData:
    counts = Counter(dict(_grouped(span.within(rows, now), "triplet")))
    shown = counts.most_common(SHOWN)
    names = {str(triplet.pk): str(triplet) for triplet in Triplet.objects.filter(pk__in=[pk for pk, _n in shown])}
    segments = [Segment(str(pk), "", n, {**span.params, "triplet": str(pk)}) for pk, n in shown]
    return ChartData("triplet", _with_rest(segments, counts), span.params, names)


def _by_age(rows: QuerySet[Inquiry], span: Span, now: Moment) -> ChartData:
    """The active stock: an age is counted by business days that the clock ran (CRM-2.1.7-b)."""
    statuses = [status.value for status in Status if status in ACTIVE]
    stock = span.within(rows, now, by_time=False).filter(status__in=statuses).annotate(age=age_place(now)).order_by()
    counts = {(age, status): n for age, status, n in stock.values_list("age", "status").annotate(n=Count("pk"))}
    whole = {**span.unit_params, "status": statuses}
    segments = [
        Segment(status, key, n, {**whole, "age": key, "status": status})
        for place, key in enumerate(AGES)
        for status in statuses
        if (n := counts.get((place, status), 0))
    ]
    return ChartData("age", segments, whole)


def _by_channel(rows: QuerySet[Inquiry], span: Span, now: Moment) -> ChartData:
    inside = span.within(rows, now)
    axis, segments = buckets(span.first, span.last, span.step), []
    counts = counts_by(inside, "opened_at", axis, "channel")
    totals: Counter[str] = Counter()
    for (channel, _place), n in counts.items():
        totals[channel] += n
    names = dict(Channel.objects.values_list("code", "name"))
    for channel, _total in totals.most_common(LINES):
        for place, bucket in enumerate(axis):
            days = {"opened_from": bucket.first.isoformat(), "opened_to": bucket.last.isoformat()}
            params: Params = {**span.unit_params, **days, "channel": channel}
            segments.append(Segment(channel, bucket.first.isoformat(), counts.get((channel, place), 0), params))
    rest = sum(totals.values()) - sum(n for _channel, n in totals.most_common(LINES))
    if rest:
        segments.append(Segment("", "", rest, None))
    return ChartData("channel", segments, span.params, names, span.step)


def _by_employee(rows: QuerySet[Inquiry], span: Span, now: Moment) -> ChartData:
    counts = Counter(dict(_grouped(span.within(rows, now, by_time=False), "owner")))
    shown = counts.most_common(SHOWN)
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=[pk for pk, _n in shown])}
    segments = [Segment(str(pk), "", n, {**span.unit_params, "owner": str(pk)}) for pk, n in shown]
    return ChartData("employee", _with_rest(segments, counts), span.unit_params, names)


def _grouped(rows: QuerySet[Inquiry], by: str) -> QuerySet[Inquiry, tuple[object, int]]:
    return rows.order_by().values_list(by).annotate(n=Count("pk"))


def _with_rest(segments: list[Segment], counts: Counter[object]) -> list[Segment]:
    rest = sum(counts.values()) - sum(segment.count for segment in segments)
    return [*segments, Segment("", "", rest, None)] if rest else segments


CHARTS: Sequence[Chart] = (
    Chart("status", _("Inquiries by status"), VIEWERS | {Role.BI_ANALYST}, "rows", _by_status),  # C1
    Chart("triplet", _("Inquiries by triplet"), OVERSEEING, "rows", _by_triplet),  # C2
    Chart("age", _("Inquiries by age (business days)"), OVERSEEING, "columns", _by_age),  # C3
    Chart("channel", _("Inquiries by channel and period"), MANAGERS | {Role.BI_ANALYST}, "lines", _by_channel),  # C4
    Chart(  # of V3
        "employee",
        _("In treatment, by employee"),
        SUPERVISORS,
        "rows",
        _by_employee,
        view="team_in_treatment_offices",
    ),
)


def base_of(user: User, key: str) -> tuple[View | None, QuerySet[Inquiry]]:
    """The view whose rows are counted and its rows; an analyst counts what he may not open (4.2)."""
    view = view_of(user, key)
    return view, view.rows(Desk.of(user)) if view is not None else counted_for(user)


def units_in_scope(user: User, whole: str) -> list[tuple[int, str]]:
    """The units a dashboard may be narrowed to: the employee's own, or all where the role reaches further."""
    units = BusinessUnit.objects.filter(is_active=True)
    view = view_of(user, whole)
    if view is not None and not view.is_wide:
        units = units.filter(pk__in=Desk.of(user).units)
    return [(unit.pk, str(unit)) for unit in units]


def unit_in_scope(user: User, whole: str, asked: str) -> int | None:
    """The unit that was asked for, if it is in scope."""
    return next((pk for pk, _name in units_in_scope(user, whole) if str(pk) == asked), None) if asked else None


def chart_of(user: User, key: str) -> Chart | None:
    """The chart of this key; none when it does not exist or no role of the user has it."""
    return next((chart for chart in CHARTS if chart.key == key and user.holds(*chart.roles)), None)
