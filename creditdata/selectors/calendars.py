"""The two calendars that the regulations count by, as they stand now or as the law alone computes them."""

import logging
from datetime import date
from functools import cache

from django.db import OperationalError, ProgrammingError

from crm_portal.worktime.rules.calendars import BusinessCalendar, CalendarName
from crm_portal.worktime.selectors import FIRST_YEAR, LAST_YEAR, calendar, computed_calendar

MARGIN = 20  # years that a calendar must know around the day it is asked about
logger = logging.getLogger(__name__)


class Calendars:
    """Each calendar read once, however many cases ask it; it reaches further when a case lies far away."""

    def __init__(self) -> None:
        self._known: dict[tuple[CalendarName, int, int], BusinessCalendar] = {}

    def of(self, name: CalendarName, around: date) -> BusinessCalendar:
        """The calendar of that name, which knows at least the years about a day."""
        first, last = min(FIRST_YEAR, around.year - MARGIN), max(LAST_YEAR, around.year + MARGIN)
        key = (name, first, last)
        if key not in self._known:
            self._known[key] = _read(name, first, last)
        return self._known[key]

    def general(self, around: date) -> BusinessCalendar:
        return self.of(CalendarName.GENERAL, around)


def _read(name: CalendarName, first: int, last: int) -> BusinessCalendar:
    try:
        return calendar(name, first_year=first, last_year=last)
    except (OperationalError, ProgrammingError) as error:  # no server, no tables: the law can still be asked
        _said(str(error))
        return computed_calendar(name, first_year=first, last_year=last)


@cache
def _said(why: str) -> None:
    """It is said once that declared days are not known."""
    logger.warning("The database does not answer, so the calendars have their computed days alone: %s", why)
