"""
Periods of the law in days and months, judged in Asia/Jerusalem.

The day of the event is not counted; a period of months ends on the same day number, or on the month's last day when
there is none (CRM-5.2.11-b, CRD-1-j, the conventions of the compensation specification).
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from .calendars import JERUSALEM

Moment = TypeVar("Moment", date, datetime)


def day_of(instant: datetime) -> date:
    """The day on which an instant falls in Jerusalem."""
    return instant.astimezone(JERUSALEM).date()


def end_of(day: date) -> datetime:
    """The last second of a day in Jerusalem, 23:59:59."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=JERUSALEM)


def add_months(moment: Moment, months: int) -> Moment:
    """The same day number so many months later, clipped to the month's end; an instant keeps its local time."""
    if isinstance(moment, datetime):
        local = moment.astimezone(JERUSALEM)
        later = datetime.combine(_add_months(local.date(), months), local.timetz())
        return later.astimezone(UTC).astimezone(JERUSALEM)  # an hour that daylight saving skips moves on
    return _add_months(moment, months)


def add_days(day: date, days: int) -> date:
    """The last day of a period of calendar days; the day of the event is not counted."""
    return day + timedelta(days=days)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
