"""The customer's own contact details (CRM-4.4-b, screen P5)."""

import re

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refusal
from crm_portal.messaging.models import Notification
from crm_portal.sentences import sentence
from inquiries.models import Inquiry
from inquiries.services.feedback import addresses
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(client):
    customer = CustomerFactory(email="old@example.org", mobile="+972501234567", contact_preference="email")
    client.force_login(customer.user)
    return customer


def sent(customer, **changed):
    now = {name: getattr(customer, name) for name in ("email", "mobile", "contact_preference")}
    return now | changed


def digits(channel="email"):
    return re.search(r"\b\d{6}\b", Notification.objects.filter(channel=channel).latest("created_at").body)[0]


@pytest.mark.req("CRM-4.4-b")
def test_the_preferred_channel_is_changed_at_once_and_audited(client, customer):
    response = client.post("/my/contact/", sent(customer, contact_preference="mobile"))

    customer.refresh_from_db()
    assert response.url == "/my/contact/"
    assert customer.contact_preference == "mobile"
    event = AuditEvent.objects.get(action="contact.keep")
    assert (event.before, event.after) == ({"contact_preference": "email"}, {"contact_preference": "mobile"})
    assert not Notification.objects.exists()


def test_the_mobile_is_shown_as_written_in_israel_and_sending_it_back_changes_nothing(client, customer):
    shown = client.get("/my/contact/").context["form"]["mobile"].value()

    response = client.post("/my/contact/", sent(customer, mobile=shown))

    assert shown == "050-123-4567"
    assert response.url == "/my/contact/"
    assert not Notification.objects.exists()


@pytest.mark.req("CRM-4.4-b")
def test_a_new_address_stays_unused_until_its_code_is_typed_back(client, customer):
    client.post("/my/contact/", sent(customer, email="new@example.org"))

    customer.refresh_from_db()
    assert customer.verified_email == "old@example.org"
    assert set(addresses(Inquiry(customer=customer)).values()) == {"old@example.org", "+972501234567"}
    assert Notification.objects.get().address == "new@example.org"

    assert client.post("/my/contact/confirm/", {"email_code": digits()}).url == "/my/contact/"
    customer.refresh_from_db()
    assert customer.verified_email == "new@example.org"
    assert set(addresses(Inquiry(customer=customer)).values()) == {"new@example.org", "+972501234567"}


def test_a_wrong_code_changes_nothing_and_the_right_one_can_still_be_typed(client, customer):
    client.post("/my/contact/", sent(customer, email="new@example.org"))
    right = digits()

    wrong = client.post("/my/contact/confirm/", {"email_code": f"{(int(right) + 1) % 10**6:06d}"})

    customer.refresh_from_db()
    assert wrong.status_code == 422
    assert wrong.context["form"].errors == {"email_code": [sentence(Refusal(Code.CODE_WRONG))]}
    assert customer.email == "old@example.org"
    client.post("/my/contact/confirm/", {"email_code": right})
    customer.refresh_from_db()
    assert customer.email == "new@example.org"


def test_of_two_new_addresses_the_one_whose_code_is_right_is_kept(client, customer):
    client.post("/my/contact/", sent(customer, email="new@example.org", mobile="052-765-4321"))

    half = client.post("/my/contact/confirm/", {"email_code": digits("email"), "mobile_code": "000"})

    customer.refresh_from_db()
    assert half.status_code == 422
    assert list(half.context["form"].fields) == ["mobile_code"]
    assert (customer.email, customer.mobile) == ("new@example.org", "+972501234567")


@pytest.mark.parametrize(("field", "typed"), [("email", "not an address"), ("mobile", "03-1234567"), ("email", "")])
def test_what_is_no_address_is_told_at_its_field_and_nothing_is_sent(client, customer, field, typed):
    response = client.post("/my/contact/", sent(customer, contact_preference="mobile", **{field: typed}))

    customer.refresh_from_db()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert customer.contact_preference == "email"
    assert not Notification.objects.exists()


def test_a_second_code_within_a_minute_is_refused_at_the_field_and_nothing_is_kept(client, customer):
    client.post("/my/contact/", sent(customer, email="new@example.org"))

    response = client.post("/my/contact/", sent(customer, email="newer@example.org", contact_preference="mobile"))

    customer.refresh_from_db()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]
    assert customer.contact_preference == "email"


def test_the_codes_hold_for_a_while_only(client, customer):
    client.post("/my/contact/", sent(customer, email="new@example.org"))

    session = client.session
    session["contact_change"] = session["contact_change"] | {"at": session["contact_change"]["at"] - 31 * 60}
    session.save()

    assert client.get("/my/contact/confirm/").url == "/my/contact/"


def test_a_code_of_this_customer_opens_in_no_other_session(client, customer):
    client.post("/my/contact/", sent(customer, email="new@example.org"))
    client.logout()
    client.force_login(customer.user)

    assert client.post("/my/contact/confirm/", {"email_code": digits()}).url == "/my/contact/"
    customer.refresh_from_db()
    assert customer.email == "old@example.org"
