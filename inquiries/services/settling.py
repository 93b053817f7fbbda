"""What follows for an inquiry when a file of its customer's side is clean or failed (CRM-5.2.11-a, CRM-4.2-e)."""

from datetime import datetime

from crm_portal.files.models import StoredFile
from crm_portal.files.rules.states import SanitisationState

from ..models import Attachment, Inquiry, Message
from ..rules.codes import AttachmentDirection
from ..selectors import clocks
from . import closing, computerised, corresponding, moving, reactivating


def file_settled(*, file: StoredFile, at: datetime) -> None:
    """React in the transaction that settles the file; an employee's file closes nothing (CRM-5.1.3-b)."""
    attachment = Attachment.objects.select_related("message").filter(file=file).first()
    if attachment is None:
        return
    inquiry = moving.lock(attachment.inquiry_id)
    if file.state == SanitisationState.CLEAN.value:
        computerised.enqueue(inquiry, at)
    if attachment.direction != AttachmentDirection.INBOUND.value:
        return
    if file.state == SanitisationState.FAILED.value:
        _failed(inquiry, attachment.message, file, at)
    elif file.state == SanitisationState.CLEAN.value and attachment.message is not None:
        _clean(inquiry, attachment.message, at)
    clocks.refresh(inquiry, at)  # the clock stood still while the file was checked


def _failed(inquiry: Inquiry, message: Message | None, file: StoredFile, at: datetime) -> None:
    if message is not None and not message.is_rejected:  # it was counted once, however many of its files fail
        message.is_rejected, message.is_held = True, False
        message.save(update_fields=["is_rejected", "is_held"])
        inquiry.open_messages = corresponding.count_open(inquiry)
        inquiry.customer_messages -= 1
        moving.touch(inquiry, at)
    if inquiry.is_active:
        closing.close_failed_sanitisation(inquiry_id=inquiry.pk, at=at, file_name=file.name)


def _clean(inquiry: Inquiry, message: Message, at: datetime) -> None:
    waits = message.attachments.exclude(file__state=SanitisationState.CLEAN.value).exists()
    if not message.is_held or waits:
        return
    message.is_held = False
    message.save(update_fields=["is_held"])
    if inquiry.is_closed:
        reactivating.react(inquiry, by=message.author, at=at)
