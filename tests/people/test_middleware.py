from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db
INNER = "/sign-in/recovery-codes/"  # for employees only


@pytest.mark.req("CRM-7-s")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("127.0.0.1", 200, id="this machine"),
        pytest.param("10.20.30.40", 200, id="private network"),
        pytest.param("192.0.2.7", 200, id="Israel"),
        pytest.param("2001:db8:1::5", 200, id="Israel, version 6"),
        pytest.param("198.51.100.7", 403, id="abroad"),
        pytest.param("203.0.113.9", 403, id="unknown country"),
    ],
)
def test_only_requests_from_israel_are_let_in(client, address, status):
    response = client.get("/sign-in/", REMOTE_ADDR=address)

    assert response.status_code == status
    if status == 403:
        assert 'href="/contact/"' in response.content.decode()
        assert AuditEvent.objects.filter(code="ORIGIN_ABROAD_BLOCKED", origin=address).exists()


@pytest.mark.req("CRM-7-s")
def test_employee_screens_refuse_addresses_abroad_likewise(client):
    client.force_login(UserFactory(roles=[Role.CRM_ADMIN]))

    assert client.get("/admin/", REMOTE_ADDR="198.51.100.7").status_code == 403


@pytest.mark.req("CRM-7-s")
def test_an_unreachable_origin_register_lets_nobody_in_from_outside(client, tmp_path, settings):
    settings.REGISTERS_FOLDER = tmp_path

    assert client.get("/sign-in/", REMOTE_ADDR="192.0.2.77").status_code == 403


@override_settings(TRUSTED_PROXIES=["127.0.0.0/8"])
def test_behind_a_trusted_proxy_the_address_it_names_counts(client):
    assert client.get("/sign-in/", headers={"X-Forwarded-For": "198.51.100.8"}).status_code == 403


def test_somebody_unknown_is_led_to_the_sign_in_page_and_back(client):
    assert client.get(f"{INNER}?a=1").url == "/sign-in/?next=%2Fsign-in%2Frecovery-codes%2F%3Fa%3D1"


def test_htmx_is_told_to_load_the_sign_in_page(client):
    response = client.get(INNER, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/inquiries/"})

    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/sign-in/?next=http%3A%2F%2Ftestserver%2Finquiries%2F"


@pytest.mark.req("CRM-2.2.2-a")
def test_a_role_that_may_not_is_refused_with_a_sentence_and_audited(client):
    user = CustomerFactory().user
    client.force_login(user)

    response = client.get(INNER)

    event = AuditEvent.objects.get(code="PERMISSION_DENIED")
    assert response.status_code == 403
    assert (event.actor, event.action, event.outcome) == (user, "recovery_codes.read", "refused")


@override_settings(ROOT_URLCONF="tests.people.urls_undeclared")
def test_a_view_that_names_no_action_lets_nobody_in(client):
    client.force_login(UserFactory(roles=list(Role)))

    assert client.get("/silent/").status_code == 403
    assert client.get("/rest/").status_code == 403
    assert client.get("/by-method/").status_code == 200
    assert client.post("/by-method/").status_code == 403


@pytest.mark.parametrize(
    ("kind", "idle", "status"),
    [("employee", 29, 302), ("employee", 31, 302), ("customer", 19, 403), ("customer", 21, 302)],
)
def test_a_session_left_alone_ends(client, kind, idle, status):
    user = CustomerFactory().user if kind == "customer" else UserFactory(roles=[Role.HANDLER])
    with time_machine.travel(timezone.now(), tick=False) as now:
        client.force_login(user)
        client.get(INNER)
        now.shift(timedelta(minutes=idle))
        response = client.get(INNER)

    assert response.status_code == status
    assert ("_auth_user_id" in client.session) is (idle in (29, 19))


def test_a_session_in_use_goes_on_but_not_for_ever(client):
    with time_machine.travel(timezone.now(), tick=False) as now:
        client.force_login(UserFactory(roles=[Role.HANDLER]))
        for _ in range(35):
            client.get(INNER)
            now.shift(timedelta(minutes=20))
        assert "_auth_user_id" in client.session
        for _ in range(2):
            now.shift(timedelta(minutes=20))
            client.get(INNER)

    assert "_auth_user_id" not in client.session


@pytest.mark.req("CRM-7-s")
@pytest.mark.parametrize("address", ["198.51.100.7", "203.0.113.9"])
def test_the_contact_page_that_the_refusal_leads_to_answers_from_abroad(client, address):
    assert client.get("/contact/", REMOTE_ADDR=address).status_code == 200


def test_a_refusal_that_a_view_let_through_is_still_said_in_words(client):
    with override_settings(ROOT_URLCONF="tests.people.urls_undeclared"):
        response = client.get("/refusing/")

    assert response.status_code == 409
    assert response.context["code"] == "INQUIRY_CLOSED"


@override_settings(ROOT_URLCONF="tests.people.urls_undeclared")
@pytest.mark.parametrize(
    ("roles", "status"), [(None, 403), ([], 403), ([Role.HANDLER], 403), ([Role.HANDLER, Role.CRM_ADMIN], 200)]
)
def test_a_rest_view_lets_in_whose_roles_allow_its_action(client, roles, status):
    if roles is not None:
        client.force_login(UserFactory(roles=roles))

    assert client.get("/rest-for-some/").status_code == status
