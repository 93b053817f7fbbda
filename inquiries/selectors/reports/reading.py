"""Read the daily figures for a question: sums by whatever is asked, one query each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from routing.models import BusinessUnit, TaxSystem, Team, Triplet

from ...models import Channel, DailyFigure
from ...rules.figures import Figure
from .question import Question
from .shapes import Words

# What the rows of a table may be: the field of a figure, the heading, and the filter of a list that shows the same.
BREAKDOWNS: dict[str, tuple[str, Words, str]] = {
    "triplet": ("triplet", _("Triplet"), "triplet"),
    "tax_system": ("triplet__tax_system", _("Tax system"), ""),
    "unit": ("unit", _("Business unit"), ""),
    "team": ("team", _("Handling team"), "team"),
    "channel": ("channel", _("Channel"), "channel"),
}
NOWHERE = _("Without a team")
_WEEKS_UP_TO = 200  # days; a longer period is drawn by months


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, and the total beside it."""

    count: int = 0
    total: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.count + other.count, self.total + other.total)


NONE = Amount()
Sums = dict[Any, Amount]


def sums(question: Question, figures: Figure | Sequence[Figure], *by: str) -> Sums:
    """
    Add up figures by these fields; `by` may name "figure", "day", "key" and fields of `DailyFigure`.

    The keys are the values, as a tuple where several were asked.
    """
    wanted = [figures] if isinstance(figures, Figure) else figures
    rows = DailyFigure.objects.filter(
        question.narrowed(),
        figure__in=[figure.value for figure in wanted],
        day__gte=question.since,
        day__lte=question.until,
    )
    found = rows.order_by().values_list(*by).annotate(Sum("count"), Sum("total"))
    return {(values[0] if len(by) == 1 else tuple(values)): Amount(count, total) for *values, count, total in found}


def along(found: Sums, place: int) -> Sums:
    """Sums by one of the fields that they were asked by."""
    return _regrouped((key[place], amount) for key, amount in found.items())


def all_of(found: Sums) -> Amount:
    return sum(found.values(), NONE)


def of_keys(found: Sums, keys: Iterable[Any]) -> Amount:
    """The sum over some keys."""
    return sum((found.get(key, NONE) for key in keys), NONE)


def by_breakdown(found: Sums) -> dict[Any, Sums]:
    """Sums by (breakdown, key) as one `Sums` for each row of the table."""
    rows: dict[Any, Sums] = {}
    for (row, key), amount in found.items():
        rows.setdefault(row, {})[key] = amount
    return rows


def names_of(breakdown: str, keys: Iterable[Any]) -> dict[Any, Words]:
    """What the rows of a table are called, in one query."""
    wanted = {key for key in keys if key not in (None, "")}
    rows: Any = {
        "triplet": Triplet.objects,
        "tax_system": TaxSystem.objects,
        "unit": BusinessUnit.objects,
        "team": Team.objects.select_related("unit"),
        "channel": Channel.objects,
        "employee": User.objects,
    }[breakdown]
    names: dict[Any, Words] = {row.pk: str(row) for row in rows.filter(pk__in=wanted)}
    return {None: NOWHERE, "": NOWHERE, **names}


def filters_of(breakdown: str, key: Any) -> dict[str, str] | None:
    """The filter by which a list shows what a row counts."""
    name = BREAKDOWNS[breakdown][2]
    return {name: str(key)} if name and key is not None else None


def periods(question: Question) -> list[tuple[date, date]]:
    """The weeks (from Sunday) or months of a question, the first and the last as far as they are asked about."""
    days = [question.since + timedelta(days=place) for place in range(question.days)]
    by_month = question.days > _WEEKS_UP_TO

    def begins(day: date) -> date:
        return day.replace(day=1) if by_month else day - timedelta(days=(day.weekday() + 1) % 7)

    return [(found[0], found[-1]) for found in (list(group) for _key, group in groupby(days, begins))]


def over_time(question: Question, by_day: Sums) -> list[tuple[date, date, Amount]]:
    """Sums by day, added up by week or month."""
    return [
        (first, last, sum((amount for day, amount in by_day.items() if first <= day <= last), NONE))
        for first, last in periods(question)
    ]


def change(now: float | None, before: float | None) -> float | None:
    """By how much a figure changed; nothing where one of them is missing."""
    return None if now is None or before is None else round(now - before, 1)


def sparkline(values: Sequence[float]) -> str:
    """The points of a sparkline in a field of 100 by 32, past left and now right."""
    if len(values) < 2:
        return ""
    least, most = min(values), max(values)
    step, height = 100 / (len(values) - 1), (most - least) or 1
    return " ".join(f"{n * step:.1f},{28 - 26 * (value - least) / height:.1f}" for n, value in enumerate(values))


def in_period(first: date, last: date) -> dict[str, str]:
    """The filter by which a list shows what was opened in a part of the period."""
    return {"opened_from": first.isoformat(), "opened_to": last.isoformat()}


def _regrouped(pairs: Iterable[tuple[Any, Amount]]) -> Sums:
    found: Sums = {}
    for key, amount in pairs:
        found[key] = found.get(key, NONE) + amount
    return found
