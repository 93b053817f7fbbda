"""Announcements over every page until they are read (CRM-8-c)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_portal.messaging.models import Announcement, AnnouncementRead
from crm_portal.messaging.services import announcing
from crm_portal.people.rules.roles import Role
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.req("CRM-8-c")]
PAGE = reverse("ui:announcements")


@pytest.fixture
def department():
    return UserFactory(roles=[Role.CRM_ADMIN])


@pytest.fixture
def announcement(department):
    return announcing.publish(
        by=department, at=timezone.now(), title="תבניות לכל הצוותים", text="נוספו תבניות", version="2.1"
    )


def test_it_is_over_the_page_and_on_the_bell_until_it_is_read(client, announcement):
    reader = UserFactory(roles=[Role.HANDLER])
    client.force_login(reader)
    before = client.get("/help/keyboard/")

    response = client.post(reverse("ui:read_announcement", args=[announcement.pk]), {"next": "/help/keyboard/"})
    after = client.get("/help/keyboard/")

    assert "תבניות לכל הצוותים" in before.text
    assert before.context["shell"].bell.count == 1
    assert response.url == "/help/keyboard/"
    assert "תבניות לכל הצוותים" not in after.text
    assert after.context["shell"].bell.count is None
    assert "תבניות לכל הצוותים" in client.get(PAGE).text


def test_the_public_is_told_nothing(client, announcement):
    client.force_login(CustomerFactory().user)

    assert "תבניות לכל הצוותים" not in client.get(reverse("personal:inquiries")).text
    assert client.get(PAGE).status_code == 403


def test_reading_leads_nowhere_outside(client, announcement):
    client.force_login(UserFactory(roles=[Role.HANDLER]))

    response = client.post(reverse("ui:read_announcement", args=[announcement.pk]), {"next": "https://evil.example/"})

    assert response.url == PAGE


def test_one_that_is_not_there_cannot_be_read(client, announcement):
    client.force_login(UserFactory(roles=[Role.HANDLER]))

    assert client.post(reverse("ui:read_announcement", args=[announcement.pk + 1])).status_code == 404
    assert not AnnouncementRead.objects.exists()


def test_the_department_publishes_and_reads_the_receipts(client, department):
    client.force_login(department)
    refused = client.post(reverse("ui:publish_announcement"), {"title": "", "text": "הטקסט שנכתב"})
    client.post(reverse("ui:publish_announcement"), {"title": "גרסה", "text": "טקסט", "version": "3"})
    announcement = Announcement.objects.get()
    reader = UserFactory(roles=[Role.HANDLER])
    announcing.mark_read(announcement_id=announcement.pk, by=reader, at=timezone.now())

    receipts = client.get(reverse("ui:announcement", args=[announcement.pk])).text

    assert refused.status_code == 422
    assert "הטקסט שנכתב" in refused.text
    assert str(reader) in receipts
