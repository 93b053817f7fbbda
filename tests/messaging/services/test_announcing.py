"""Announcements to all employees (CRM-8-c)."""

from datetime import UTC, datetime, timedelta

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Announcement, AnnouncementRead
from crm_portal.messaging.selectors.announcements import announcements_for, unread_of
from crm_portal.messaging.services import announcing
from crm_portal.people.rules.access import EMPLOYEES
from crm_portal.people.rules.roles import Role
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.req("CRM-8-c")]
AT = datetime(2026, 11, 10, 8, 0, tzinfo=UTC)


@pytest.fixture
def department():
    return UserFactory(roles=[Role.CRM_ADMIN])


@pytest.fixture
def announcement(department):
    return announcing.publish(by=department, at=AT, title="גרסה חדשה", text="נוספו תבניות", version="2.1")


def test_somebody_new_has_one_unread_and_none_after_reading(announcement):
    newcomer = UserFactory(roles=[Role.HANDLER])
    assert unread_of(newcomer).count() == 1

    announcing.mark_read(announcement_id=announcement.pk, by=newcomer, at=AT)

    assert unread_of(newcomer).count() == 0
    assert unread_of(UserFactory(roles=[Role.VIEWER])).count() == 1


def test_reading_twice_leaves_one_receipt_with_the_first_time(announcement):
    reader = UserFactory(roles=[Role.HANDLER])

    for hours in (0, 3):
        announcing.mark_read(announcement_id=announcement.pk, by=reader, at=AT + timedelta(hours=hours))

    receipt = AnnouncementRead.objects.get()
    assert (receipt.user, receipt.read_at) == (reader, AT)
    assert announcements_for(reader)[0].readers == 1
    assert AuditEvent.objects.filter(action="announcement.read").count() == 1


@pytest.mark.parametrize("role", sorted(EMPLOYEES - {Role.CRM_ADMIN}))
def test_only_the_department_publishes(role):
    with pytest.raises(Refused, match=Code.PERMISSION_DENIED):
        announcing.publish(by=UserFactory(roles=[role]), at=AT, title="א", text="ב")
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(("field", "value", "code"), [
    ("title", " ", Code.FIELD_REQUIRED), ("text", "\n", Code.FIELD_REQUIRED),
    ("title", "א" * 121, Code.INVALID_VALUE), ("version", "1" * 21, Code.INVALID_VALUE),
])  # fmt: skip
def test_what_cannot_be_published_is_refused_at_its_field(department, field, value, code):
    given = {"title": "גרסה", "text": "טקסט", "version": ""} | {field: value}

    with pytest.raises(Refused) as caught:
        announcing.publish(by=department, at=AT, **given)

    assert (caught.value.code, caught.value.refusals[0].fields) == (code, (field,))


def test_the_public_reads_none(announcement):
    with pytest.raises(Refused, match=Code.PERMISSION_DENIED):
        announcing.mark_read(announcement_id=announcement.pk, by=CustomerFactory().user, at=AT)
    assert not AnnouncementRead.objects.exists()
