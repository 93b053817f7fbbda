"""Tell the inquirer by e-mail and SMS: number, status and a link, never what the inquiry is about (CRM-2.1.3-c)."""

from datetime import datetime

import structlog
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox

from ..models import FeedbackStatus, Inquiry, Message, StatusHistory

log = structlog.get_logger()


def tell_status(inquiry: Inquiry, step: StatusHistory, *, at: datetime, file_name: str = "") -> bool:
    """Queue the notices of one status change and say so; not when the table of feedback statuses has it off."""
    if not FeedbackStatus.objects.filter(status=inquiry.status, is_on=True).exists():
        return False
    with translation.override(settings.LANGUAGE_CODE):
        body = _('Inquiry %(number)s is now "%(status)s".') % {
            "number": inquiry.number,
            "status": inquiry.get_status_display(),
        }
        if file_name:
            body += " " + _("The file %(name)s did not pass our checks.") % {"name": file_name}
        _tell(inquiry, f"inquiry_{inquiry.status}", body, dedupe=f"status:{step.pk}", at=at)
    return True


def tell_message(inquiry: Inquiry, message: Message, *, at: datetime) -> None:
    """Queue the notices of an employee's message."""
    with translation.override(settings.LANGUAGE_CODE):
        body = _("A new message waits for you in inquiry %(number)s.") % {"number": inquiry.number}
        _tell(inquiry, "inquiry_message", body, dedupe=f"message:{message.pk}", at=at)


def addresses(inquiry: Inquiry) -> dict[MessageChannel, str]:
    """Where notices may go: the verified addresses of the inquirer; empty strings where there is none."""
    if inquiry.representative is not None:
        email, mobile = inquiry.representative.email, inquiry.representative.mobile
    elif inquiry.customer is not None:
        registered = inquiry.customer.registered_at is not None or not inquiry.is_phone
        email = inquiry.customer.verified_email if registered else ""
        mobile = inquiry.customer.verified_mobile if registered else ""
    else:
        email, mobile = inquiry.contact_email, inquiry.contact_phone
    return {MessageChannel.EMAIL: email, MessageChannel.SMS: mobile}


def _tell(inquiry: Inquiry, kind: str, body: str, *, dedupe: str, at: datetime) -> None:
    link = f"{settings.PORTAL_URL}/my/inquiries/{inquiry.number}/"
    for channel, address in addresses(inquiry).items():
        if not address:
            log.info("notice_skipped", number=inquiry.number, kind=kind, channel=channel.value)
            continue
        outbox.put(
            kind,
            channel=channel,
            address=address,
            subject=_("Inquiry %(number)s") % {"number": inquiry.number},
            body=f"{body}\n{link}",
            dedupe_key=f"{dedupe}:{channel.value}",
            about=inquiry.number or "",
            at=at,
        )
