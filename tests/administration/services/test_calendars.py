"""Days are declared with a reason, and every clock runs by them."""

from datetime import UTC, date, datetime

import pytest

from crm_portal.administration.rules.days import DayRow
from crm_portal.administration.services import calendars
from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.models import CalendarDay
from inquiries.selectors import clocks
from tests.factories.inquiries import InquiryFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 9)


def declare(**given):
    said = {"calendar": "authority", "day": MONDAY, "is_working": False, "name": "יום בחירות", "reason": "החלטת ממשלה",
            "by": None, "at": NOW}  # fmt: skip
    return calendars.declare_day(**{**said, **given})


def net_hours(inquiry):
    return clocks.clock_of([inquiry], NOW)[inquiry.pk].net.total_seconds() / 3600


@pytest.mark.req("CRM-2.1.7-e")
def test_a_day_declared_later_takes_24_hours_off_an_open_clock_and_withdrawing_gives_them_back():
    inquiry = InquiryFactory()
    before = net_hours(inquiry)

    declare()
    assert net_hours(inquiry) == before - 24

    calendars.withdraw_day(calendar="authority", day=MONDAY, reason="בוטל", by=None, at=NOW)
    assert net_hours(inquiry) == before
    assert AuditEvent.objects.filter(action="calendar.change").count() == 2


@pytest.mark.parametrize(
    ("given", "field"), [({"reason": " "}, "reason"), ({"name": ""}, "name"), ({"day": date(2090, 1, 1)}, "day")]
)  # fmt: skip
def test_a_declaration_needs_a_name_a_reason_and_a_day_of_the_calendar(given, field):
    with pytest.raises(Refused) as caught:
        declare(**given)

    assert caught.value.refusals[0].fields == (field,)
    assert not CalendarDay.objects.exists()


def test_a_file_is_taken_once_also_when_it_is_loaded_twice():
    days = [DayRow(MONDAY, "יום בחירות"), DayRow(date(2026, 11, 10), "יום אחרי", is_working=True)]
    load = {"calendar": "authority", "days": days, "reason": "לוח 2026", "by": None, "at": NOW}

    assert (calendars.import_days(**load), calendars.import_days(**load)) == (2, 0)
    assert CalendarDay.objects.count() == 2


def test_a_file_with_one_day_that_is_refused_declares_none():
    days = [DayRow(MONDAY, "יום בחירות"), DayRow(date(2090, 1, 1), "רחוק")]

    with pytest.raises(Refused):
        calendars.import_days(calendar="authority", days=days, reason="לוח", by=None, at=NOW)

    assert not CalendarDay.objects.exists()


def test_only_the_department_declares():
    with pytest.raises(Refused) as caught:
        declare(by=UserFactory(roles=[Role.OFFICE_MANAGER]))

    assert caught.value.code == Code.PERMISSION_DENIED
