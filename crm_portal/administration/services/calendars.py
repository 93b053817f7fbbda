"""Declare days of the business calendars, one by one or by a file; the foundation tells the clocks and the audit."""

from collections.abc import Sequence
from datetime import date, datetime

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.rules.calendars import DECLARED_BY_TWO, CalendarName
from crm_portal.worktime.selectors import FIRST_YEAR, LAST_YEAR
from crm_portal.worktime.services import declaring

from ..rules.access import Action
from ..rules.days import DayRow


@command("calendar.declare")
def declare_day(
    *, calendar: str, day: date, is_working: bool, name: str, reason: str, by: User | None, at: datetime
) -> CalendarDay:
    """
    Say that a day is worked or is not, whatever the calendar computes; open and closed clocks move with it.

    :raises Refused: PERMISSION_DENIED, FIELD_REQUIRED without a name or a reason, INVALID_VALUE outside the calendar
    """
    _may(by, calendar)
    if not name.strip():
        raise refuse(Code.FIELD_REQUIRED, "name", clause="CRM-2.1.7-e")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise refuse(Code.INVALID_VALUE, "day", clause="CRM-2.1.7-e", because="no_such_day")
    return declaring.declare_day(
        calendar=CalendarName(calendar), day=day, is_working=is_working, name=name.strip(), reason=reason.strip(),
        by=by, at=at,
    )  # fmt: skip


@command("calendar.withdraw")
def withdraw_day(*, calendar: str, day: date, reason: str, by: User | None, at: datetime) -> None:
    """
    Let the calendar compute the day again.

    :raises Refused: PERMISSION_DENIED, FIELD_REQUIRED without a reason, OUT_OF_SCOPE when it was not declared
    """
    _may(by, calendar)
    if not reason.strip():
        raise refuse(Code.FIELD_REQUIRED, "reason", clause="CRM-2.1.7-e")
    declared = CalendarDay.objects.select_for_update().filter(calendar=calendar, day=day).first()
    if declared is None:
        raise refuse(Code.OUT_OF_SCOPE)
    declaring.withdraw_day(declared=declared, reason=reason.strip(), by=by, at=at)


@command("calendar.import")
def import_days(*, calendar: str, days: Sequence[DayRow], reason: str, by: User | None, at: datetime) -> int:
    """
    Declare every day of a file, or none of them; how many are new or say something else than before.

    :raises Refused: as `declare_day`
    """
    _may(by, calendar)
    there = {
        row.day: (row.is_working, row.name)
        for row in CalendarDay.objects.filter(calendar=calendar, day__in=[one.day for one in days])
    }
    new = [one for one in days if there.get(one.day) != (one.is_working, one.name)]
    for one in new:
        declare_day(
            calendar=calendar, day=one.day, is_working=one.is_working, name=one.name, reason=reason, by=by, at=at
        )
    return len(new)


def _may(by: User | None, calendar: str) -> None:
    if by is not None and not by.may(Action.KEEP):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-9-b")
    if by is not None and calendar in DECLARED_BY_TWO:
        raise refuse(Code.PERMISSION_DENIED, clause="CRD-1-h", because="day_by_two")
