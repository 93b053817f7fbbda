"""Groups of the calendars and of the limits that are counted by them."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import Facts, InvalidInput
from crm_portal.worktime.holidays import closed_days
from crm_portal.worktime.rules.calendars import BusinessCalendar, CalendarName

from ..rules import deadlines
from ..rules.parameters import DEFAULTS
from .calendars import Calendars
from .groups import Group

CALENDARS = {name.value: name for name in (CalendarName.GENERAL, CalendarName.BANKING)}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SATURDAY = 5
# The golden file says of a day that may move that it is the day as observed.
OBSERVED = {"independence_day": "independence_day_observed", "tisha_beav": "tisha_beav_observed"}
MOST_DAYS = 2_500  # business days of a limit; less than the years that `Calendars` keeps around a day


def _calendar(case: Facts, calendars: Calendars, day_name: str) -> BusinessCalendar:
    """The calendar that a case names, about the day of the case."""
    name = case.choice("calendar", CalendarName, also=CALENDARS)
    return calendars.of(name, case.known_day(day_name))


def closed_day(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Why a day is closed and for whom; for an open day nobody, and no name (CRD-1-d, f, g)."""
    day = case.known_day("date")
    closed_for = [text for text, name in CALENDARS.items() if not calendars.of(name, day).is_business_day(day)]
    holiday = closed_days(day.year).get(day)
    name = None
    if closed_for and holiday is not None:
        name = OBSERVED.get(holiday.key, holiday.key)
    elif closed_for:
        name = "saturday" if day.weekday() == SATURDAY else "declared"
    return {"weekday": WEEKDAYS[day.weekday()], "name": name, "closed_for": closed_for}


def is_business_day(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Whether a day is worked by a calendar."""
    return {"expected": _calendar(case, calendars, "date").is_business_day(case.known_day("date"))}


def deadline(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """The last day of a limit in business days (CRD-1-i)."""
    days = case.whole("business_days", least=1, most=MOST_DAYS)
    ends = deadlines.add_bd(case.known_day("start"), days, _calendar(case, calendars, "start"))
    return {"deadline": ends.isoformat()}


def as_of(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """The oldest day for which data may be correct, and the day before it, which is too old (CRD-0-c)."""
    lag = case.whole("max_lag_business_days", most=MOST_DAYS)
    oldest = deadlines.oldest_as_of(case.known_day("made_available"), lag, _calendar(case, calendars, "made_available"))
    return {
        "oldest_accepted_as_of": oldest.isoformat(),
        "rejected_as_of": (oldest - timedelta(days=1)).isoformat(),
    }


def calendar_limit(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """A limit in days, months or years that the requirement of the case sets (CRD-1-j)."""
    requirement = case.text("requirement").strip()
    if not requirement:
        raise InvalidInput(Code.FIELD_REQUIRED, case.where("requirement"))
    limit = deadlines.CALENDAR_LIMITS.get(requirement)
    if limit is None:
        raise InvalidInput(Code.INVALID_VALUE, case.where("requirement"))
    start = case.known_day("start")
    return {"expected": limit(start, calendars.general(start), DEFAULTS).isoformat()}


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "closed_days": Group(closed_day, ("weekday", "name", "closed_for")),
        "is_business_day": Group(is_business_day, ("expected",)),
        "deadlines": Group(deadline, ("deadline",)),
        "as_of": Group(as_of, ("oldest_accepted_as_of", "rejected_as_of")),
        "calendar_limits": Group(calendar_limit, ("expected",)),
    }
)
