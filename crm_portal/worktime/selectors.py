"""The calendars as they stand now: computed holidays, weekends, and what was declared."""

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache

from django.conf import settings

from .holidays import closing
from .models import CalendarDay
from .rules.calendars import WEEKEND, BusinessCalendar, CalendarName, Hours, build

# No clock of the product leaves these years; the command widens them when it is asked about others.
FIRST_YEAR, LAST_YEAR = 1995, 2060


def calendar(name: CalendarName | str, *, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> BusinessCalendar:
    """
    The calendar of that name, with the days declared until now. Costs one small query; ask once for a request.

    :raises ValueError: when there is no calendar of that name
    """
    name = CalendarName(name)
    declared = frozenset(CalendarDay.objects.filter(calendar=name.value).values_list("day", "is_working"))
    return _built(name, declared, first_year, last_year)


@lru_cache(maxsize=12)
def _built(
    name: CalendarName, declared: frozenset[tuple[date, bool]], first_year: int, last_year: int
) -> BusinessCalendar:
    overrides: Mapping[date, bool] = dict(declared)

    def is_business_day(day: date) -> bool:
        if (override := overrides.get(day)) is not None:
            return override
        return day.weekday() not in WEEKEND[name] and closing(day, name) is None

    return build(
        is_business_day,
        first=date(first_year, 1, 1),
        last=date(last_year, 12, 31),
        hours=_hours() if name is CalendarName.AUTHORITY else None,
    )


def _hours() -> Hours | None:
    """The authority's working hours when a deployment counts hours and not whole days [A-5]."""
    if not settings.WORKING_HOURS:
        return None
    opens, closes = settings.WORKING_HOURS.split("-")
    return Hours(time.fromisoformat(opens), time.fromisoformat(closes))
