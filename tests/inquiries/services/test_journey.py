"""The ordinary journey of an inquiry, step by step."""

import pytest

from inquiries.models import StatusHistory
from tests.factories.inquiries import InquiryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("trait", "status"),
    [
        (None, "open_team"),
        ("in_treatment", "in_treatment"),
        ("awaiting_customer", "waiting_customer"),
        ("info_arrived", "info_arrived"),
        ("forwarded", "forwarded"),
        ("closed", "closed_success"),
    ],
)
def test_the_services_bring_an_inquiry_to_every_ordinary_status(trait, status):
    inquiry = InquiryFactory(**({trait: True} if trait else {}))

    assert inquiry.status == status


@pytest.mark.req("CRM-2.1.4-a")
def test_opening_transfer_reply_message_and_closing_stand_in_the_history_in_order():
    inquiry = InquiryFactory(steps=("assign", "forward"))

    events = list(StatusHistory.objects.filter(inquiry=inquiry).values_list("event", "to_status"))

    assert events == [
        ("status_change", "open_team"),
        ("assignment", "in_treatment"),
        ("forward", "forwarded"),
    ]
