"""What the inquirer is told, where, and in which words."""

from datetime import timedelta

import pytest

from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.tasks import send_outbox
from crm_portal.people.models import Customer
from inquiries.models import FeedbackStatus, StatusHistory
from inquiries.rules.codes import Status
from inquiries.services import feedback
from tests.factories.inquiries import OPENED_AT, InquiryFactory

pytestmark = pytest.mark.django_db


def last_step(inquiry):
    return StatusHistory.objects.filter(inquiry=inquiry).latest("id")


def told(inquiry, kind):
    return Notification.objects.filter(about=inquiry.number, kind=kind)


@pytest.mark.req("CRM-2.1.3-c")
def test_an_inquiry_that_waits_for_its_customer_puts_one_email_and_one_sms_also_when_told_twice():
    inquiry = InquiryFactory(awaiting_customer=True)

    feedback.tell_status(inquiry, last_step(inquiry), at=OPENED_AT)

    notices = told(inquiry, "inquiry_waiting_customer")
    assert {(notice.channel, notice.address) for notice in notices} == {
        ("email", inquiry.customer.email),
        ("sms", inquiry.customer.mobile),
    }
    for notice in notices:
        assert inquiry.number in notice.body
        assert "בהמתנה ללקוח" in notice.body
        assert notice.body.count(f"/my/inquiries/{inquiry.number}/") == 1


@pytest.mark.req("CRM-2.1.3-c")
def test_receiving_an_inquiry_is_told_and_taking_it_into_treatment_is_not():
    inquiry = InquiryFactory(in_treatment=True)

    assert set(told(inquiry, "inquiry_received").values_list("channel", flat=True)) == {"email", "sms"}
    assert Notification.objects.count() == 2


@pytest.mark.req("CRM-2.1.3-c")
def test_a_caller_who_left_a_contact_but_is_not_registered_gets_no_notice_of_a_status():
    inquiry = InquiryFactory(closed=True)
    Notification.objects.all().delete()  # one notice for each step: let this step be told anew
    inquiry.customer, inquiry.channel_id, inquiry.contact_email = None, "phone", "a@example.org"

    assert not feedback.tell_status(inquiry, last_step(inquiry), at=OPENED_AT)
    assert not Notification.objects.exists()


def test_a_status_that_an_office_switches_on_is_told_too():
    inquiry = InquiryFactory(in_treatment=True)
    FeedbackStatus.objects.update_or_create(status=Status.IN_TREATMENT.value, defaults={"is_on": True})

    assert feedback.tell_status(inquiry, last_step(inquiry), at=OPENED_AT)

    assert told(inquiry, "inquiry_status").count() == 2


@pytest.mark.req("CRM-5.2.11-a")
def test_a_refused_file_is_named_by_its_name():
    inquiry = InquiryFactory(closed=True)
    Notification.objects.all().delete()  # one notice for each step: let this step be told anew

    feedback.tell_status(inquiry, last_step(inquiry), at=OPENED_AT, file_name="טופס 106.exe")

    assert "טופס 106.exe" in told(inquiry, "inquiry_failed_sanitisation").first().body


def test_the_notice_speaks_the_language_of_its_reader():
    inquiry = InquiryFactory()
    inquiry.customer.user.language = "en"
    Notification.objects.all().delete()
    feedback.tell_status(inquiry, last_step(inquiry), at=OPENED_AT)

    assert told(inquiry, "inquiry_received").first().subject.startswith("Inquiry ")


@pytest.mark.parametrize(
    ("typed", "sent_to"), [("050-234 5678", "+972502345678"), ("03-6123456", ""), ("", ""), ("none", "")]
)
def test_the_contact_of_an_unidentified_inquirer_is_sent_to_only_when_it_is_a_mobile(typed, sent_to):
    inquiry = InquiryFactory()
    inquiry.customer, inquiry.contact_phone, inquiry.contact_email = None, typed, "a@example.org"

    assert feedback.addresses(inquiry) == {MessageChannel.EMAIL: "a@example.org", MessageChannel.SMS: sent_to}


def sent(inquiry):
    """Where the queued notices of a closing go when they are sent: the channel, the address, and why not."""
    send_outbox(OPENED_AT + timedelta(days=1))
    return {one.channel: (one.state, one.address, one.last_error) for one in told(inquiry, "inquiry_closed_success")}


@pytest.mark.req("CRM-2.2.7-b")
def test_a_notice_goes_to_the_address_that_is_verified_when_it_is_sent():
    inquiry = InquiryFactory(closed=True)
    Customer.objects.filter(pk=inquiry.customer_id).update(email="new@example.org")

    assert sent(inquiry)["email"] == ("sent", "new@example.org", "")


@pytest.mark.req("CRM-2.1.3-c")
def test_a_notice_is_not_sent_to_an_address_that_is_no_longer_verified():
    inquiry = InquiryFactory(closed=True)
    was = inquiry.customer.verified_mobile
    Customer.objects.filter(pk=inquiry.customer_id).update(
        registered_at=None, email_verified_at=None, mobile_verified_at=None
    )

    assert sent(inquiry)["sms"] == ("failed", was, "ADDRESS_NOT_REGISTERED")
