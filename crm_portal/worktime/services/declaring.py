"""Declare a day, or withdraw the declaration; every clock that runs by the calendar is told."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from crm_portal.errors import Code, refuse

from ..models import CalendarDay
from ..rules.calendars import CalendarName
from ..signals import calendar_changed

if TYPE_CHECKING:
    from crm_portal.people.models import User


@transaction.atomic
def declare_day(
    *,
    calendar: CalendarName,
    day: date,
    is_working: bool,
    name: str,
    reason: str,
    by: "User | None",
    at: datetime,
) -> CalendarDay:
    """
    Say that a day is worked, or is not, whatever the calendar computes (CRM-2.1.7-e, CRD-1-h).

    :raises Refused: without a reason
    """
    if not reason.strip():
        raise refuse(Code.FIELD_REQUIRED, "reason", clause="CRD-1-h")
    declared, _ = CalendarDay.objects.update_or_create(
        calendar=CalendarName(calendar).value,
        day=day,
        defaults={"is_working": is_working, "name": name, "reason": reason, "declared_by": by},
    )
    calendar_changed.send(CalendarDay, calendar=CalendarName(calendar), day=day, by=by, at=at, reason=reason)
    return declared


@transaction.atomic
def withdraw_day(*, declared: CalendarDay, reason: str, by: "User | None", at: datetime) -> None:
    """Let the calendar compute the day again."""
    calendar, day = CalendarName(declared.calendar), declared.day
    declared.delete()
    calendar_changed.send(CalendarDay, calendar=calendar, day=day, by=by, at=at, reason=reason)
