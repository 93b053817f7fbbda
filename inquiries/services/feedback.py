"""Tell the inquirer by e-mail and SMS: number, status and a link, never what the inquiry is about (CRM-2.1.3-c)."""

from datetime import datetime

import structlog
from django.conf import settings
from django.utils import translation

from crm_portal.errors import Refused
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render
from crm_portal.people.phones import e164

from ..models import FeedbackStatus, Inquiry, Message, StatusHistory
from ..rules.codes import ChannelCode, Status

log = structlog.get_logger()
SCHEME = "notice"  # of messages whose address is read when they are sent

_KINDS = {
    Status.OPEN_TEAM: Kind.INQUIRY_RECEIVED,
    Status.WAITING_CUSTOMER: Kind.INQUIRY_WAITING_CUSTOMER,
    Status.CLOSED_SUCCESS: Kind.INQUIRY_CLOSED_SUCCESS,
    Status.CLOSED_NO_TREATMENT: Kind.INQUIRY_CLOSED_NO_TREATMENT,
    Status.CLOSED_BY_CUSTOMER: Kind.INQUIRY_CLOSED_BY_CUSTOMER,
    Status.CLOSED_BY_REPRESENTATIVE: Kind.INQUIRY_CLOSED_BY_REPRESENTATIVE,
    Status.CLOSED_BY_SYSTEM: Kind.INQUIRY_CLOSED_BY_SYSTEM,
}


def tell_status(inquiry: Inquiry, step: StatusHistory, *, at: datetime, file_name: str = "") -> bool:
    """Queue the notices of one status change and say so; not when the table of feedback statuses has it off."""
    if inquiry.is_phone and is_by_contact(inquiry):  # a caller gets notices only when he is registered
        return False
    if not FeedbackStatus.objects.filter(status=inquiry.status, is_on=True).exists():
        return False
    kind = Kind.INQUIRY_FAILED_SANITISATION if file_name else _KINDS.get(Status(inquiry.status), Kind.INQUIRY_STATUS)
    _tell(inquiry, kind, dedupe=f"status:{step.pk}", at=at, file_name=file_name)
    return True


def tell_message(inquiry: Inquiry, message: Message, *, at: datetime) -> None:
    """Queue the notices of an employee's message; who has no personal area is sent the text itself (CRM-2.2.1-b)."""
    if is_by_contact(inquiry):
        _tell(inquiry, Kind.GENERAL_ANSWER, dedupe=f"message:{message.pk}", at=at, answer=message.text)
        return
    _tell(inquiry, Kind.EMPLOYEE_MESSAGE, dedupe=f"message:{message.pk}", at=at)


def is_by_contact(inquiry: Inquiry) -> bool:
    """
    Whether only the contact that was given reaches the inquirer: nobody identified asked, or somebody abroad who has
    no personal area to read an answer in (CRM-2.2.1-b, CRM-7-u).
    """
    if inquiry.representative is not None:
        return False
    abroad = inquiry.channel_id == ChannelCode.ABROAD_CONTACT.value
    return inquiry.customer is None or (abroad and inquiry.customer.registered_at is None)


def addresses(inquiry: Inquiry) -> dict[MessageChannel, str]:
    """Where notices may go: the verified addresses of the inquirer; empty strings where there is none."""
    if inquiry.representative is not None:
        email, mobile = inquiry.representative.email, inquiry.representative.mobile
    elif inquiry.customer is not None and not is_by_contact(inquiry):
        registered = inquiry.customer.registered_at is not None or not inquiry.is_phone
        email = inquiry.customer.verified_email if registered else ""
        mobile = inquiry.customer.verified_mobile if registered else ""
    else:
        email, mobile = inquiry.contact_email, _mobile(inquiry.contact_phone)
    return {MessageChannel.EMAIL: email, MessageChannel.SMS: mobile}


def _mobile(contact: str) -> str:
    """The contact's number as it can be sent to; empty for a land line."""
    try:
        return e164(contact, mobile=True)
    except Refused:
        return ""


def _language(inquiry: Inquiry) -> str:
    """The language of who reads the notice."""
    customer = inquiry.customer.user if inquiry.customer is not None else None
    reader = inquiry.opened_by if inquiry.representative is not None else customer
    return reader.language if reader is not None else inquiry.contact_language or settings.LANGUAGE_CODE


def _tell(inquiry: Inquiry, kind: Kind, *, dedupe: str, at: datetime, file_name: str = "", answer: str = "") -> None:
    language = _language(inquiry)
    with translation.override(language):
        words = {
            "number": inquiry.number,
            "status": inquiry.get_status_display(),
            "link": f"{settings.PORTAL_URL}/my/inquiries/{inquiry.number}/",
            "file_name": file_name,
            "answer": answer,
        }
    for channel, address in addresses(inquiry).items():
        if not address:
            log.info("notice_skipped", number=inquiry.number, kind=kind.value, channel=channel.value)
            continue
        subject, body = render(kind, language, words, channel=channel)
        outbox.put(
            kind.value,
            channel=channel,
            address=address,
            subject=subject,
            body=body,
            dedupe_key=f"{dedupe}:{channel.value}",
            about=inquiry.number or "",
            recipient=f"{SCHEME}:{inquiry.pk}",
            at=at,
        )
