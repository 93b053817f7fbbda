import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refusal
from crm_portal.messaging.models import Notification
from crm_portal.people.models import OneTimeCode
from crm_portal.sentences import sentence
from tests.factories.people import CustomerFactory, valid_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer():
    return CustomerFactory(id_number=valid_id(1_234_567))


def ask(client, customer, channel="sms"):
    return client.post("/sign-in/", {"as": "customer", "id_number": customer.id_number.lstrip("0"), "channel": channel})


def sent():
    return re.search(r"\b\d{6}\b", Notification.objects.latest("created_at").body)[0]


def said(response):
    return response.context["form"].errors["code"]


@pytest.mark.parametrize(("channel", "address"), [("sms", "mobile"), ("email", "email")])
def test_a_customer_enters_with_the_code_sent_to_the_verified_address(client, customer, channel, address):
    first = ask(client, customer, channel)
    message = Notification.objects.get()
    second = client.post("/sign-in/code/", {"code": f" {sent()[:3]} {sent()[3:]}"})

    assert first.url == "/sign-in/code/"
    assert (message.address, message.channel, message.is_secret) == (getattr(customer, address), channel, True)
    assert second.status_code == 302
    assert int(client.session["_auth_user_id"]) == customer.user_id
    assert AuditEvent.objects.get(action="sign_in.customer").actor == customer.user


def test_the_digits_are_nowhere_in_the_table_of_codes(client, customer):
    ask(client, customer)

    assert sent() not in str(OneTimeCode.objects.values().get())


def test_a_code_used_twice_is_refused_at_its_field(client, customer, settings):
    ask(client, customer)
    step, digits = client.session["sign_in"], sent()
    client.post("/sign-in/code/", {"code": digits})
    client.post("/sign-out/")
    replayed = client.session
    replayed["sign_in"] = step
    replayed.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = replayed.session_key

    response = client.post("/sign-in/code/", {"code": digits})

    assert response.status_code == 422
    assert said(response) == [sentence(Refusal(Code.CODE_USED))]
    assert AuditEvent.objects.filter(action="sign_in.customer", outcome="refused", code="CODE_USED").exists()


def test_a_late_code_is_refused_at_its_field(client, customer):
    with time_machine.travel(timezone.now(), tick=False) as now:
        ask(client, customer)
        now.shift(timedelta(minutes=10))
        response = client.post("/sign-in/code/", {"code": sent()})

    assert said(response) == [sentence(Refusal(Code.CODE_EXPIRED))]


def test_a_wrong_code_is_refused_and_what_was_typed_stays(client, customer):
    ask(client, customer)
    wrong = f"{(int(sent()) + 1) % 10**6:06d}"

    response = client.post("/sign-in/code/", {"code": wrong})

    assert said(response) == [sentence(Refusal(Code.CODE_WRONG))]
    assert response.context["form"]["code"].value() == wrong
    assert OneTimeCode.objects.get().tries == 1


def test_a_code_opens_only_in_the_session_that_asked_for_it(client, customer):
    ask(client, customer)
    digits, other = sent(), Client()

    assert other.post("/sign-in/code/", {"code": digits}).url == "/sign-in/"


def test_another_code_is_sent_after_a_minute_and_not_before(client, customer):
    with time_machine.travel(timezone.now(), tick=False) as now:
        ask(client, customer)
        old = sent()
        now.shift(timedelta(seconds=59))
        early = client.post("/sign-in/code/again/")
        now.shift(timedelta(seconds=1))
        again = client.post("/sign-in/code/again/", {"channel": "email"})

        assert early.status_code == 422
        assert said(early) == [sentence(Refusal(Code.CODE_TOO_SOON, details={"seconds": 60}))]
        assert again.status_code == 302
        assert Notification.objects.count() == 2
        if sent() != old:
            assert client.post("/sign-in/code/", {"code": old}).status_code == 422
        assert client.post("/sign-in/code/", {"code": sent()}).status_code == 302


@pytest.mark.parametrize("who", ["unknown", "unregistered", "inactive"])
def test_nobody_learns_whether_a_number_is_registered(client, customer, who, settings):
    settings.DEMONSTRATION = False
    if who == "unknown":
        stranger = valid_id(7_654_321)
    elif who == "unregistered":
        stranger = CustomerFactory(unregistered=True).id_number
    else:
        stranger = CustomerFactory(user__is_active=False).id_number

    def answers(id_number):
        browser = Client()
        first = browser.post("/sign-in/", {"as": "customer", "id_number": id_number, "channel": "sms"})
        page = browser.get("/sign-in/code/")
        wrong = browser.post("/sign-in/code/", {"code": "12345"})
        early = browser.post("/sign-in/code/again/")
        tokens = re.compile(r"""(value|nonce|hx-headers)=("[^"]*"|'[^']*')""")
        pages = [tokens.sub("", one.content.decode()) for one in (page, wrong, early)]
        return first.status_code, first.url, [one.status_code for one in (page, wrong, early)], pages

    known = answers(customer.id_number)
    count = Notification.objects.count()

    assert answers(stranger) == known
    assert Notification.objects.count() == count == 1


def test_a_wrong_check_digit_is_refused_at_the_number(client, customer):
    wrong = customer.id_number[:-1] + str((int(customer.id_number[-1]) + 1) % 10)

    response = client.post("/sign-in/", {"as": "customer", "id_number": wrong, "channel": "sms"})

    assert response.status_code == 422
    assert response.context["form"].errors["id_number"] == [
        sentence(Refusal(Code.INVALID_VALUE, details={"because": "check_digit"}))
    ]
    assert response.context["form"]["id_number"].value() == wrong
    assert not OneTimeCode.objects.exists()


def test_asking_twice_at_once_leads_to_the_code_that_was_sent(client, customer):
    ask(client, customer)
    again = ask(client, customer)

    assert again.url == "/sign-in/code/"
    assert Notification.objects.count() == 1
    assert client.post("/sign-in/code/", {"code": sent()}).status_code == 302
    assert "_auth_user_id" in client.session
