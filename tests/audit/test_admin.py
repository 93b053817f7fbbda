"""The auditor reads the audit in the admin site; nobody changes it there."""

import pytest
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.audit.services.recording import record
from crm_portal.people.rules.roles import Role
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/auditevent/"


@pytest.fixture
def event():
    return record("inquiry.open", by=None, at=timezone.now(), target_type="inquiry", target_id="7")


@pytest.fixture
def signed_in(client):
    def sign_in(role):
        client.force_login(UserFactory(roles=[role], is_staff=True))
        return client

    return sign_in


@pytest.mark.req("CRM-2-b")
def test_the_auditor_finds_an_event_by_its_object(signed_in, event):
    auditor = signed_in(Role.AUDITOR)

    assert "inquiry.open" in auditor.get(LIST, {"q": "7"}).content.decode()
    assert auditor.get(f"{LIST}{event.pk}/change/").status_code == 200


@pytest.mark.req("CRM-2-b")
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.CRM_ADMIN])
def test_nobody_adds_changes_or_deletes_an_event(signed_in, event, role):
    somebody = signed_in(role)

    for path in ("add/", f"{event.pk}/change/", f"{event.pk}/delete/"):
        assert somebody.post(f"{LIST}{path}", {"action": "other", "post": "yes"}).status_code == 403
    assert AuditEvent.objects.get(pk=event.pk).action == "inquiry.open"


@pytest.mark.parametrize("role", [Role.CRM_ADMIN, Role.HANDLER])
def test_the_content_of_the_audit_is_the_auditor_s_alone(signed_in, event, role):
    assert signed_in(role).get(LIST).status_code == 403
