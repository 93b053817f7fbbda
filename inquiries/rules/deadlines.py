"""When the calendar clocks of an inquiry run out (section 7); legal days are those of Asia/Jerusalem."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from crm_portal.worktime.rules.periods import add_months

JERUSALEM = ZoneInfo("Asia/Jerusalem")


def closing_time(waiting_since: datetime, *, months: int) -> datetime:
    """When an inquiry that waits for its customer closes by itself: the same local time, months later (5.2.11)."""
    return add_months(waiting_since, months)


def end_of_writing(closed_at: datetime, *, days: int) -> datetime:
    """The first instant at which a message is too late: the midnight that ends the last day (CRM-2.2.4-b)."""
    last_day = closed_at.astimezone(JERUSALEM).date() + timedelta(days=days)
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=JERUSALEM)


def may_write_after_closing(closed_at: datetime, at: datetime, *, days: int) -> bool:
    """Whether a message is still accepted on an inquiry closed then; day 0 is the day of closing."""
    return at < end_of_writing(closed_at, days=days)
