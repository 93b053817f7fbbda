"""Object to a determination, online (CMP-9.1-a, CMP-9.2-a), and answer what the officer asks."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.files.services.receiving import receive
from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render
from crm_portal.people.models import User
from crm_portal.people.phones import e164
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Objection, ObjectionFile, ObjectionRequest
from ..rules import gaps as gap_rules
from ..rules.clocks import ObjectionClock
from ..rules.codes import NoticeKind, ObjectionState
from ..rules.machines import Actor
from ..rules.reasons import Reason
from ..rules.review_states import OBJECTION, ReviewGuard
from ..selectors.objections import objection_deadline
from ..selectors.programmes import programme_on
from . import moving, notices


@command("objection.file")
def file(
    *,
    claim_id: int,
    claims: Sequence[int],
    by: User,
    at: datetime,
    grounds: str,
    amount: Decimal,
    mobile: str,
    uploads: Sequence[UploadedFile] = (),
) -> Objection:
    """
    File an objection to the latest determination; `claims` are the ids the user may see.

    :raises Refused: OBJ_TOO_LATE after 60 days of receipt, DUPLICATE when one is open or was decided, and what is
        wrong with a field
    """
    if claim_id not in claims:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = moving.lock(claim_id)
    decision = claim.decisions.order_by("version").last()
    deadline = objection_deadline(claim, decision) if decision is not None else None
    today = day_of(at)
    facts = {
        ReviewGuard.DECIDED: decision is not None and decision.objection_until is not None,
        ReviewGuard.OBJECTION_IN_TIME: deadline is None or not deadline.has_passed(today),
        ReviewGuard.NONE_OPEN: not claim.objections.open().exists()
        and not claim.objections.filter(decision=decision).exists(),
    }
    refuse_if(OBJECTION.refusals(OBJECTION.leading(None, ObjectionState.SUBMITTED, Actor.CLAIMANT), facts))
    assert decision is not None  # noqa: S101 - else it was refused
    if not gap_rules.is_reasoned(grounds):
        raise refuse(Reason.GEN_REASONS_REQUIRED, "grounds", clause="CMP-9.2-a")
    if not decision.amount < amount <= (claim.claimed_amount or Decimal(0)):
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-9.6-a")
    sent_to = e164(mobile, field="mobile", mobile=True)
    programme = programme_on(today, code=claim.claimant.programme.code)
    objection = Objection.objects.create(
        claim=claim, decision=decision, grounds=grounds.strip(), amount=amount, mobile=sent_to,
        filed_by=by, filed_at=at,
        clerk=decision.proposed_by or claim.clerk, approver=decision.approved_by,
        due_on=ObjectionClock(today).decision_due_on(programme),
    )  # fmt: skip
    _attach(objection, uploads, by=by, at=at)
    objection.sms = _confirm(objection, at)
    objection.save(update_fields=["sms"])
    moving.write(claim, "object", by=by, at=at)
    record("objection.file", by=by, at=at, target=claim, after={"objection": objection.pk, "amount": str(amount)})
    return objection


@command("objection.answer")
def answer(
    *,
    request_id: int,
    claims: Sequence[int],
    by: User,
    at: datetime,
    text: str,
    uploads: Sequence[UploadedFile] = (),
) -> ObjectionRequest:
    """
    Deliver the arguments or evidence that the officer asked for; he says whether they are complete (CMP-9.4-a).

    :raises Refused: OUT_OF_SCOPE, FIELD_REQUIRED when the answer is empty, INVALID_TRANSITION when it was accepted
    """
    request = ObjectionRequest.objects.filter(pk=request_id, objection__claim__in=claims).first()
    if request is None:
        raise refuse(Code.OUT_OF_SCOPE)
    objection = Objection.objects.select_for_update().get(pk=request.objection_id)
    request.refresh_from_db()
    if request.accepted_at is not None or objection.decided_at is not None:
        raise refuse(Code.INVALID_TRANSITION, "text", clause="CMP-9.4-a")
    if not text.strip() and not uploads:
        raise refuse(Code.FIELD_REQUIRED, "text", clause="CMP-9.4-a")
    request.answer, request.answered_at = text.strip(), at
    request.save(update_fields=["answer", "answered_at"])
    _attach(objection, uploads, by=by, at=at, request=request)
    moving.write(objection.claim, "answer_objection", by=by, at=at)
    record("objection.answer", by=by, at=at, target=objection.claim, after={"objection": objection.pk})
    return request


def _attach(
    objection: Objection,
    uploads: Sequence[UploadedFile],
    *,
    by: User,
    at: datetime,
    request: ObjectionRequest | None = None,
) -> None:
    for upload in uploads:
        stored = receive(upload=upload, by=by, at=at)
        ObjectionFile.objects.create(objection=objection, request=request, file=stored)


def _confirm(objection: Objection, at: datetime) -> Notification | None:
    """The message of successful filing goes to the mobile in the form (CMP-9.3-a)."""
    claim = objection.claim
    title = _("your objection was received")
    notice = notices.serve(claim, NoticeKind.OBJECTION_RECEIPT, title, at=at)
    if objection.mobile == claim.claimant.mobile:
        return notice.sms
    with override(notices.language_of(claim)):
        words = {"number": claim.number, "title": str(title), "link": objection_link(claim)}
    _subject, body = render(Kind.CLAIM_NOTICE, notices.language_of(claim), words)
    return outbox.put(
        Kind.CLAIM_NOTICE.value, channel=MessageChannel.SMS, address=objection.mobile, body=body,
        dedupe_key=f"objection:{objection.pk}:filed", about=claim.number, at=at,
    )  # fmt: skip


def objection_link(claim: Claim) -> str:
    """Where the claimant verifies that it was filed when no message comes."""
    return f"{settings.PORTAL_URL}{reverse('objections:own', args=[claim.number])}"
