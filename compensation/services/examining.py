"""What the officer does with an objection: take it, ask, confirm that it is complete, extend, decide (clause 9)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..letters import extensions
from ..letters.objections import asked, objection_decision
from ..models import Objection, ObjectionRequest
from ..rules import clocks
from ..rules import gaps as gap_rules
from ..rules.clocks import ObjectionClock
from ..rules.codes import DecisionKind, NoticeKind, ObjectionState
from ..rules.gaps import Gap
from ..rules.machines import Actor
from ..rules.programme import Programme
from ..rules.reasons import Reason
from ..rules.review_states import OBJECTION, ReviewGuard
from ..selectors.objections import READ_WITH, took_part
from ..selectors.programmes import programme_on
from . import moving, notices
from .redetermining import redetermine


@command("objection.take")
def take(*, objection_id: int, by: User, at: datetime) -> Objection:
    """
    Take a filed objection.

    :raises Refused: GEN_FOUR_EYES for whoever took part in the determination, GEN_BAD_TRANSITION when it is taken
    """
    objection = lock(objection_id)
    _move(objection, ObjectionState.IN_REVIEW, by=by, at=at, facts={ReviewGuard.FRESH_EYES: _fresh(objection, by)})
    objection.officer = by
    _keep(objection, "state", "officer")
    return objection


@command("objection.ask")
def ask(*, objection_id: int, by: User, at: datetime, text: str, due_on: date) -> ObjectionRequest:
    """
    Ask for arguments or evidence in writing; there is no hearing (CMP-9.4-a). It does not stop the time to decide.

    :raises Refused: without a text, for a day that is past, or when somebody else has the objection
    """
    objection = _held(objection_id, by)
    if not text.strip():
        raise refuse(Code.FIELD_REQUIRED, "text", clause="CMP-9.4-a")
    if due_on <= day_of(at):
        raise refuse(Code.INVALID_VALUE, "due_on", clause="CMP-9.4-a")
    _move(
        objection, ObjectionState.DETAILS_REQUESTED, by=by, at=at, facts={ReviewGuard.FRESH_EYES: _fresh(objection, by)}
    )
    _keep(objection, "state")
    request = ObjectionRequest.objects.create(
        objection=objection, text=text.strip(), due_on=due_on, requested_by=by, requested_at=at
    )
    title = _("arguments or evidence are asked for in your objection")
    letter = asked(objection, request)
    notices.serve(objection.claim, NoticeKind.DETAILS_REQUEST, title, at=at, letter=letter)
    return request


@command("objection.accept_answer")
def accept_answer(*, request_id: int, by: User, at: datetime) -> Objection:
    """
    Go on with an objection whose answer came, or in spite of its not coming when its day is past.

    :raises Refused: INVALID_TRANSITION while it may still come
    """
    request = ObjectionRequest.objects.filter(pk=request_id).first()
    if request is None:
        raise refuse(Code.OUT_OF_SCOPE)
    objection = _held(request.objection_id, by)
    request.refresh_from_db()
    if request.accepted_at is not None or (request.answered_at is None and request.due_on >= day_of(at)):
        raise refuse(Code.INVALID_TRANSITION, "answer", clause="CMP-9.4-a")
    request.accepted_at = at
    request.save(update_fields=["accepted_at"])
    _move(objection, ObjectionState.IN_REVIEW, by=by, at=at, facts={ReviewGuard.FRESH_EYES: _fresh(objection, by)})
    _keep(objection, "state")
    return objection


@command("objection.confirm_complete")
def confirm_complete(*, objection_id: int, by: User, at: datetime) -> Objection:
    """
    Confirm that all documents were supplied; it is decided within 30 days then, if that is later (CMP-9.5-a).

    :raises Refused: INVALID_TRANSITION when it was confirmed
    """
    objection = _held(objection_id, by)
    _in_time(objection, at)
    if objection.complete_on is not None:
        raise refuse(Code.INVALID_TRANSITION, "complete_on", clause="CMP-9.5-a")
    objection.complete_on = day_of(at)
    objection.due_on = _clock(objection).decision_due_on(_programme(objection, at))
    _keep(objection, "complete_on", "due_on")
    _note(objection, "objection.confirm_complete", by=by, at=at)
    return objection


@command("objection.extend")
def extend(*, objection_id: int, by: User, at: datetime, extended_to: date, reason: str) -> Objection:
    """
    Give more time to decide for special reasons, up to a year from delivery (CMP-9.5-a). The manager alone does.

    :raises Refused: OBJECTION_EXTENSION_OVER_ONE_YEAR, GEN_REASONS_REQUIRED, INVALID_VALUE for a day that is no later
    """
    objection = lock(objection_id)
    if objection.decided_at is not None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-9.5-a")
    _in_time(objection, at)
    programme = _programme(objection, at)
    clock = ObjectionClock(day_of(objection.filed_at), objection.complete_on, extended_to)
    refuse_if(clock.refusals(programme))
    if not gap_rules.is_reasoned(reason):
        raise refuse(Reason.GEN_REASONS_REQUIRED, "reason", clause="CMP-9.5-a")
    if extended_to <= objection.due_on or extended_to < day_of(at):
        raise refuse(Code.INVALID_VALUE, "extended_to", clause="CMP-9.5-a")
    objection.extended_to, objection.extension_reason = extended_to, reason.strip()
    objection.due_on = clock.decision_due_on(programme)
    _keep(objection, "extended_to", "extension_reason", "due_on")
    _note(objection, "objection.extend", by=by, at=at)
    title = _("the time to decide your objection was extended")
    letter = extensions.of_objection(objection, day_of(at))
    notices.serve(objection.claim, NoticeKind.EXTENSION, title, at=at, letter=letter)
    return objection


@command("objection.decide")
def decide(
    *, objection_id: int, by: User, at: datetime, amount: Decimal, reasons: str, gaps: Sequence[Gap] = (),
    version: int | None = None,
) -> Objection:  # fmt: skip
    """
    Decide with written reasons: all that was objected for, a part of it, or the amount as it was (CMP-9.5-a).

    A correction in the meantime may have determined as much already; the objection is accepted then, and changes
    nothing.

    :raises Refused: GEN_FOUR_EYES, GEN_REASONS_REQUIRED, INVALID_VALUE for an amount that was not objected for,
        GEN_BAD_TRANSITION when its time is over
    """
    objection = _held(objection_id, by)
    if version is not None and version != objection.version:
        raise refuse(Code.STALE_VERSION, version=objection.version, status=objection.state)
    _in_time(objection, at)
    before = objection.claim.determined_amount or Decimal(0)
    facts = {
        ReviewGuard.FRESH_EYES: _fresh(objection, by),
        ReviewGuard.REASONED: gap_rules.is_reasoned(reasons),
        ReviewGuard.AMOUNT_FITS: before <= amount <= max(before, objection.amount),
    }
    outcome = _outcome(amount, before, objection.amount)
    _move(objection, outcome, by=by, at=at, facts=facts)
    if amount != before:
        claimed = objection.claim.claimed_amount or Decimal(0)
        refuse_if(gap_rules.refusals(claimed=claimed, determined=amount, gaps=gaps, reasons=reasons))
    _settle(objection, amount, reasons.strip(), gaps, by=by, at=at)
    return objection


@command("objection.deem_accepted")
def deem_accepted(*, objection_id: int, at: datetime, by: None = None) -> Objection:
    """
    Accept an objection that was not decided in time: the amount objected for is determined (CMP-9.6-a).

    :raises Refused: GEN_BAD_TRANSITION when it was decided, or its time is not over
    """
    objection = lock(objection_id)
    facts = {ReviewGuard.DUE_DATE_PASSED: objection.due_on < day_of(at)}
    _move(objection, ObjectionState.DEEMED_ACCEPTED, by=None, at=at, facts=facts, actor=Actor.SYSTEM)
    amount = max(objection.amount, objection.claim.determined_amount or Decimal(0))  # never less than it is
    _settle(objection, amount, "", (), by=None, at=at)
    return objection


def lock(objection_id: int) -> Objection:
    """:raises Refused: OUT_OF_SCOPE when there is none"""
    claim_id = Objection.objects.filter(pk=objection_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = moving.lock(claim_id)
    objection = Objection.objects.select_related(*READ_WITH).get(pk=objection_id)
    objection.claim = claim
    return objection


def _settle(
    objection: Objection, amount: Decimal, reasons: str, gaps: Sequence[Gap], *, by: User | None, at: datetime
) -> None:
    """Write what was decided: the version of the determination, the letter and its deadline of appeal."""
    today, programme = day_of(at), _programme(objection, at)
    if amount != objection.claim.determined_amount:
        objection.result = redetermine(
            objection.claim,
            amount,
            kind=DecisionKind.OBJECTION if by is not None else DecisionKind.DEEMED,
            actor=Actor.OFFICER if by is not None else Actor.SYSTEM,
            by=by,
            at=at,
            reasons=reasons,
            gaps=gaps,
            serve=False,
        )
    objection.decided_at, objection.reasons = at, reasons
    objection.appeal_until = clocks.appeal_deadline(today, programme).last_day
    letter = objection_decision(objection, today, objection.appeal_until)
    title = _("your objection was decided")
    objection.notice = notices.serve(objection.claim, NoticeKind.OBJECTION_DECISION, title, at=at, letter=letter)
    _keep(objection, "state", "result", "decided_at", "reasons", "appeal_until", "notice")


def _outcome(amount: Decimal, before: Decimal, objected_for: Decimal) -> ObjectionState:
    if amount >= objected_for:
        return ObjectionState.ACCEPTED
    return ObjectionState.PARTIALLY_ACCEPTED if amount > before else ObjectionState.DISMISSED


def _held(objection_id: int, by: User) -> Objection:
    objection = lock(objection_id)
    if objection.officer_id != by.pk:
        raise refuse(Code.NOT_ASSIGNED_TO_YOU, holder=str(objection.officer or ""))
    if objection.decided_at is not None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-9.5-a")
    return objection


def _in_time(objection: Objection, at: datetime) -> None:
    """:raises Refused: GEN_BAD_TRANSITION when it is accepted by lapse of time, whether or not the timer came by"""
    if objection.due_on < day_of(at):
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-9.6-a")


def _move(
    objection: Objection,
    to: ObjectionState,
    *,
    by: User | None,
    at: datetime,
    facts: dict[ReviewGuard, bool],
    actor: Actor = Actor.OFFICER,
) -> None:
    row = OBJECTION.leading(ObjectionState(objection.state), to, actor)
    refuse_if(OBJECTION.refusals(row, facts))
    objection.state = to.value
    _note(objection, f"objection.{to.value.lower()}", by=by, at=at)


def _note(objection: Objection, action: str, *, by: User | None, at: datetime) -> None:
    moving.write(objection.claim, action.replace(".", "_"), by=by, at=at)
    record(action, by=by, at=at, target=objection.claim, after={"objection": objection.pk, "state": objection.state})


def _keep(objection: Objection, *fields: str) -> None:
    objection.version += 1
    objection.save(update_fields=[*fields, "version"])


def _fresh(objection: Objection, by: User) -> bool:
    return not took_part(objection, by)


def _clock(objection: Objection) -> ObjectionClock:
    return ObjectionClock(day_of(objection.filed_at), objection.complete_on, objection.extended_to)


def _programme(objection: Objection, at: datetime) -> Programme:
    return programme_on(day_of(at), code=objection.claim.claimant.programme.code)
