"""The flag of many messages: raised at the threshold, kept until closing (CRM-6.7-a)."""

import pytest

from crm_portal.files.services.settling import settle
from inquiries.services import answering, closing, corresponding, reading, triplets
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, fresh, later

pytestmark = pytest.mark.django_db


def write(inquiry, times: int, **given: object) -> None:
    """The customer writes so many times; an employee answers in between, so that the limit of three is not met."""
    for _ in range(times):
        corresponding.customer_message(
            inquiry_id=inquiry.pk, by=inquiry.customer.user, at=later(inquiry), text="שאלה", **given
        )
        if fresh(inquiry).open_messages == 2 and fresh(inquiry).is_active:
            answering.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text="בבדיקה")


@pytest.mark.req("CRM-6.7-a")
def test_the_fifth_message_raises_the_flag_and_the_fourth_does_not():
    inquiry = InquiryFactory(in_treatment=True)

    write(inquiry, 4)
    assert not fresh(inquiry).has_many_messages
    write(inquiry, 1)
    assert fresh(inquiry).has_many_messages


@pytest.mark.req("CRM-6.7-a")
def test_the_flag_stays_until_closing():
    inquiry = InquiryFactory(in_treatment=True)
    write(inquiry, 5)
    answering.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text="טופל")
    assert fresh(inquiry).has_many_messages

    reading.mark_messages_read(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    closing.close_success(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), reply="טופל")
    assert not fresh(inquiry).has_many_messages
    assert fresh(inquiry).customer_messages == 5


@pytest.mark.req("CRM-6.7-a")
def test_the_threshold_is_a_setting(settings):
    settings.MANY_MESSAGES_THRESHOLD = 2
    inquiry = InquiryFactory(in_treatment=True)

    write(inquiry, 2)

    assert fresh(inquiry).has_many_messages


def test_a_message_that_brings_a_closed_inquiry_back_raises_it_again(settings):
    settings.MANY_MESSAGES_THRESHOLD = 1
    inquiry = InquiryFactory(closed=True)

    write(inquiry, 1)

    assert (fresh(inquiry).status, fresh(inquiry).has_many_messages) == ("info_arrived", True)


@pytest.mark.req("CRM-4.2-e")
def test_a_message_whose_file_was_rejected_does_not_count():
    inquiry = InquiryFactory(in_treatment=True)
    write(inquiry, 1, files=[files.upload("נעול.pdf", files.locked_pdf())])

    settle(file_id=inquiry.attachments.get().file_id, at=later(inquiry))

    assert fresh(inquiry).customer_messages == 0


@pytest.mark.req("CRM-4.2-e")
def test_a_message_of_which_two_files_were_rejected_is_taken_off_once():
    inquiry = InquiryFactory(in_treatment=True)
    write(inquiry, 1)
    write(inquiry, 1, files=[files.upload(name, files.locked_pdf()) for name in ("נעול.pdf", "נעול גם.pdf")])

    for attachment in inquiry.attachments.all():
        settle(file_id=attachment.file_id, at=later(inquiry))

    assert fresh(inquiry).customer_messages == 1
