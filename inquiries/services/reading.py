"""Reads that leave a trace: opening an inquiry, and reading what the customer wrote."""

from datetime import datetime

from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.people.models import User

from ..models import Inquiry, Message, ReadMark
from ..rules.codes import Side
from ..selectors import visibility
from . import moving


@command("inquiry.view", target="inquiry_id")
def view(*, inquiry_id: int, by: User, at: datetime) -> Inquiry:
    """
    Open an inquiry to read it, and write that he did (CRM-2-b).

    :raises Refused: OUT_OF_SCOPE when the user may not see it
    """
    inquiry = Inquiry(pk=inquiry_id)
    moving.seen(inquiry, by)
    inquiry = visibility.visible_to(by).select_related(*moving.WITH).get(pk=inquiry_id)
    recording.record("inquiry.view", by=by, at=at, target=inquiry, outcome=Outcome.READ)
    return inquiry


@command("inquiry.read_messages", target="inquiry_id")
def mark_messages_read(*, inquiry_id: int, by: User, at: datetime) -> int:
    """
    Mark the customer's messages as read when a user with handle permission reads them; how many there were.

    Somebody who may only view clears nothing (CRM-4.2-c). The version stays, so that an open form stays good.

    :raises Refused: OUT_OF_SCOPE when the user may not see the inquiry
    """
    inquiry = moving.lock(inquiry_id)
    moving.seen(inquiry, by)
    if not visibility.may_handle(by, inquiry):
        return 0
    written = Message.objects.filter(inquiry=inquiry, side=Side.CUSTOMER.value)
    if (last := written.order_by("-id").first()) is not None:
        ReadMark.objects.update_or_create(inquiry=inquiry, user=by, defaults={"message": last})
    read = written.filter(read_at__isnull=True).update(read_at=at)
    if read or inquiry.unread_messages:
        inquiry.unread_messages = 0
        inquiry.save(update_fields=["unread_messages"])
        recording.record("inquiry.read_messages", by=by, at=at, target=inquiry, outcome=Outcome.READ)
    return read
