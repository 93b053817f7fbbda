"""
Business calendars: elapsed business time, and the Nth business day after or before a day.

A calendar is an array of days with the business microseconds that passed before each, so every question is one or
two binary searches. What a business day is: CRM-2.1.7-a (the authority's), CRD-1-d (general), CRD-1-f (banking);
how days are counted: CRD-1-i. Days are those of Asia/Jerusalem, with their true 23 or 25 hours.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

JERUSALEM: Final = ZoneInfo("Asia/Jerusalem")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_SATURDAY = 5


class CalendarName(StrEnum):
    """The three calendars, each with overrides of its own."""

    AUTHORITY = "authority"
    GENERAL = "general"
    BANKING = "banking"


# Credit data's own: a day is declared in them when two of the Registrar's people agree, and in no other way (CRD-1-h)
DECLARED_BY_TWO: Final = frozenset({CalendarName.GENERAL, CalendarName.BANKING})
WEEKEND: Final = {  # the authority's is a setting
    CalendarName.GENERAL: frozenset({_SATURDAY}),
    CalendarName.BANKING: frozenset({_SATURDAY}),
}


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours of a working day, when an office counts hours and not whole days [A-5]."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """One calendar over a range of days; build it with :func:`build`."""

    first: date
    _opens: "array[int]"  # microseconds since 1970 at which business time begins to run on each day
    _starts: "array[int]"  # the same for the day's midnight; one more than there are days
    _before: "array[int]"  # business microseconds from the first day to the start of each day; one more
    _business: "array[int]"  # ordinals of the business days

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self._opens) - 1)

    def is_business_day(self, day: date) -> bool:
        """Whether the day is worked by this calendar."""
        index = self._index(day)
        return self._before[index + 1] > self._before[index]

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The business time from one aware instant to another; negative when `end` is before `start`."""
        return timedelta(microseconds=self._passed(_micros(end)) - self._passed(_micros(start)))

    def add(self, day: date, n: int) -> date:
        """The nth business day after the day, which itself is not counted; before it when n is negative; 0: itself."""
        if n == 0:
            return day
        ordinal = self.first.toordinal() + self._index(day)
        at = bisect_right(self._business, ordinal) + n - 1 if n > 0 else bisect_left(self._business, ordinal) + n
        if not 0 <= at < len(self._business):
            raise ValueError(f"Outside the calendar, which knows {self.first} to {self.last}.")
        return date.fromordinal(self._business[at])

    def days_between(self, day: date, later: date) -> int:
        """How many business days come after the day, up to the later one; none when it is not later."""
        after, until = day.toordinal(), later.toordinal()
        return max(0, bisect_right(self._business, until) - bisect_right(self._business, after))

    def next_business_day(self, day: date) -> date:
        """The day itself when it is worked, else the first one after it that is (CRD-1-j)."""
        return day if self.is_business_day(day) else self.add(day, 1)

    def add_time(self, start: datetime, business: timedelta) -> datetime:
        """The first instant by which that much business time has passed since the start."""
        if business < timedelta(0):
            raise ValueError("Business time is added forwards only.")
        if not business:
            return start
        wanted = self._passed(_micros(start)) + business // _MICROSECOND
        index = bisect_left(self._before, wanted) - 1
        if index >= len(self._opens):
            raise ValueError(f"Outside the calendar, which knows {self.first} to {self.last}.")
        micros = self._opens[index] + wanted - self._before[index]
        return (_EPOCH + timedelta(microseconds=micros)).astimezone(start.tzinfo)

    def _index(self, day: date) -> int:
        index = day.toordinal() - self.first.toordinal()
        if not 0 <= index < len(self._opens):
            raise ValueError(f"{day} is outside the calendar, which knows {self.first} to {self.last}.")
        return index

    def _passed(self, micros: int) -> int:
        """Business microseconds from the calendar's first midnight to an instant."""
        index = bisect_right(self._starts, micros) - 1
        if not 0 <= index < len(self._opens):
            raise ValueError(f"An instant is outside the calendar, which knows {self.first} to {self.last}.")
        run = micros - self._opens[index]
        whole = self._before[index + 1] - self._before[index]
        return self._before[index] + max(0, min(run, whole))


def build(
    is_business_day: Callable[[date], bool], *, first: date, last: date, hours: Hours | None = None
) -> BusinessCalendar:
    """
    Lay out a calendar for the days from `first` to `last`, both included.

    Without `hours` a business day runs its whole length, midnight to midnight.
    """
    opens, starts, before, business = array("q"), array("q"), array("q", [0]), array("q")
    starts.append(_micros(midnight(first)))
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        starts.append(_micros(midnight(date.fromordinal(ordinal + 1))))
        begin, end = starts[-2], starts[-1]
        if hours is not None:
            begin, end = (_micros(_at(day, hours.opens)), _micros(_at(day, hours.closes)))
        worked = is_business_day(day)
        opens.append(begin)
        before.append(before[-1] + (end - begin if worked else 0))
        if worked:
            business.append(ordinal)
    return BusinessCalendar(first, opens, starts, before, business)


def midnight(day: date) -> datetime:
    """The instant at which a day begins in Jerusalem."""
    return _at(day, time.min)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=JERUSALEM)


def _micros(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND
