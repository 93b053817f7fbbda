"""Requests for a limited power of attorney on their pages: N4 of the office, P6 of the customer."""

import pytest
from django.utils import timezone

from crm_portal.people.models import PoaRequest
from crm_portal.people.services import poa_requests
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
MINE, OFFICE = "/my/powers/", "/my/poa-requests/"
FILE_91 = "111100020"


@pytest.fixture
def card():
    return RepresentativeEmployeeFactory(representative=RepresentativeFactory(name="אורון יעל"))


@pytest.fixture
def customer():
    return CustomerFactory(id_number=FILE_91, last_name="ברקאי", first_name="איתן")


@pytest.fixture
def request_made(card, customer):
    return poa_requests.submit(by=card.user, at=timezone.now(), customer_id_number=FILE_91, topic="medical_committees")


@pytest.mark.req("CRM-6.6-f")
def test_the_office_submits_and_sees_what_became_of_it(client, card, customer):
    client.force_login(card.user)

    answer = client.post(OFFICE, {"customer_id_number": "111 100 020", "topic": "severance"}, follow=True)

    assert "הבקשה נשלחה" in answer.text
    assert "ממתין לאישור הלקוח" in answer.text
    assert "ברקאי איתן" in answer.text


def test_what_is_wrong_is_said_at_its_field_and_the_typed_words_stay(client, card, customer):
    client.force_login(card.user)

    answer = client.post(OFFICE, {"customer_id_number": "123", "topic": ""})

    assert answer.status_code == 422
    assert 'id="id_customer_id_number_error"' in answer.text
    assert 'value="123"' in answer.text
    assert not PoaRequest.objects.exists()


@pytest.mark.req("CRM-6.6-f")
def test_the_customer_is_shown_who_asks_and_approves_by_one_button(client, customer, request_made):
    client.force_login(customer.user)
    page = client.get(MINE).text

    assert "אורון יעל" in page
    assert "וועדות רפואיות" in page or "ועדות רפואיות" in page
    answer = client.post(f"{MINE}{request_made.pk}/approve/", follow=True)

    request_made.refresh_from_db()
    assert request_made.state == "approved"
    assert "הבקשה אושרה" in answer.text


def test_revoking_is_asked_before_it_is_done(client, customer, request_made):
    client.force_login(customer.user)
    client.post(f"{MINE}{request_made.pk}/approve/")

    question = client.get(f"{MINE}{request_made.pk}/revoke/").text
    request_made.refresh_from_db()
    assert request_made.state == "approved"
    assert "לבטל את ייפוי הכוח" in question
    client.post(f"{MINE}{request_made.pk}/revoke/")

    request_made.refresh_from_db()
    assert request_made.state == "revoked"


def test_a_late_decision_is_told_and_changes_nothing(client, card, customer, request_made):
    poa_requests.withdraw(request_id=request_made.pk, by=card.user, at=timezone.now())
    client.force_login(customer.user)

    answer = client.post(f"{MINE}{request_made.pk}/approve/", follow=True)

    request_made.refresh_from_db()
    assert request_made.state == "revoked"
    assert "השתנה בינתיים" in answer.text


@pytest.mark.parametrize("step", ["approve", "withdraw", "nothing"])
def test_a_request_to_somebody_else_is_not_there(client, request_made, step):
    client.force_login(CustomerFactory().user)

    assert client.post(f"{MINE}{request_made.pk}/{step}/").status_code == 404


def test_another_office_neither_sees_nor_withdraws_it(client, request_made):
    client.force_login(RepresentativeEmployeeFactory().user)

    assert "ברקאי" not in client.get(OFFICE).text
    assert client.post(f"{OFFICE}{request_made.pk}/withdraw/").status_code == 404


def test_the_office_withdraws(client, card, request_made):
    client.force_login(card.user)

    client.post(f"{OFFICE}{request_made.pk}/withdraw/")

    request_made.refresh_from_db()
    assert request_made.state == "revoked"


def test_the_list_of_inquiries_says_that_a_request_waits(client, customer, request_made):
    client.force_login(customer.user)

    assert "התקבלה בקשה לייצג" in client.get("/my/inquiries/").text


def test_the_queries_do_not_grow_with_the_requests(client, customer, request_made, django_assert_max_num_queries):
    for _ in range(6):
        card = RepresentativeEmployeeFactory()
        poa_requests.submit(by=card.user, at=timezone.now(), customer_id_number=FILE_91, topic="severance")
    client.force_login(customer.user)

    with django_assert_max_num_queries(8):
        client.get(MINE)
