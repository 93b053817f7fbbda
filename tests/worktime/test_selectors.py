"""Declared days against computed ones."""

from datetime import UTC, date, datetime

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.rules.calendars import CalendarName
from crm_portal.worktime.selectors import calendar
from crm_portal.worktime.services.declaring import declare_day, withdraw_day
from crm_portal.worktime.signals import calendar_changed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
MONDAY = date(2026, 6, 15)


def declare(**changes):
    wanted = {
        "calendar": CalendarName.AUTHORITY,
        "day": MONDAY,
        "is_working": False,
        "name": "סגירה",
        "reason": "הנחיית פיקוד העורף",
        "by": None,
        "at": NOW,
    }
    return declare_day(**{**wanted, **changes})


@pytest.mark.req("CRD-1-h")
def test_a_day_declared_in_one_calendar_leaves_the_others_alone():
    declare()

    assert not calendar("authority").is_business_day(MONDAY)
    assert calendar("general").is_business_day(MONDAY)
    assert calendar("banking").is_business_day(MONDAY)


def test_a_declared_working_day_wins_over_a_computed_holiday():
    passover = date(2026, 4, 2)
    assert not calendar("general").is_business_day(passover)

    declare(calendar=CalendarName.GENERAL, day=passover, is_working=True)

    assert calendar("general").is_business_day(passover)


def test_withdrawing_lets_the_calendar_compute_the_day_again():
    withdraw_day(declared=declare(), reason="בוטל", by=None, at=NOW)

    assert calendar("authority").is_business_day(MONDAY)


def test_a_declaration_without_a_reason_is_refused_at_its_field():
    with pytest.raises(Refused) as refused:
        declare(reason=" ")

    assert refused.value.refusals[0].code == Code.FIELD_REQUIRED
    assert refused.value.refusals[0].fields == ("reason",)
    assert not CalendarDay.objects.exists()


def test_every_clock_is_told_of_a_change():
    heard = []

    def listen(**told):
        heard.append((told["calendar"], told["day"], told["reason"]))

    calendar_changed.connect(listen)
    try:
        withdraw_day(declared=declare(), reason="בוטל", by=None, at=NOW)
    finally:
        calendar_changed.disconnect(listen)

    assert heard == [
        (CalendarName.AUTHORITY, MONDAY, "הנחיית פיקוד העורף"),
        (CalendarName.AUTHORITY, MONDAY, "בוטל"),
    ]


def test_a_declaration_is_in_the_audit_with_its_reason():
    declare()

    event = AuditEvent.objects.get(action="calendar.change")
    assert (event.target_id, event.after) == ("authority 2026-06-15", {"reason": "הנחיית פיקוד העורף"})
