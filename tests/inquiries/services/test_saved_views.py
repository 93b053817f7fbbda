"""Personal views: kept under a name, one's own alone, and in the audit."""

import pytest
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.people.rules.roles import Role
from inquiries.models import SavedView
from inquiries.services import saved_views
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
QUERY = "status=forwarded&sort=-opened"


@pytest.fixture
def clerk():
    return UserFactory(roles=[Role.HANDLER])


def keep(by, name="דחופות", view="team_waiting"):
    return saved_views.save(name=name, view=view, query=QUERY, by=by, at=timezone.now())


@pytest.mark.req("CRM-3.2-b")
def test_a_narrowed_view_is_kept_renamed_and_forgotten_and_the_audit_knows(clerk):
    saved = keep(clerk, name="  דחופות ")

    saved_views.rename(saved_id=saved.pk, name="של היום", by=clerk, at=timezone.now())
    assert SavedView.objects.get().name == "של היום"
    saved_views.delete(saved_id=saved.pk, by=clerk, at=timezone.now())

    assert not SavedView.objects.exists()
    done = AuditEvent.objects.filter(actor=clerk, outcome="done").order_by("pk")
    assert list(done.values_list("action", flat=True)) == ["view.save", "view.rename", "view.delete"]


@pytest.mark.parametrize("name", ["", "  ", "\x00", "א" * 61])
def test_a_name_that_is_none_or_too_long_is_refused_at_its_field(refusing, clerk, name):
    with refusing(Code.INVALID_VALUE if len(name) > 60 else Code.FIELD_REQUIRED, "name"):
        keep(clerk, name=name)


def test_a_name_is_given_once(refusing, clerk):
    keep(clerk)

    with refusing(Code.DUPLICATE, "name"):
        keep(clerk)
    assert keep(UserFactory(roles=[Role.HANDLER])).name == "דחופות"


@pytest.mark.req("CRM-3.1-a")
def test_a_view_that_the_role_has_not_cannot_be_kept(refusing, clerk):
    with refusing(Code.OUT_OF_SCOPE):
        keep(clerk, view="team_in_treatment_offices")


def test_another_s_view_is_not_there(refusing, clerk):
    saved, other = keep(clerk), UserFactory(roles=[Role.HANDLER])

    with refusing(Code.OUT_OF_SCOPE):
        saved_views.rename(saved_id=saved.pk, name="שלי", by=other, at=timezone.now())
    with refusing(Code.OUT_OF_SCOPE):
        saved_views.delete(saved_id=saved.pk, by=other, at=timezone.now())


def test_there_is_a_bound_to_how_many(refusing, clerk):
    for number in range(saved_views.MOST):
        keep(clerk, name=str(number))

    with refusing(Code.INVALID_VALUE, "name"):
        keep(clerk)
