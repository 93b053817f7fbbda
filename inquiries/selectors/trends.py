"""How many, week by week: what the sparklines and the lines over time are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, F, QuerySet

from ..models import Inquiry
from .ages import place_among
from .moments import Moment, midnight

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Bucket:
    """One day, week or month of a time axis: its first and its last day."""

    first: date
    last: date


def buckets(first: date, last: date, step: str) -> list[Bucket]:
    """The days, weeks (from Monday) or months that cover a period."""
    found, begins = [], _begin(first, step)
    while begins <= last:
        after = _next(begins, step)
        found.append(Bucket(max(begins, first), min(after - timedelta(days=1), last)))
        begins = after
    return found


def counts_by(rows: QuerySet[Inquiry], field: str, axis: Sequence[Bucket], *by: str) -> Mapping[tuple[Any, ...], int]:
    """How many rows have the instant in each bucket of the axis, by the other columns and its place; one query."""
    begins = [midnight(bucket.first) for bucket in axis]
    inside = rows.filter(**{f"{field}__gte": begins[0], f"{field}__lt": midnight(axis[-1].last + timedelta(days=1))})
    placed = inside.order_by().annotate(place=place_among(F(field), begins, DateTimeField()) - 1)
    return {tuple(key): n for *key, n in placed.values_list(*by, "place").annotate(n=Count("pk"))}


def weekly(rows: QuerySet[Inquiry], field: str, now: Moment) -> list[int]:
    """The last twelve weeks, the running one last."""
    axis = buckets(first_week(now), now.today, "week")
    found = counts_by(rows, field, axis)
    return [found.get((place,), 0) for place in range(WEEKS)]


def first_week(now: Moment) -> date:
    """The day with which the last twelve weeks begin."""
    return _begin(now.today, "week") - timedelta(weeks=WEEKS - 1)


def backlog(present: int, opened: Sequence[int], closed: Sequence[int]) -> list[int]:
    """How many were open at the end of each week, from how many are now and what came and went since."""
    levels = [present]
    for came, went in zip(reversed(opened[1:]), reversed(closed[1:]), strict=True):
        levels.append(max(0, levels[-1] - came + went))
    return levels[::-1]


def _begin(day: date, step: str) -> date:
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def _next(begins: date, step: str) -> date:
    if step == "month":
        return (begins + timedelta(days=32)).replace(day=1)
    return begins + timedelta(days=7 if step == "week" else 1)
