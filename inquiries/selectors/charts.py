"""The charts above a view; each mark is a filter, and counts what that filter shows (CRM-3.1-c, CRM-3.2-c)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from ..models import Inquiry
from ..rules.codes import Status
from .ages import AGES, age_place
from .moments import Moment
from .pages import COUNTED_TO

TOPICS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or segment: what it filters by, how many, and how long it is drawn (0 to 100)."""

    value: str
    count: int
    size: float
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Charts:
    ages: Sequence[Mark]
    statuses: Sequence[Mark]
    topics: Sequence[Mark]


def charts_of(rows: QuerySet[Inquiry], now: Moment) -> Charts:
    """Count the rows by age, status and main topic, in one pass over no more rows than a total counts."""
    ages: Counter[int] = Counter()
    statuses: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    for age, status, topic, count in _grouped(
        rows.annotate(age=age_place(now)), "age", "status", "triplet__main_topic"
    ):
        ages[age] += count
        statuses[status] += count
        topics[topic] += count
    return Charts(
        ages=_against_largest([(key, ages[place]) for place, key in enumerate(AGES)]),
        statuses=_as_shares([(status.value, statuses[status.value]) for status in Status if statuses[status.value]]),
        topics=_against_largest(topics.most_common(TOPICS_SHOWN)),
    )


def _grouped(rows: QuerySet[Inquiry], *by: str) -> list[tuple[Any, ...]]:
    """How many of the first rows have each value of these; grouped as they are read, which the ORM can do by a join."""
    places = ", ".join(str(place) for place in range(1, len(by) + 1))
    try:
        read, params = rows.order_by().values_list(*by)[:COUNTED_TO].query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT counted.*, count(*) FROM ({read}) AS counted GROUP BY {places}", params)  # noqa: S608 - no text of anybody
        groups: list[tuple[Any, ...]] = cursor.fetchall()
    return groups


def _against_largest(counts: Sequence[tuple[str, int]]) -> list[Mark]:
    largest = max((count for _key, count in counts), default=0) or 1
    return [Mark(key, count, round(100 * count / largest, 1)) for key, count in counts]


def _as_shares(counts: Sequence[tuple[str, int]]) -> list[Mark]:
    total = sum(count for _key, count in counts) or 1
    marks, start = [], 0.0
    for key, count in counts:
        size = round(100 * count / total, 2)
        marks.append(Mark(key, count, size, round(start, 2)))
        start += size
    return marks
