import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refusal
from crm_portal.messaging.models import Notification
from crm_portal.people.models import Customer
from crm_portal.registers import local
from crm_portal.sentences import sentence
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
CONTACT = {"mobile": "050-123-4567", "email": "noa@example.org", "contact_preference": "mobile"}


@pytest.fixture
def person():
    return next(one for one in local.people("identity")["customers"] if one["kind"] == "person")


def identify(client, person, **changed):
    details = {name: person[name] for name in ("id_number", "birth_date", "id_issued_on")}
    return client.post("/register/", details | changed)


def digits(channel):
    return re.search(r"\b\d{6}\b", Notification.objects.filter(channel=channel).latest("created_at").body)[0]


def other(code):
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.req("CRM-2.2.1-a")
def test_a_citizen_registers_once_both_addresses_are_confirmed(client, person):
    identify(client, person, id_number=person["id_number"].lstrip("0"))
    client.post("/register/contact/", CONTACT)
    response = client.post("/register/confirm/", {"mobile_code": digits("sms"), "email_code": digits("email")})

    customer = Customer.objects.get()
    assert response.url == "/"
    assert (customer.id_number, customer.last_name) == (person["id_number"], person["last_name"])
    assert (customer.verified_email, customer.verified_mobile) == ("noa@example.org", "+972501234567")
    assert customer.contact_preference == "mobile"
    assert customer.registered_at
    assert int(client.session["_auth_user_id"]) == customer.user_id
    assert AuditEvent.objects.filter(action="customer.register", target_id=str(customer.pk)).exists()


@pytest.mark.req("CRM-2.2.1-a")
def test_one_confirmed_address_is_not_yet_a_registration(client, person):
    identify(client, person)
    client.post("/register/contact/", CONTACT)
    sms, email = digits("sms"), digits("email")

    half = client.post("/register/confirm/", {"mobile_code": sms, "email_code": other(email)})

    assert half.status_code == 422
    assert half.context["form"].errors == {"email_code": [sentence(Refusal(Code.CODE_WRONG))]}
    assert not Customer.objects.exists()

    resumed = client.get("/register/confirm/")
    assert list(resumed.context["form"].fields) == ["email_code"]
    assert client.post("/register/confirm/", {"email_code": email}).url == "/"
    assert Customer.objects.get().registered_at


@pytest.mark.req("CRM-2.1.1-b")
def test_registering_uses_the_file_that_a_phone_inquiry_opened(client, person):
    existing = CustomerFactory(unregistered=True, id_number=person["id_number"])

    identify(client, person)
    client.post("/register/contact/", CONTACT)
    client.post("/register/confirm/", {"mobile_code": digits("sms"), "email_code": digits("email")})

    existing.refresh_from_db()
    assert Customer.objects.get() == existing
    assert existing.registered_at


def test_in_a_demonstration_the_codes_are_filled_in(client, person, settings):
    settings.DEMONSTRATION = True
    identify(client, person)
    client.post("/register/contact/", CONTACT)

    page = client.get("/register/confirm/")

    assert f'value="{digits("sms")}"' in page.content.decode()
    assert f'value="{digits("email")}"' in page.content.decode()


def test_details_that_do_not_match_the_register_are_refused_and_kept(client, person):
    response = identify(client, person, birth_date="1950-01-01")

    assert response.status_code == 422
    assert response.context["form"].errors["id_issued_on"]
    assert response.context["form"]["birth_date"].value() == "1950-01-01"
    assert client.get("/register/contact/").url == "/register/"


def test_guessing_details_is_stopped(client, person):
    for _ in range(5):
        identify(client, person, birth_date="1950-01-01")

    assert identify(client, person).status_code in (422, 429)
    assert client.get("/register/contact/").url == "/register/"


def test_somebody_registered_is_led_to_the_sign_in_page(client, person):
    CustomerFactory(id_number=person["id_number"])

    response = identify(client, person)

    assert response.context["form"].errors["id_number"] == [
        sentence(Refusal(Code.DUPLICATE, details={"because": "registered"}))
    ]


@pytest.mark.parametrize(
    ("field", "typed"), [("mobile", "03-1234567"), ("mobile", "12"), ("email", "noa@"), ("contact_preference", "fax")]
)
def test_an_address_nothing_can_be_sent_to_is_refused_at_its_field(client, person, field, typed):
    identify(client, person)

    response = client.post("/register/contact/", {**CONTACT, field: typed})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Notification.objects.exists()


def test_codes_are_sent_again_to_a_corrected_address(client, person):
    with time_machine.travel(timezone.now(), tick=False) as now:
        identify(client, person)
        client.post("/register/contact/", CONTACT)
        early = client.post("/register/again/")
        now.shift(timedelta(seconds=61))
        client.post("/register/contact/", {**CONTACT, "email": "right@example.org"})

        assert early.status_code == 422
        assert Notification.objects.filter(channel="sms").count() == 1
        assert Notification.objects.filter(channel="email").latest("created_at").address == "right@example.org"
        client.post("/register/confirm/", {"mobile_code": digits("sms"), "email_code": digits("email")})
    assert Customer.objects.get().verified_email == "right@example.org"


def test_a_registration_left_for_long_begins_anew(client, person):
    with time_machine.travel(timezone.now(), tick=False) as now:
        identify(client, person)
        now.shift(timedelta(minutes=29))
        assert client.get("/register/contact/").status_code == 200
        now.shift(timedelta(minutes=1))
        assert client.get("/register/contact/").url == "/register/"


def test_while_the_register_is_out_of_reach_nobody_is_registered(client, person, settings, tmp_path):
    settings.REGISTERS_FOLDER = tmp_path

    response = client.post("/register/", {name: person[name] for name in ("id_number", "birth_date", "id_issued_on")})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [sentence(Refusal(Code.REGISTER_UNAVAILABLE))]
