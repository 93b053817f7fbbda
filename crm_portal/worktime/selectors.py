"""The calendars as they stand now: computed holidays, weekends, and what was declared."""

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured

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
    hours = configured(options.WORKING_HOURS) if name is CalendarName.AUTHORITY else ""
    return _built(name, declared, weekend_of(name), hours, first_year, last_year)


def computed_calendar(
    name: CalendarName, *, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR
) -> BusinessCalendar:
    """A calendar of the law with its computed days alone, for when no database can be asked what was declared."""
    return _built(name, frozenset(), WEEKEND[name], "", first_year, last_year)


def weekend_of(name: CalendarName) -> frozenset[int]:
    """The days of the week on which nobody works (Monday is 0); the authority's are its own to set (4.3)."""
    if name is CalendarName.AUTHORITY:
        return frozenset(configured(options.WEEKEND_DAYS))
    return WEEKEND[name]


@lru_cache(maxsize=12)
def _built(
    name: CalendarName,
    declared: frozenset[tuple[date, bool]],
    weekend: frozenset[int],
    hours: str,
    first_year: int,
    last_year: int,
) -> BusinessCalendar:
    overrides: Mapping[date, bool] = dict(declared)

    def is_business_day(day: date) -> bool:
        if (override := overrides.get(day)) is not None:
            return override
        return day.weekday() not in weekend and closing(day, name) is None

    return build(
        is_business_day,
        first=date(first_year, 1, 1),
        last=date(last_year, 12, 31),
        hours=_hours(hours),
    )


def _hours(span: str) -> Hours | None:
    """Working hours, when hours count and not whole days [A-5]."""
    if not span:
        return None
    opens, closes = span.split("-")
    return Hours(time.fromisoformat(opens), time.fromisoformat(closes))
