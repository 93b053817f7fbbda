import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from crm_portal.people.services import second_factor
from tests.factories.people import CustomerFactory, UserFactory
from tests.people.conftest import PASSWORD

pytestmark = pytest.mark.django_db
FIRST = {"as": "employee", "username": "dana", "password": PASSWORD}


def events(action):
    return AuditEvent.objects.filter(action=action).order_by("pk")


def test_an_employee_enters_with_password_and_second_factor(client, employee, app_code):
    first = client.post("/sign-in/", {**FIRST, "next": "/inquiries/?page=2"})
    second = client.post("/sign-in/second-factor/", {"code": app_code()})

    assert first.url == "/sign-in/second-factor/"
    assert second.url == "/inquiries/?page=2"
    assert int(client.session["_auth_user_id"]) == employee.pk
    assert events("sign_in.employee").get(outcome="done").actor == employee


def test_a_new_browser_speaks_the_language_that_the_person_once_chose(client, employee, app_code):
    employee.language = "en"
    employee.save()

    client.post("/sign-in/", FIRST)
    client.post("/sign-in/second-factor/", {"code": app_code()})

    assert '<html lang="en" dir="ltr"' in client.get("/help/keyboard/").text


def test_the_password_alone_opens_nothing(client, employee):
    client.post("/sign-in/", FIRST)

    assert "_auth_user_id" not in client.session
    assert client.get("/sign-in/recovery-codes/").url.startswith("/sign-in/?next=")
    assert client.get("/admin/").url.startswith("/sign-in/?next=")


def test_entering_gives_the_session_a_new_key_at_each_step(client, employee, app_code):
    client.get("/sign-in/")
    client.post("/sign-in/", FIRST)
    half = client.session.session_key
    client.post("/sign-in/second-factor/", {"code": app_code()})

    assert client.session.session_key != half


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, employee):
    wrong = client.post("/sign-in/", {**FIRST, "password": "wrong"})
    unknown = client.post("/sign-in/", {**FIRST, "username": "nobody"})

    assert wrong.status_code == unknown.status_code == 422
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.context["form"]["username"].value() == "dana"
    assert [event.code for event in events("sign_in.employee")] == ["SIGN_IN_REFUSED"] * 2


def test_a_customer_account_does_not_enter_by_the_employees_door(client):
    user = CustomerFactory().user
    user.set_password(PASSWORD)
    user.save()

    response = client.post("/sign-in/", {**FIRST, "username": user.username})

    assert response.status_code == 422


def test_the_second_factor_step_without_a_password_leads_back(client):
    assert client.get("/sign-in/second-factor/").url == "/sign-in/"


def test_a_code_of_the_app_opens_once(client, employee):
    with time_machine.travel(timezone.now().replace(second=5), tick=False):
        code = second_factor.current_code(user=employee, at=timezone.now())
        client.post("/sign-in/", FIRST)
        client.post("/sign-in/second-factor/", {"code": code})
        client.post("/sign-out/")
        client.post("/sign-in/", FIRST)
        again = client.post("/sign-in/second-factor/", {"code": code})

    assert again.status_code == 422
    assert "code" in again.context["form"].errors
    assert events("sign_in.employee").last().code == "CODE_USED"


@pytest.mark.parametrize(("late", "status"), [(59, 302), (91, 422)])
def test_a_code_of_the_app_is_taken_for_a_step_more_and_not_longer(client, employee, late, status):
    start = timezone.now().replace(second=0, microsecond=0)
    with time_machine.travel(start, tick=False) as now:
        code = second_factor.current_code(user=employee, at=start)
        client.post("/sign-in/", FIRST)
        now.move_to(start + timedelta(seconds=late))
        response = client.post("/sign-in/second-factor/", {"code": code})

    assert response.status_code == status


def test_an_employee_without_an_app_sets_one_up_and_gets_recovery_codes_once(client):
    user = UserFactory(username="new", roles=[Role.HANDLER])
    user.set_password(PASSWORD)
    user.save()

    client.post("/sign-in/", {**FIRST, "username": "new"})
    page = client.get("/sign-in/second-factor/", follow=True)
    secret = page.context["secret"]
    wrong = client.post("/sign-in/second-factor/enrol/", {"code": "000000"})
    step = second_factor._step(timezone.now())
    code = second_factor.format_hotp_value(second_factor.hotp_value(secret, step))
    done = client.post("/sign-in/second-factor/enrol/", {"code": code}, follow=True)

    assert secret in page.content.decode()
    assert "data:image/svg+xml" in page.content.decode()
    assert wrong.status_code == 422
    assert len(set(done.context["codes"])) == 10
    assert client.get("/sign-in/recovery-codes/").status_code == 302

    client.post("/sign-out/")
    client.post("/sign-in/", {**FIRST, "username": "new"})
    recovered = client.post("/sign-in/second-factor/", {"code": done.context["codes"][0]})
    assert recovered.status_code == 302

    client.post("/sign-out/")
    client.post("/sign-in/", {**FIRST, "username": "new"})
    assert client.post("/sign-in/second-factor/", {"code": done.context["codes"][0]}).status_code == 422


def test_the_secret_of_an_app_is_not_readable_in_the_database(employee):
    authenticator = employee.authenticator_set.get(type="totp")

    assert not re.fullmatch(r"[A-Z2-7]{32}", authenticator.data["secret"])


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site_after_signing_in(client, employee, app_code, bad):
    client.post("/sign-in/", {**FIRST, "next": bad})
    response = client.post("/sign-in/second-factor/", {"code": app_code()})

    assert response.url == "/"


def test_signing_out_ends_the_session_and_is_audited(client, employee):
    client.force_login(employee)

    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/sign-in/"
    assert "_auth_user_id" not in client.session
    assert events("sign_out").get().actor == employee
