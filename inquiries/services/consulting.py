"""Ask a manager or a referent before answering, and end the consultation (CRM-6.5-b)."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render
from crm_portal.people.models import User

from ..models import Consultation, Inquiry
from ..rules.access import MANAGERS
from ..rules.codes import ConsultationReason, HistoryEvent
from ..rules.fields import missing
from ..selectors import visibility
from ..selectors.consulting import consultants_for, still_open
from . import moving
from .history import Before


@command("consultation.ask", target="inquiry_id")
def ask(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    addressee_id: int | None,
    reason: str,
    question: str,
    reply_draft: str = "",
    version: int | None = None,
) -> Consultation:
    """
    Ask a manager or a referent of the handling unit; until the answer nothing is answered or closed.

    :raises Refused: NOT_ASSIGNED_TO_YOU, INQUIRY_CLOSED, FIELD_REQUIRED, INVALID_VALUE for an addressee or a reason
        that is not in the lists, DUPLICATE when the same person is asked already
    """
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="CRM-6.5-b")
    moving.owned(inquiry, by, version)
    refuse_if(missing({"addressee": addressee_id, "reason": reason, "question": question}, "CRM-6.5-b"))
    if reason not in set(ConsultationReason):
        raise refuse(Code.INVALID_VALUE, "reason", clause="CRM-6.5-b")
    addressee = next((one.user for one in consultants_for(inquiry, besides=by) if one.user.pk == addressee_id), None)
    if addressee is None:
        raise refuse(Code.INVALID_VALUE, "addressee", clause="CRM-6.5-b")
    if still_open(inquiry).filter(addressee=addressee).exists():
        raise refuse(Code.DUPLICATE, "addressee", clause="CRM-6.5-b", because="consultation_asked")
    consultation = Consultation.objects.create(
        inquiry=inquiry, asked_by=by, asked_at=at, addressee=addressee, reason=reason, question=question.strip(),
        reply_draft=reply_draft.strip(),
    )  # fmt: skip
    _note(consultation, inquiry, "consultation.ask", by=by, at=at, note=f"{addressee}: {question.strip()}")
    return consultation


@command("consultation.answer", target="consultation_id")
def answer(*, consultation_id: int, by: User, at: datetime, answer: str) -> Consultation:
    """
    Answer what one was asked; another manager of the unit may, for an addressee who is away.

    :raises Refused: OUT_OF_SCOPE, PERMISSION_DENIED, FIELD_REQUIRED, INVALID_TRANSITION when it has ended already,
        INQUIRY_CLOSED
    """
    consultation, inquiry = _locked(consultation_id)
    moving.seen(inquiry, by)
    if not _answers(by, consultation, inquiry):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-6.5-b")
    _still_open(consultation, inquiry)
    refuse_if(missing({"answer": answer}, "CRM-6.5-b"))
    consultation.answer, consultation.answered_by, consultation.answered_at = answer.strip(), by, at
    consultation.save(update_fields=["answer", "answered_by", "answered_at"])
    _note(consultation, inquiry, "consultation.answer", by=by, at=at, note=answer.strip())
    return consultation


@command("consultation.withdraw", target="consultation_id")
def withdraw(*, consultation_id: int, by: User, at: datetime) -> Consultation:
    """
    Take back a question: who asked it, or the owner to whom the inquiry has passed since.

    :raises Refused: OUT_OF_SCOPE, PERMISSION_DENIED, INVALID_TRANSITION when it has ended already, INQUIRY_CLOSED
    """
    consultation, inquiry = _locked(consultation_id)
    moving.handled(inquiry, by)
    if by.pk not in (consultation.asked_by_id, inquiry.owner_id):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-6.5-b")
    _still_open(consultation, inquiry)
    consultation.withdrawn_at = at
    consultation.save(update_fields=["withdrawn_at"])
    _note(consultation, inquiry, "consultation.withdraw", by=by, at=at, note=str(consultation.addressee))
    return consultation


def end_with(inquiry: Inquiry, *, at: datetime) -> None:
    """
    End what is still asked about a locked inquiry that its customer or the system has just closed.

    Who closes by hand cannot before it is answered. The system takes these back, writes it down, and tells both sides,
    so that nobody works on an answer and a re-activated inquiry is not held back by an old question.
    """
    for consultation in still_open(inquiry).select_related("asked_by", "addressee").order_by("pk"):
        consultation.withdrawn_at, consultation.ended_by_closing = at, True
        consultation.save(update_fields=["withdrawn_at", "ended_by_closing"])
        _note(consultation, inquiry, "consultation.end", by=None, at=at, note=f"{consultation.addressee}")
        for reader in (consultation.addressee, consultation.asked_by):
            _tell_ended(consultation, inquiry, reader, at=at)


def _tell_ended(consultation: Consultation, inquiry: Inquiry, reader: User, *, at: datetime) -> None:
    if not reader.is_active or not reader.email:
        return
    with translation.override(reader.language):
        status = inquiry.get_status_display()
        words = {"number": inquiry.number, "status": status, "link": f"{settings.PORTAL_URL}/inquiries/consultations/"}
        subject, body = render(Kind.CONSULTATION_ENDED.value, reader.language, words, channel=MessageChannel.EMAIL)
    outbox.put(
        Kind.CONSULTATION_ENDED.value, channel=MessageChannel.EMAIL, address=reader.email, subject=subject, body=body,
        dedupe_key=f"consultation:{consultation.pk}:ended:{reader.pk}", about=inquiry.number or "", at=at,
    )  # fmt: skip


def _locked(consultation_id: int) -> tuple[Consultation, Inquiry]:
    """The inquiry is locked first, as everywhere; the consultation is read when nobody else can change it."""
    inquiry_id = Consultation.objects.filter(pk=consultation_id).values_list("inquiry_id", flat=True).first()
    if inquiry_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    inquiry = moving.lock(inquiry_id)
    return Consultation.objects.select_related("addressee").get(pk=consultation_id), inquiry


def _answers(by: User, consultation: Consultation, inquiry: Inquiry) -> bool:
    stands_in = by.holds(*MANAGERS) and consultation.addressee.holds(*MANAGERS) and by.pk != consultation.asked_by_id
    return by.pk == consultation.addressee_id or (stands_in and visibility.may_supervise(by, inquiry))


def _still_open(consultation: Consultation, inquiry: Inquiry) -> None:
    if not consultation.is_open:
        raise refuse(Code.INVALID_TRANSITION, clause="CRM-6.5-b", because="consultation_ended")
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="CRM-6.5-b")


def _note(
    consultation: Consultation, inquiry: Inquiry, action: str, *, by: User | None, at: datetime, note: str
) -> None:
    """Write it into the internal history; the status and the clock stay as they are."""
    moving.note_event(
        inquiry, HistoryEvent.CONSULTATION, action=action, by=by, at=at, before=Before.of(inquiry), note=note
    )
