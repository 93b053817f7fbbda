"""The charts above a view; each mark is a filter, and counts what that filter shows (CRM-3.1-c, CRM-3.2-c)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, QuerySet, Value, When

from ..models import Inquiry
from ..rules.codes import Status
from .filters import AGES, of_age
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
    """Count the rows by age, status and main topic, in one query over no more rows than a total counts."""
    age = Case(*(When(of_age(*bounds, now), then=Value(key)) for key, bounds in AGES.items()), output_field=CharField())
    counted = Inquiry.objects.filter(pk__in=rows.order_by().values("pk")[:COUNTED_TO])
    groups = counted.annotate(age=age).values_list("age", "status", "triplet__main_topic").annotate(n=Count("pk"))
    ages: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    for age_key, status, topic, count in groups.order_by():
        ages[age_key] += count
        statuses[status] += count
        topics[topic] += count
    return Charts(
        ages=_against_largest([(key, ages[key]) for key in AGES]),
        statuses=_as_shares([(status.value, statuses[status.value]) for status in Status if statuses[status.value]]),
        topics=_against_largest(topics.most_common(TOPICS_SHOWN)),
    )


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
