"""
Limits of the regulations: how days, months and years are counted (CRD-1-i, CRD-1-j), and which limit is which.

The calendar is given; where none is, nothing rolls.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from crm_portal.worktime.rules.calendars import BusinessCalendar
from crm_portal.worktime.rules.periods import add_days, add_months, day_of, end_of

from .parameters import DEFAULTS, Parameters

ANSWER_DAYS = 30  # within which a source answers an approach (CRD-58-b)
LOOK_BACK_MONTHS = 6  # of a corrected report's recipients (CRD-59-b)
HISTORY_YEARS = 5  # of credit given in the past (CRD-38-a)
KEPT_YEARS, DECLARATION_YEARS, LICENSING_YEARS, WOUND_DOWN_YEARS = 7, 10, 10, 25  # CRD-75-a, 47-a, 67-a, 81-i
CHAPTER_H_YEARS = 5  # CRD-85-a
PAYMENT_MONTH, PAYMENT_DAY = 1, 15  # after the year's end (CRD-82-n)


def add_bd(event: date | datetime, n: int, calendar: BusinessCalendar) -> date:
    """
    The nth business day after an event, or before it when n is negative (CRD-1-i).

    The event's own day is not counted, whether it is worked or not and however late the event was; an instant counts
    from its day in Jerusalem.
    """
    return calendar.add(day_of(event) if isinstance(event, datetime) else event, n)


def due_at(event: date | datetime, n: int, calendar: BusinessCalendar) -> datetime:
    """The instant by which a limit of n business days runs out: the end of its last day in Jerusalem (CRD-1-i)."""
    return end_of(add_bd(event, n, calendar))


def oldest_as_of(made_available_on: date, lag: int, calendar: BusinessCalendar) -> date:
    """The oldest day for which data made available on a day may be correct: so many business days back (CRD-0-c)."""
    return calendar.add(made_available_on, -lag)


def rolled(day: date, calendar: BusinessCalendar) -> date:
    """The last day of a limit of calendar days: the next business day when it ends on none (CRD-1-j)."""
    return calendar.next_business_day(day)


def source_answer_due(received_on: date, calendar: BusinessCalendar) -> date:
    """Until when a source answers an approach that it received on a day (CRD-58-b)."""
    return rolled(add_days(received_on, ANSWER_DAYS), calendar)


def waited(since: date, until: date, parameters: Parameters = DEFAULTS) -> bool:
    """Whether the days of waiting have passed between two days; they never roll (CRD-7-e, 13-b)."""
    return (until - since).days >= parameters.min_wait_days


def waiting_ends(since: date, parameters: Parameters = DEFAULTS) -> date:
    """The first day on which the days of waiting have passed."""
    return since + timedelta(days=parameters.min_wait_days)


def recipients_since(last_action: date) -> date:
    """The first day of the time whose recipients get a corrected report (CRD-59-b)."""
    return add_months(last_action, -LOOK_BACK_MONTHS)


def kept_until(since: date, years: int = KEPT_YEARS) -> date:
    """The last day on which something kept for a number of years is kept (CRD-0-e, 75-a)."""
    return add_months(since, 12 * years)


def history_since(approach: date, parameters: Parameters = DEFAULTS) -> date:
    """The first day of the window of past credit, never before the regulations came into force (CRD-38-a)."""
    return max(add_months(approach, -12 * HISTORY_YEARS), parameters.commencement)


def in_history(granted_on: date, approach: date, parameters: Parameters = DEFAULTS) -> bool:
    """Whether credit of a day lies in the window of past credit (CRD-38-a)."""
    return history_since(approach, parameters) <= granted_on <= approach


def payment_due(year: int) -> date:
    """The fixed day by which the payments for a calendar year are due; it does not roll (CRD-82-n)."""
    return date(year + 1, PAYMENT_MONTH, PAYMENT_DAY)


Limit = Callable[[date, BusinessCalendar, Parameters], date]


def _years(years: int) -> Limit:
    return lambda start, calendar, parameters: kept_until(start, years)


def _waiting(start: date, calendar: BusinessCalendar, parameters: Parameters) -> date:
    return waiting_ends(start, parameters)


def _history(start: date, calendar: BusinessCalendar, parameters: Parameters) -> date:
    return history_since(start, parameters)


# The limits that are not counted in business days, by the requirement that sets them.
CALENDAR_LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        **dict.fromkeys(("CRD-7-e", "CRD-13-b"), _waiting),
        "CRD-58-b": lambda start, calendar, parameters: source_answer_due(start, calendar),
        "CRD-59-b": lambda start, calendar, parameters: recipients_since(start),
        "CRD-38-a": _history,
        **dict.fromkeys(
            ("CRD-0-e", "CRD-5-a", "CRD-11-a", "CRD-15-a", "CRD-20-a", "CRD-24-a", "CRD-40-a", "CRD-75-a"),
            _years(KEPT_YEARS),
        ),
        "CRD-47-a": _years(DECLARATION_YEARS),
        "CRD-67-a": _years(LICENSING_YEARS),
        "CRD-81-i": _years(WOUND_DOWN_YEARS),
        "CRD-85-a": _years(CHAPTER_H_YEARS),
        **dict.fromkeys(("CRD-43-g", "CRD-51-e", "CRD-64-d", "CRD-66-a", "CRD-69-b"), _years(1)),
        **dict.fromkeys(("CRD-25-a", "CRD-55-a"), lambda start, calendar, parameters: add_months(start, 6)),
        "CRD-82-n": lambda start, calendar, parameters: payment_due(start.year),
    }
)
