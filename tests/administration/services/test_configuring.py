"""The figures of section 4.3 are changed while the portal runs, and hold at once."""

from datetime import UTC, datetime

import pytest

from crm_portal.administration.selectors.options import stamp_of_options, stored_values
from crm_portal.administration.services import configuring
from crm_portal.audit.models import AuditEvent
from crm_portal.configuration.models import StoredOption
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.rules.calendars import CalendarName
from crm_portal.worktime.selectors import calendar
from inquiries.services import corresponding, opening
from tests.factories.inquiries import OPENED_AT, InquiryFactory, fresh, later
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def configure(by=None, seen=None, **values):
    stamp = stamp_of_options(stored_values()) if seen is None else seen
    return configuring.configure(values=values, seen=stamp, by=by, at=NOW)


def code_of(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


@pytest.mark.req("CRM-2.2.4-a")
@pytest.mark.req("CRM-9-b")
def test_a_smaller_limit_of_unanswered_messages_refuses_the_next_message():
    inquiry = InquiryFactory()
    write = {"inquiry_id": inquiry.pk, "by": inquiry.customer.user, "text": "שאלה"}
    configure(OPEN_MESSAGES=1)

    corresponding.customer_message(at=later(inquiry), **write)

    assert code_of(lambda: corresponding.customer_message(at=later(inquiry), **write)) == (
        Code.CORRESPONDENCE_LIMIT_REACHED
    )


@pytest.mark.req("CRM-2.2.6-a")
def test_a_smaller_limit_of_open_inquiries_refuses_the_next_one():
    inquiry = InquiryFactory()
    configure(OPEN_INQUIRIES_PER_TRIPLET=1)

    assert (
        code_of(
            lambda: opening.open_by_customer(
                by=inquiry.customer.user, at=later(inquiry), triplet_id=inquiry.triplet_id, description="עוד"
            )
        )
        == Code.OPEN_LIMIT_REACHED
    )


@pytest.mark.req("CRM-2.2.4-b")
def test_fewer_days_of_correspondence_close_the_window_sooner():
    inquiry = InquiryFactory(closed=True)
    configure(CORRESPONDENCE_DAYS=1)

    assert (
        code_of(
            lambda: corresponding.customer_message(
                inquiry_id=inquiry.pk, by=inquiry.customer.user, at=later(inquiry, days=2), text="שאלה"
            )
        )
        == Code.CORRESPONDENCE_WINDOW_CLOSED
    )


def test_more_months_of_waiting_move_the_closing_of_what_begins_to_wait():
    configure(WAITING_MONTHS=6)

    inquiry = fresh(InquiryFactory(awaiting_customer=True))

    assert (inquiry.auto_close_at.year, inquiry.auto_close_at.month) == (2027, 5)
    assert inquiry.waiting_since > OPENED_AT


@pytest.mark.req("CRM-2.1.7-a")
def test_another_weekend_and_working_hours_count_another_time():
    thursday, sunday = datetime(2026, 11, 19, 22, tzinfo=UTC), datetime(2026, 11, 22, 22, tzinfo=UTC)  # midnights
    friday_to_monday = calendar(CalendarName.AUTHORITY).elapsed(thursday, sunday)
    assert friday_to_monday.total_seconds() == 24 * 3600

    configure(WEEKEND_DAYS=[5], WORKING_HOURS="08:00-16:00")

    assert calendar(CalendarName.AUTHORITY).elapsed(thursday, sunday).total_seconds() == 2 * 8 * 3600
    assert calendar(CalendarName.BANKING).elapsed(thursday, sunday).total_seconds() == 2 * 24 * 3600


def test_a_change_is_in_the_audit_and_going_back_to_the_default_stores_nothing():
    department = UserFactory(roles=[Role.CRM_ADMIN])

    assert configure(OPEN_MESSAGES=5, WAITING_MONTHS=3, by=department) == ["OPEN_MESSAGES"]
    event = AuditEvent.objects.get(action="setting.change")
    assert (event.actor, event.target_id, event.before, event.after) == (
        department, "OPEN_MESSAGES", {"value": 3}, {"value": 5},
    )  # fmt: skip
    assert StoredOption.objects.get().changed_by == department

    configure(OPEN_MESSAGES=3)
    assert not StoredOption.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"), [("OPEN_MESSAGES", 0), ("WEEKEND_DAYS", [0, 1, 2, 3, 4, 5, 6]), ("WORKING_HOURS", "16:00-08:00")]
)  # fmt: skip
def test_a_value_the_rules_cannot_work_with_is_refused_and_the_others_are_not_stored(name, value):
    with pytest.raises(Refused) as caught:
        configure(**{"WAITING_MONTHS": 4, name: value})

    assert [(one.code, one.fields) for one in caught.value.refusals] == [(Code.INVALID_VALUE, (name,))]
    assert not StoredOption.objects.exists()


def test_figures_that_somebody_changed_meanwhile_are_not_overwritten():
    drawn = stamp_of_options(stored_values())
    configure(OPEN_MESSAGES=5)

    assert code_of(lambda: configure(seen=drawn, OPEN_MESSAGES=2)) == Code.STALE_VERSION
    assert StoredOption.objects.get().value == 5


def test_only_the_department_changes_a_figure():
    assert code_of(lambda: configure(by=UserFactory(roles=[Role.OFFICE_MANAGER]), OPEN_MESSAGES=2)) == (
        Code.PERMISSION_DENIED
    )
