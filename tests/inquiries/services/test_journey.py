"""The ordinary journey of an inquiry, step by step."""

import pytest

from inquiries.models import StatusHistory
from inquiries.services import reading
from tests.factories.inquiries import InquiryFactory, later, take_step

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
    inquiry = InquiryFactory(forwarded=True)
    second = inquiry.handling_team.members.get().user
    for step in ("assign", "wait", "customer", "assign", "close"):
        if step == "close":
            reading.mark_messages_read(inquiry_id=inquiry.pk, by=second, at=later(inquiry))
        take_step(inquiry, step, by=second, at=later(inquiry))

    events = list(StatusHistory.objects.filter(inquiry=inquiry).values_list("event", "to_status"))

    assert events == [
        ("status_change", "open_team"),
        ("assignment", "in_treatment"),
        ("forward", "forwarded"),
        ("assignment", "in_treatment"),
        ("status_change", "waiting_customer"),
        ("message", "waiting_customer"),
        ("status_change", "info_arrived"),
        ("assignment", "in_treatment"),
        ("status_change", "closed_success"),
    ]
