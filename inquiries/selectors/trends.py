"""How many, week by week: what the sparklines and the lines over time are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek

from ..models import Inquiry
from .moments import Moment, midnight

WEEKS = 12
_STEPS = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth}


@dataclass(frozen=True, slots=True)
class Bucket:
    """One day, week or month of a time axis: its first and its last day."""

    first: date
    last: date


def buckets(first: date, last: date, step: str) -> list[Bucket]:
    """The days, weeks (from Monday, as the database cuts them) or months that cover a period."""
    found, begins = [], _begin(first, step)
    while begins <= last:
        after = _next(begins, step)
        found.append(Bucket(max(begins, first), min(after - timedelta(days=1), last)))
        begins = after
    return found


def counts_by(rows: QuerySet[Inquiry], field: str, first: date, step: str) -> Mapping[date, int]:
    """How many rows have the instant in each bucket since the first day, by the bucket's beginning; one query."""
    cut = _STEPS[step](field)
    recent = rows.filter(**{f"{field}__gte": midnight(first)}).annotate(bucket=cut).order_by()
    return {bucket.date(): n for bucket, n in recent.values_list("bucket").annotate(n=Count("pk"))}


def weekly(rows: QuerySet[Inquiry], field: str, now: Moment) -> list[int]:
    """The last twelve weeks, the running one last."""
    first = _begin(now.today, "week") - timedelta(weeks=WEEKS - 1)
    found = counts_by(rows, field, first, "week")
    return [found.get(first + timedelta(weeks=place), 0) for place in range(WEEKS)]


def backlog(present: int, opened: Sequence[int], closed: Sequence[int]) -> list[int]:
    """How many were open at the end of each week, from how many are now and what came and went since."""
    levels = [present]
    for came, went in zip(reversed(opened[1:]), reversed(closed[1:]), strict=True):
        levels.append(max(0, levels[-1] - came + went))
    return levels[::-1]


def begin_of(day: date, step: str) -> date:
    """The day with which the bucket of this day begins in the database."""
    return _begin(day, step)


def _begin(day: date, step: str) -> date:
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def _next(begins: date, step: str) -> date:
    if step == "month":
        return (begins + timedelta(days=32)).replace(day=1)
    return begins + timedelta(days=7 if step == "week" else 1)
