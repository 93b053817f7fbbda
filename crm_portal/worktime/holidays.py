"""
The days that the Hebrew calendar closes, for any year.

pyluach converts the dates; which day closes which calendar is the table below (sections 18A and CRD-1-d to CRD-1-g).
The public days are tested against the `holidays` library, which knows neither eves, nor Purim, nor Tisha B'Av.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pyluach.dates import HebrewDate
from pyluach.hebrewcal import Year

from .rules.calendars import CalendarName

NISAN, IYAR, SIVAN, AV, TISHREI, ADAR, ADAR_II = 1, 2, 3, 5, 7, 12, 13
EVERY_CALENDAR = frozenset(CalendarName)
BANKS = frozenset({CalendarName.BANKING})
MONDAY, THURSDAY, FRIDAY, SATURDAY = 0, 3, 4, 5
POSTPONED_SINCE = 2004  # Independence Day on a Monday is kept on Tuesday, amendment of 2004


@dataclass(frozen=True, slots=True)
class Holiday:
    """One closed day: its name's key, and for whom it is closed."""

    day: date
    key: str
    closed_for: frozenset[CalendarName]


# Month and day in the Hebrew calendar, name, for whom it is closed.
FIXED = (
    (NISAN, 15, "passover_1", EVERY_CALENDAR),
    (NISAN, 21, "passover_7", EVERY_CALENDAR),
    (SIVAN, 6, "shavuot", EVERY_CALENDAR),
    (TISHREI, 1, "rosh_hashana_1", EVERY_CALENDAR),
    (TISHREI, 2, "rosh_hashana_2", EVERY_CALENDAR),
    (TISHREI, 9, "yom_kippur_eve", BANKS),
    (TISHREI, 10, "yom_kippur", EVERY_CALENDAR),
    (TISHREI, 15, "sukkot_1", EVERY_CALENDAR),
    (TISHREI, 22, "shemini_atzeret", EVERY_CALENDAR),
)


@cache
def closed_days(year: int) -> dict[date, Holiday]:
    """The closed days of a civil year, by day."""
    found = {holiday.day: holiday for hebrew in (year + 3760, year + 3761) for holiday in _of_hebrew_year(hebrew)}
    return {day: holiday for day, holiday in sorted(found.items()) if day.year == year}


def closing(day: date, calendar: CalendarName) -> Holiday | None:
    """The holiday that closes this calendar on the day, if one does."""
    holiday = closed_days(day.year).get(day)
    return holiday if holiday is not None and calendar in holiday.closed_for else None


def _of_hebrew_year(year: int) -> Iterator[Holiday]:
    for month, day, key, closed_for in FIXED:
        yield Holiday(_civil(year, month, day), key, closed_for)
    yield Holiday(_civil(year, ADAR_II if Year(year).leap else ADAR, 14), "purim", BANKS)
    fast = _civil(year, AV, 9)
    postponed = fast.weekday() == SATURDAY
    yield Holiday(fast + timedelta(days=postponed), "tisha_beav", BANKS)
    yield Holiday(independence_day(_civil(year, IYAR, 5)), "independence_day", EVERY_CALENDAR)


def independence_day(fifth_of_iyar: date) -> date:
    """When Independence Day is kept (CRD-1-g)."""
    if fifth_of_iyar.weekday() in {FRIDAY, SATURDAY}:
        return fifth_of_iyar - timedelta(days=fifth_of_iyar.weekday() - THURSDAY)
    if fifth_of_iyar.weekday() == MONDAY and fifth_of_iyar.year >= POSTPONED_SINCE:
        return fifth_of_iyar + timedelta(days=1)
    return fifth_of_iyar


def _civil(year: int, month: int, day: int) -> date:
    converted: date = HebrewDate(year, month, day).to_pydate()
    return converted
