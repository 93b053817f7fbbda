from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.messaging.models import Notification
from crm_portal.people import lockout
from tests.factories.people import CustomerFactory
from tests.people.conftest import PASSWORD

pytestmark = pytest.mark.django_db
RIGHT = {"as": "employee", "username": "dana", "password": PASSWORD}
WRONG = {**RIGHT, "password": "wrong"}


def test_the_fifth_wrong_password_locks_the_name_from_that_address_for_a_quarter_of_an_hour(client, employee):
    with time_machine.travel(timezone.now(), tick=False) as now:
        answers = [client.post("/sign-in/", WRONG).status_code for _ in range(5)]
        now.shift(timedelta(minutes=5))
        locked = client.post("/sign-in/", RIGHT)
        elsewhere = client.post("/sign-in/", RIGHT, REMOTE_ADDR="10.1.2.3")
        now.shift(timedelta(minutes=10, seconds=1))
        later = client.post("/sign-in/", RIGHT)

    assert answers == [422, 422, 422, 422, 429]
    assert locked.status_code == 429
    assert "10 " in locked.content.decode()  # minutes that are left
    assert elsewhere.status_code == later.status_code == 302
    assert AuditEvent.objects.filter(action="sign_in.lock_out", code="TOO_MANY_ATTEMPTS").count() == 2


def test_a_name_tried_from_everywhere_is_locked_at_last(client, employee):
    for number in range(lockout.FAILURES_OF_NAME):
        client.post("/sign-in/", WRONG, REMOTE_ADDR=f"10.0.0.{number}")

    assert client.post("/sign-in/", RIGHT, REMOTE_ADDR="10.9.9.9").status_code == 429


def test_an_address_that_tries_many_names_is_locked_at_last(client, employee):
    for number in range(lockout.FAILURES_FROM_ADDRESS):
        client.post("/sign-in/", {**WRONG, "username": f"name{number}"})

    assert client.post("/sign-in/", RIGHT).status_code == 429


def test_signing_in_forgets_the_failures_before_it(client, employee, app_code):
    for _ in range(2):
        for _ in range(4):
            client.post("/sign-in/", WRONG)
        client.post("/sign-in/", RIGHT)
        entered = client.post("/sign-in/second-factor/", {"code": app_code()})
        client.post("/sign-out/")

    assert entered.status_code == 302


def test_the_second_factor_is_locked_too(client, employee, app_code):
    client.post("/sign-in/", RIGHT)
    wrong = f"{(int(app_code()) + 1) % 10**6:06d}"
    answers = [client.post("/sign-in/second-factor/", {"code": wrong}).status_code for _ in range(5)]

    assert answers[-1] == 429
    assert client.post("/sign-in/second-factor/", {"code": app_code()}).status_code == 429


def test_one_time_codes_are_locked_too(client):
    customer = CustomerFactory()
    client.post("/sign-in/", {"as": "customer", "id_number": customer.id_number, "channel": "sms"})
    answers = [client.post("/sign-in/code/", {"code": "1"}).status_code for _ in range(5)]

    assert answers == [422, 422, 422, 422, 429]


def test_smart_cards_are_locked_too(client):
    card = {"as": "representative", "card_number": "NO-SUCH-CARD"}
    answers = [client.post("/sign-in/", card).status_code for _ in range(5)]

    assert answers[-1] == 429


def test_an_address_that_asks_for_everybodys_code_is_stopped(client):
    with time_machine.travel(timezone.now(), tick=False):
        for customer in CustomerFactory.create_batch(30):
            client.post("/sign-in/", {"as": "customer", "id_number": customer.id_number, "channel": "sms"})
        response = client.post(
            "/sign-in/", {"as": "customer", "id_number": CustomerFactory().id_number, "channel": "sms"}
        )

    assert response.status_code == 422
    assert Notification.objects.count() == 30
