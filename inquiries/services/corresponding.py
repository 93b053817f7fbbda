"""Correspondence: what the customer and the employee write to each other (4.2, 2.2.4)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from crm_portal.audit.services.recording import command
from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User

from ..models import Inquiry, Message, TemplateVersion
from ..rules import deadlines, limits
from ..rules.codes import AttachmentDirection, HistoryEvent, Side
from ..rules.fields import is_filled
from ..rules.guards import ANSWERING, JUDGE
from ..selectors import visibility
from . import attaching, feedback, judging, moving, reactivating, replying
from .history import Before
from .replying import Writing


@command("inquiry.customer_message", target="inquiry_id")
def customer_message(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    text: str,
    files: Sequence[UploadedFile] = (),
    idempotency_key: str = "",
) -> Message:
    """
    Take a message of the customer or the representative; it may bring the inquiry back to work (T12-T14).

    A second call with the same `idempotency_key` returns the first message.

    :raises Refused: OUT_OF_SCOPE, FIELD_REQUIRED, the limit of unanswered messages, the 14 days, FILE_REJECTED
    """
    inquiry = moving.lock(inquiry_id)
    if by.is_employee:
        raise refuse(Code.PERMISSION_DENIED)
    moving.seen(inquiry, by)
    if (sent := _already_sent(inquiry, idempotency_key)) is not None:
        return sent
    identified(by)
    if not is_filled(text):
        raise refuse(Code.FIELD_REQUIRED, "text")
    if (refusal := limits.message_refusal(inquiry.open_messages, limit=configured(options.OPEN_MESSAGES))) is not None:
        refuse_if([refusal])
    _in_window(inquiry, at)
    before = Before.of(inquiry)
    message = Message.objects.create(
        inquiry=inquiry,
        side=Side.CUSTOMER.value,
        author=by,
        author_name=str(by),
        text=text.strip(),
        sent_at=at,
        is_held=inquiry.is_closed and bool(files),  # CRM-5.2.11-a: comes back only when all its files are clean
        idempotency_key=idempotency_key,
    )
    inquiry.open_messages += 1
    inquiry.customer_messages += 1
    inquiry.unread_messages += 1
    moving.note_many_messages(inquiry)
    moving.note_event(
        inquiry, HistoryEvent.MESSAGE, action="inquiry.customer_message", by=by, at=at, before=before, message=message
    )
    attaching.take(inquiry, files, direction=AttachmentDirection.INBOUND, by=by, at=at, message=message)
    if not message.is_held:
        reactivating.react(inquiry, by=by, at=at)
    return message


@command("inquiry.send_message", target="inquiry_id")
def send_message(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    text: str,
    files: Sequence[UploadedFile] = (),
    version: int | None = None,
    idempotency_key: str = "",
    confirm_representation: bool = False,
    template_id: int | None = None,
    confirm_thin_reply: bool = False,
) -> Message:
    """
    Write to the customer without changing the status; on a closed inquiry within the 14 days too [A-11].

    :raises Refused: NOT_ASSIGNED_TO_YOU, NOT_TEAM_MEMBER on a closed one, FIELD_REQUIRED, CUSTOMER_NOT_VERIFIED, and
        what holds back every answer: RE_FIELDS_REQUIRED, FORBIDDEN_PHRASE, CONFIRMATION_REQUIRED; TEMPLATE_NOT_APPROVED
    """
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if (sent := _already_sent(inquiry, idempotency_key)) is not None:
        return sent
    if inquiry.is_closed:
        if inquiry.handling_team_id not in visibility.team_ids(by):
            raise refuse(Code.NOT_TEAM_MEMBER, clause="CRM-4.2-a")
        _in_window(inquiry, at)
        moving.current(inquiry, version)
    else:
        moving.owned(inquiry, by, version)
    if not is_filled(text):
        raise refuse(Code.FIELD_REQUIRED, "text")
    template = replying.using(inquiry, template_id)
    facts = judging.facts_of(
        inquiry, representation_seen=confirm_representation, is_answer=True,
        writing=Writing(text, field="text", version=template, thin_confirmed=confirm_thin_reply),
    )  # fmt: skip
    refuse_if(refusal for guard in ANSWERING if (refusal := JUDGE[guard](facts)))
    if confirm_representation:
        judging.keep_confirmation(inquiry, facts, by=by, at=at)
    before = Before.of(inquiry)
    message = say(inquiry, text, by=by, at=at, idempotency_key=idempotency_key, version=template)
    moving.note_event(
        inquiry, HistoryEvent.MESSAGE, action="inquiry.send_message", by=by, at=at, before=before, message=message
    )
    attaching.take(inquiry, files, direction=AttachmentDirection.OUTBOUND, by=by, at=at, message=message)
    feedback.tell_message(inquiry, message, at=at)
    return message


def _already_sent(inquiry: Inquiry, idempotency_key: str) -> Message | None:
    if len(idempotency_key) > Message.KEY_LENGTH:
        raise refuse(Code.INVALID_VALUE, "idempotency_key")
    return Message.objects.filter(inquiry=inquiry, idempotency_key=idempotency_key).first() if idempotency_key else None


def say(
    inquiry: Inquiry,
    text: str,
    *,
    by: User,
    at: datetime,
    idempotency_key: str = "",
    version: TemplateVersion | None = None,
) -> Message:
    """Write an employee's message on a locked inquiry: an answer, after which the customer may write again."""
    inquiry.answer_count += 1
    inquiry.open_messages = 0
    return Message.objects.create(
        inquiry=inquiry,
        side=Side.EMPLOYEE.value,
        author=by,
        author_name=str(by),
        text=text.strip(),
        sent_at=at,
        idempotency_key=idempotency_key,
        template_version=version,
    )


def count_open(inquiry: Inquiry) -> int:
    """The customer's messages since the last answer, without those whose file was rejected (CRM-4.2-e)."""
    messages = Message.objects.filter(inquiry=inquiry)
    last = messages.filter(side=Side.EMPLOYEE.value).order_by("-id").values_list("id", flat=True).first()
    return messages.filter(side=Side.CUSTOMER.value, is_rejected=False, id__gt=last or 0).count()


def _in_window(inquiry: Inquiry, at: datetime) -> None:
    if inquiry.closed_at is None:
        return
    days = configured(options.CORRESPONDENCE_DAYS)
    if not deadlines.may_write_after_closing(inquiry.closed_at, at, days=days):
        raise refuse(Code.CORRESPONDENCE_WINDOW_CLOSED, "text", clause="CRM-2.2.4-b", days=days)


def identified(by: User) -> None:
    """:raises Refused: IDENTIFICATION_REQUIRED when the customer's registration is not complete"""
    customer = getattr(by, "customer", None)
    if customer is not None and customer.registered_at is None:
        raise refuse(Code.IDENTIFICATION_REQUIRED, clause="CRM-2.2.1-b")
