"""The same form sent several times at the same moment, each request on a connection of its own."""

import re
import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.messaging.models import Notification
from crm_portal.people.models import Customer, User
from crm_portal.people.rules.roles import Role
from crm_portal.people.services import demonstration, second_factor
from inquiries.models import Inquiry
from inquiries.services import triplets
from tests.factories.inquiries import InquiryFactory, clerk, fresh, head_team, later, load_reference, office, operator
from tests.factories.people import CustomerFactory, UserFactory, valid_id
from tests.factories.routing import TripletFactory, TripletTeam

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 3


def at_once(*clicks: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, and give what each came to."""
    answers: list[object] = [None] * len(clicks)
    start = threading.Barrier(len(clicks))

    def run(place: int) -> None:
        try:
            start.wait(timeout=10)
            answers[place] = clicks[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(clicks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def browser_of(user: User) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def click(user: User, address: str, sent: dict[str, object]) -> list[tuple[int, str]]:
    """Several windows of one person send the same form."""
    windows = [browser_of(user) for _click in range(CLICKS)]
    answers = at_once(*[lambda window=window: window.post(address, dict(sent)) for window in windows])
    return sorted((answer.status_code, answer.headers.get("Location", "")) for answer in answers)


@pytest.mark.req("CRM-2.2.6-a")
def test_a_customer_who_clicks_several_times_opens_one_inquiry():
    load_reference()
    head_team()
    triplet = office(main_topic="ניכויים", sub_topic="תיאום", detail="שניים").triplet_teams.get().triplet
    sent = {
        "main_topic": "ניכויים", "sub_topic": "תיאום", "triplet": triplet.pk, "description": "שאלה",
        "submission_key": "k1",
    }  # fmt: skip

    answers = click(CustomerFactory().user, "/my/inquiries/new/", sent)

    inquiry = Inquiry.objects.get()
    assert answers == [(302, f"/my/inquiries/{inquiry.number}/")] * CLICKS
    assert inquiry.history.count() == 1
    assert Notification.objects.count() == 2  # one e-mail, one SMS


def test_an_operator_who_clicks_several_times_opens_one_inquiry_and_one_customer_file():
    load_reference()
    head_team()
    user = operator()
    triplet = TripletFactory(main_topic="מס הכנסה", sub_topic="תיקים", detail="פתיחת תיק")
    TripletTeam.objects.create(triplet=triplet, team=user.team_memberships.get().team)
    sent = {
        "key": "k1", "channel": "phone", "id_number": valid_id(31_204_477), "last_name": "לוי", "first_name": "דנה",
        "main_topic": "מס הכנסה", "sub_topic": "תיקים", "detail": "פתיחת תיק", "description": "איך?",
        "proposed_solution": "הוסבר", "is_verified": "on",
    }  # fmt: skip

    answers = click(user, "/inquiries/new/", sent)

    inquiry = Inquiry.objects.get()
    assert answers == [(302, f"/inquiries/{inquiry.number}/")] * CLICKS
    assert Customer.objects.count() == 1
    assert inquiry.history.filter(event="status_change").count() == 1
    assert inquiry.history.filter(event="verification").count() == 1


def test_messages_of_both_sides_are_sent_once():
    inquiry = InquiryFactory(in_treatment=True)
    sent = {"text": "שלום", "key": "k1", "idempotency_key": "k2", "version": inquiry.version}

    of_clerk = click(inquiry.clerk, f"/inquiries/{inquiry.number}/message/", sent)
    of_customer = click(inquiry.customer.user, f"/my/inquiries/{inquiry.number}/messages/", sent)

    assert {status for status, _to in of_clerk + of_customer} == {302}
    assert sorted(inquiry.messages.values_list("side", flat=True)) == ["customer", "employee"]
    assert fresh(inquiry).open_messages == 1


def test_closing_several_times_closes_once_and_the_others_are_told():
    inquiry = InquiryFactory(in_treatment=True)
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    sent = {"status": "closed_success", "reply": "אושר", "version": fresh(inquiry).version}

    answers = click(inquiry.clerk, f"/inquiries/{inquiry.number}/treatment/", sent)

    assert [status for status, _to in answers] == [302, 422, 422]
    assert inquiry.messages.count() == 1
    assert inquiry.history.filter(to_status="closed_success", event="status_change").count() == 1
    assert AuditEvent.objects.filter(outcome="refused", code="STALE_VERSION").count() == 2


def test_a_page_drawn_before_the_closing_is_stale_and_keeps_its_words():
    inquiry = InquiryFactory(in_treatment=True)
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    sent = {"status": "closed_success", "reply": "אושר", "version": fresh(inquiry).version}
    window = browser_of(inquiry.clerk)
    window.post(f"/inquiries/{inquiry.number}/treatment/", sent)

    answer = window.post(f"/inquiries/{inquiry.number}/treatment/", {**sent, "reply": "מילים שלא אובדות"})

    assert answer.status_code == 422
    assert "מילים שלא אובדות" in answer.content.decode()
    assert AuditEvent.objects.get(outcome="refused").code == "STALE_VERSION"


@pytest.mark.req("CRM-3.4-b")
def test_two_clerks_who_take_the_same_two_inquiries_in_opposite_orders_share_or_lose_nothing():
    first = InquiryFactory()
    second = InquiryFactory(team=first.handling_team)
    other = clerk()
    first.handling_team.members.create(user=other)
    first.handling_unit.members.create(user=other)
    numbers = [first.number, second.number]
    windows = {browser_of(first.clerk): numbers, browser_of(other): numbers[::-1]}

    answers = at_once(*[
        lambda window=window, n=n: window.post("/inquiries/assign/", {"n": n, "target": "me"})
        for window, n in windows.items()
    ])  # fmt: skip

    assert all(answer.status_code in (302, 422) for answer in answers)
    assert {fresh(one).owner for one in (first, second)} <= {first.clerk, other}
    for one in (first, second):
        assert one.history.filter(event="assignment").count() == 1
    assert AuditEvent.objects.filter(outcome="refused", code="ALREADY_ASSIGNED").count() == 2


@pytest.mark.req("CRM-5.2.9-c")
def test_a_customer_cancels_while_a_clerk_takes_it_and_one_of_them_is_told():
    inquiry = InquiryFactory()
    customer, window = browser_of(inquiry.customer.user), browser_of(inquiry.clerk)

    cancelled, taken = at_once(
        lambda: customer.post(f"/my/inquiries/{inquiry.number}/cancel/"),
        lambda: window.post("/inquiries/assign/", {"n": inquiry.number, "target": "me"}),
    )

    now = fresh(inquiry)
    assert sorted([cancelled.status_code, taken.status_code]) == [302, 422]
    assert now.status == ("closed_by_customer" if cancelled.status_code == 302 else "in_treatment")
    assert now.history.count() == 2


def test_of_one_code_used_in_two_windows_at_once_one_enters():
    customer = CustomerFactory()
    first = Client()
    first.post("/sign-in/", {"as": "customer", "id_number": customer.id_number, "channel": "sms"})
    digits = re.search(r"\b\d{6}\b", Notification.objects.get().body)[0]
    windows = [first, Client()]
    windows[1].get("/sign-in/")
    session = windows[1].session
    session["sign_in"] = first.session["sign_in"]
    session.save()
    windows[1].cookies["sessionid"] = session.session_key

    answers = at_once(*[lambda one=one: one.post("/sign-in/code/", {"code": digits}) for one in windows])

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert AuditEvent.objects.filter(code="CODE_USED").count() == 1


def test_of_one_code_of_the_app_used_in_two_windows_at_once_one_enters():
    employee = UserFactory(username="dana", roles=[Role.HANDLER])
    employee.set_password("correct horse battery")
    employee.save()
    second_factor.keep_secret(user=employee, secret=demonstration.secret_of("dana"))
    windows = [Client(), Client()]
    for window in windows:
        window.post("/sign-in/", {"as": "employee", "username": "dana", "password": "correct horse battery"})
    code = second_factor.current_code(user=employee, at=timezone.now())

    answers = at_once(*[lambda one=one: one.post("/sign-in/second-factor/", {"code": code}) for one in windows])

    assert sorted(answer.status_code for answer in answers) == [302, 422]
