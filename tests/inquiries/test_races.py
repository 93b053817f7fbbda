"""Two requests at once, each on a connection of its own: the limits hold and nothing is done twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from crm_portal.people.models import PoaRequest, ShaamIdentification
from crm_portal.people.rules.poa_requests import Step
from crm_portal.people.services import poa_requests, shaam
from inquiries.models import Inquiry, Message
from inquiries.services import answering, assigning, attaching, closing, corresponding, opening
from tests.factories import files
from tests.factories.inquiries import OPENED_AT, InquiryFactory, fresh, head_team, later, load_reference, office
from tests.factories.inquiries import clerk as new_clerk
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Start all calls together; the code of a refusal stands for its result."""
    results: list[object] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(place: int) -> None:
        try:
            start.wait(timeout=10)
            results[place] = calls[place]()
        except Refused as refused:
            results[place] = refused.code
        except Exception as fault:  # noqa: BLE001 - shown by the assertion
            results[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def codes(results: list[object]) -> list[object]:
    return sorted((result for result in results if isinstance(result, Code)), key=str)


@pytest.mark.req("CRM-2.2.6-a")
def test_of_two_openings_that_would_be_the_third_exactly_one_succeeds():
    load_reference()
    head_team()
    triplet = office().triplet_teams.first().triplet
    customer = CustomerFactory()
    sent = {"at": OPENED_AT, "triplet_id": triplet.pk, "description": "בקשה"}
    for _ in range(2):
        opening.open_by_customer(by=customer.user, **sent)

    results = at_once(*[lambda: opening.open_by_customer(by=_own(customer.user), **sent)] * 4)

    assert codes(results) == [Code.OPEN_LIMIT_REACHED] * 3
    assert Inquiry.objects.count() == 3
    assert AuditEvent.objects.filter(outcome="refused").count() == 3


def test_a_double_click_at_once_opens_one():
    load_reference()
    head_team()
    triplet = office().triplet_teams.first().triplet
    customer = CustomerFactory()
    sent = {"at": OPENED_AT, "triplet_id": triplet.pk, "description": "בקשה", "submission_key": "form"}

    results = at_once(*[lambda: opening.open_by_customer(by=_own(customer.user), **sent).number] * 4)

    assert len(set(results)) == 1
    assert Inquiry.objects.count() == 1


@pytest.mark.req("CRM-2.2.4-a")
def test_of_many_messages_at_once_three_are_accepted():
    inquiry = InquiryFactory(in_treatment=True)
    write = {"inquiry_id": inquiry.pk, "at": later(inquiry), "text": "שאלה"}

    results = at_once(*[lambda: corresponding.customer_message(by=_own(inquiry.opened_by), **write)] * 6)

    assert codes(results) == [Code.CORRESPONDENCE_LIMIT_REACHED] * 3
    assert Message.objects.count() == fresh(inquiry).open_messages == fresh(inquiry).unread_messages == 3


def test_the_same_message_sent_twice_at_once_is_one():
    inquiry = InquiryFactory()
    write = {"inquiry_id": inquiry.pk, "at": later(inquiry), "text": "שאלה", "idempotency_key": "k"}

    results = at_once(*[lambda: corresponding.customer_message(by=_own(inquiry.opened_by), **write).pk] * 4)

    assert len(set(results)) == 1


@pytest.mark.req("CRM-3.4-b")
def test_of_two_members_who_take_the_same_inquiry_one_owns_it_and_one_is_told():
    inquiry = InquiryFactory()
    members = [inquiry.clerk, new_clerk()]
    inquiry.handling_team.members.create(user=members[1])
    take = {"inquiry_id": inquiry.pk, "at": later(inquiry)}

    results = at_once(*[lambda user=user: assigning.assign_to_me(by=_own(user), **take) for user in members])

    assert codes(results) == [Code.ALREADY_ASSIGNED]
    assert fresh(inquiry).owner in members
    assert fresh(inquiry).history.filter(event="assignment").count() == 1


@pytest.mark.req("CRM-5.2.9-c")
@pytest.mark.parametrize("attempt", range(3))
def test_of_cancelling_and_assigning_at_once_one_wins_and_the_other_is_told(attempt):
    inquiry = InquiryFactory()
    change = {"inquiry_id": inquiry.pk, "at": later(inquiry)}

    results = at_once(
        lambda: closing.cancel(by=_own(inquiry.opened_by), **change),
        lambda: assigning.assign_to_me(by=_own(inquiry.clerk), **change),
    )

    now = fresh(inquiry)
    assert codes(results) in ([Code.CANCEL_ASSIGNED], [Code.INQUIRY_CLOSED])
    assert (now.status, now.owner) in (("in_treatment", inquiry.clerk), ("closed_by_customer", None))


def test_two_pages_of_the_same_inquiry_do_not_overwrite_each_other():
    inquiry = InquiryFactory(in_treatment=True)
    wait = {
        "inquiry_id": inquiry.pk, "at": later(inquiry), "version": inquiry.version,
        "proposed_solution": "חסר", "reply": "נא לצרף",
    }  # fmt: skip

    results = at_once(*[lambda: answering.wait_for_customer(by=_own(inquiry.clerk), **wait)] * 2)

    assert codes(results) == [Code.STALE_VERSION]
    assert Message.objects.count() == 1
    assert Notification.objects.filter(kind="inquiry_waiting_customer").count() == 2  # one e-mail, one SMS


def test_two_workers_close_an_unanswered_inquiry_once():
    inquiry = InquiryFactory(awaiting_customer=True)
    due = inquiry.auto_close_at

    at_once(*[lambda: closing.close_unanswered_waiting(inquiry_id=inquiry.pk, at=due)] * 3)

    assert fresh(inquiry).status == "closed_by_system"
    assert fresh(inquiry).history.filter(event="auto_close").count() == 1
    assert Notification.objects.filter(kind="inquiry_closed_by_system").count() == 2


def _own(user):
    """The same account as another request would read it."""
    return type(user).objects.get(pk=user.pk)


@pytest.mark.req("CRM-6.6-f")
def test_a_request_is_either_approved_or_withdrawn_whoever_is_quicker():
    customer, card = CustomerFactory(id_number="111100020"), RepresentativeEmployeeFactory()
    request = poa_requests.submit(
        by=card.user, at=OPENED_AT, customer_id_number=customer.id_number, topic="medical_committees"
    )
    asked = {"request_id": request.pk, "at": OPENED_AT}

    results = at_once(
        lambda: poa_requests.decide(**asked, step=Step.APPROVE, by=_own(customer.user)).state,
        lambda: poa_requests.withdraw(**asked, by=_own(card.user)).state,
    )

    assert codes(results) == [Code.INVALID_TRANSITION]
    assert PoaRequest.objects.get().state in results


def test_of_two_requests_for_one_topic_at_once_one_stands():
    customer, card = CustomerFactory(id_number="111100020"), RepresentativeEmployeeFactory()
    asked = {"at": OPENED_AT, "customer_id_number": customer.id_number, "topic": "severance"}

    results = at_once(*[lambda: poa_requests.submit(**asked, by=_own(card.user))] * 3)

    assert codes(results) == [Code.DUPLICATE] * 2
    assert PoaRequest.objects.count() == 1
    assert Notification.objects.count() == 2


@pytest.mark.req("CRM-4.7-a")
def test_wrong_shaam_passwords_sent_at_once_are_all_counted():
    employee = UserFactory(username="shaam-demo")

    refused = at_once(
        *[
            lambda number=number: shaam.identify(by=employee, at=OPENED_AT, password=f"wrong-{number}")
            for number in range(7)
        ]
    )

    left = sorted(one.details["left"] for one in refused)
    assert left == [0, 0, 0, 1, 2, 3, 4]  # the fifth locks, and what comes after it is not asked any more
    assert ShaamIdentification.objects.get(user=employee).wrong_tries == 5
    assert shaam.identify(by=employee, at=OPENED_AT, password="shaam-demo-1") is not None


@pytest.mark.req("CRM-4.5-c")
def test_of_two_edits_of_one_file_at_once_the_later_does_not_show_what_the_first_hid():
    inquiry = InquiryFactory(in_treatment=True, files=[files.upload("טופס.pdf")])
    attachment = inquiry.attachments.get()
    edit = {"attachment_id": attachment.pk, "by": inquiry.clerk, "at": later(inquiry), "version": attachment.version}

    results = at_once(
        *(
            lambda n=n: attaching.edit_attachment(**edit, show_on_internet=False, note=f"הערה {n}").notes
            for n in range(3)
        )
    )

    attachment.refresh_from_db()
    assert codes(results) == [Code.STALE_VERSION] * 2
    assert [result for result in results if not isinstance(result, Code)] == [attachment.notes]
    assert attachment.version == 2
