"""Appeals to the committee and to the District Court (clause 10): filing, hearings, decisions, and what they change."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.files.services.receiving import receive
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..letters import decisions
from ..models import Appeal, AppealFile, AppealHearing, Decision, Objection
from ..models.appeals import COPIES
from ..rules import clocks
from ..rules import gaps as gap_rules
from ..rules.access import Action
from ..rules.codes import AppealState, DecisionKind, GapReason, NoticeKind
from ..rules.gaps import Gap
from ..rules.machines import Actor
from ..rules.reasons import Reason
from ..rules.review_states import APPEAL, ReviewGuard
from ..selectors.objections import appeal_deadline
from ..selectors.programmes import programme_on
from . import examining, moving, notices
from .redetermining import highest, redetermine


@command("appeal.file")
def file(
    *,
    objection_id: int,
    claims: Sequence[int],
    by: User,
    at: datetime,
    grounds: str,
    copies: int,
    has_all_attachments: bool,
    filed_on: date | None = None,
    lawyer: str = "",
    uploads: Sequence[UploadedFile] = (),
    power_of_attorney: UploadedFile | None = None,
) -> Appeal:
    """
    File an appeal against the decision on an objection; `filed_on` is the day on which the committee had it.

    :raises Refused: APPEAL_TOO_LATE after 60 days of service, FIELD_REQUIRED when the record is not complete: four
        copies, every attachment, a lawyer's power of attorney (CMP-10.2-a)
    """
    objection = _objection(objection_id, claims)
    on = filed_on or day_of(at)
    if on > day_of(at) or (objection.decided_at is not None and on < day_of(objection.decided_at)):
        raise refuse(Code.INVALID_VALUE, "filed_on", clause="CMP-10.1-a")
    if not gap_rules.is_reasoned(grounds):
        raise refuse(Reason.GEN_REASONS_REQUIRED, "grounds", clause="CMP-10.2-a")
    deadline = appeal_deadline(objection)
    facts = {
        ReviewGuard.DECIDED: objection.decided_at is not None,
        ReviewGuard.APPEAL_IN_TIME: deadline is None or not deadline.has_passed(on),
        ReviewGuard.NONE_OPEN: not Appeal.objects.filter(objection=objection).exists(),
        ReviewGuard.RECORD_COMPLETE: copies >= COPIES and has_all_attachments,
    }
    refuse_if(APPEAL.refusals(APPEAL.leading(None, AppealState.FILED, _actor(by)), facts))
    if lawyer.strip() and power_of_attorney is None:
        raise refuse(Code.FIELD_REQUIRED, "power_of_attorney", clause="CMP-10.2-a")
    appeal = Appeal.objects.create(
        claim=objection.claim, objection=objection, grounds=grounds.strip(), filed_on=on, filed_by=by, filed_at=at,
        copies=copies, has_all_attachments=has_all_attachments, lawyer=lawyer.strip(),
    )  # fmt: skip
    for upload in uploads:
        AppealFile.objects.create(appeal=appeal, file=receive(upload=upload, by=by, at=at))
    if power_of_attorney is not None:
        stored = receive(upload=power_of_attorney, by=by, at=at)
        AppealFile.objects.create(appeal=appeal, file=stored, is_power_of_attorney=True)
    _note(appeal, "appeal.file", by=by, at=at)
    notices.serve(appeal.claim, NoticeKind.OTHER, _("your appeal was filed"), at=at)
    return appeal


@command("appeal.hear")
def set_hearing(*, appeal_id: int, by: User, at: datetime, on: date, place: str, note: str = "") -> AppealHearing:
    """
    Record a day on which the committee hears the appeal (CMP-10.1-a).

    :raises Refused: DUPLICATE for a day that is recorded, GEN_BAD_TRANSITION when the committee has decided
    """
    appeal = lock(appeal_id)
    if appeal.state != AppealState.FILED.value:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-10.1-a")
    if on < appeal.filed_on:
        raise refuse(Code.INVALID_VALUE, "on", clause="CMP-10.1-a")
    if not place.strip():
        raise refuse(Code.FIELD_REQUIRED, "place", clause="CMP-10.1-a")
    if appeal.hearings.filter(on=on).exists():
        raise refuse(Code.DUPLICATE, "on", clause="CMP-10.1-a")
    hearing = AppealHearing.objects.create(appeal=appeal, on=on, place=place.strip(), note=note.strip())
    _note(appeal, "appeal.hear", by=by, at=at)
    return hearing


@command("appeal.decide")
def decide(
    *, appeal_id: int, by: User, at: datetime, decided_on: date, served_on: date | None, amount: Decimal, text: str
) -> Appeal:
    """
    Record what the committee decided and when it was served; the amount changes as by a correction (CMP-10.3-b).

    :raises Refused: FIELD_REQUIRED without the day of service, INVALID_VALUE for days out of order or an amount above
        what the rules give
    """
    appeal = lock(appeal_id)
    row = APPEAL.leading(AppealState(appeal.state), AppealState.DECIDED, _actor(by))
    refuse_if(APPEAL.refusals(row, {ReviewGuard.SERVED: served_on is not None}))
    assert served_on is not None  # noqa: S101 - else it was refused
    if not appeal.filed_on <= decided_on <= served_on <= day_of(at):
        raise refuse(Code.INVALID_VALUE, "served_on", clause="CMP-10.3-a")
    programme = programme_on(served_on, code=appeal.claim.claimant.programme.code)
    appeal.state, appeal.decision_text = AppealState.DECIDED.value, _text(text)
    appeal.decided_on, appeal.served_on = decided_on, served_on
    appeal.court_until = clocks.court_appeal_deadline(served_on, programme).last_day
    appeal.result = _change(appeal, amount, by=by, at=at, text=appeal.decision_text)
    appeal.save()
    _note(appeal, "appeal.decide", by=by, at=at)
    return appeal


@command("appeal.to_court")
def appeal_to_court(
    *,
    appeal_id: int,
    by: User,
    at: datetime,
    filed_on: date,
    legal_question: str,
    attorney_copy_on: date | None,
    number: str = "",
    claims: Sequence[int] | None = None,
) -> Appeal:
    """
    Record an appeal to the District Court: on a question of law alone, copied to the district attorney with the filing.

    `claims` are the ids that a claimant may see; None for the fund.

    :raises Refused: COURT_APPEAL_TOO_LATE after 30 days of service, FIELD_REQUIRED without the question or the copy
    """
    appeal = lock(appeal_id)
    if claims is not None and appeal.claim_id not in claims:
        raise refuse(Code.OUT_OF_SCOPE)
    row = APPEAL.leading(AppealState(appeal.state), AppealState.COURT_APPEAL_FILED, _actor(by))
    facts = {
        ReviewGuard.COURT_IN_TIME: appeal.court_until is not None and filed_on <= appeal.court_until,
        ReviewGuard.LEGAL_QUESTION: gap_rules.is_reasoned(legal_question),
        ReviewGuard.COPIED_TO_ATTORNEY: attorney_copy_on is not None and attorney_copy_on <= filed_on,
    }
    refuse_if(APPEAL.refusals(row, facts))
    if filed_on > day_of(at) or (appeal.served_on is not None and filed_on < appeal.served_on):
        raise refuse(Code.INVALID_VALUE, "filed_on", clause="CMP-10.3-a")
    appeal.state = AppealState.COURT_APPEAL_FILED.value
    appeal.court_filed_on, appeal.attorney_copy_on = filed_on, attorney_copy_on
    appeal.legal_question, appeal.court_number = legal_question.strip(), number.strip()
    appeal.save()
    _note(appeal, "appeal.to_court", by=by, at=at)
    return appeal


@command("appeal.decide_in_court")
def decide_in_court(*, appeal_id: int, by: User, at: datetime, decided_on: date, amount: Decimal, text: str) -> Appeal:
    """
    Record what the court decided; the amount changes as by a correction (CMP-10.3-b).

    :raises Refused: GEN_BAD_TRANSITION when no appeal is before the court, INVALID_VALUE for a day out of order
    """
    appeal = lock(appeal_id)
    row = APPEAL.leading(AppealState(appeal.state), AppealState.COURT_DECIDED, _actor(by))
    refuse_if(APPEAL.refusals(row, {}))
    if appeal.court_filed_on is None or not appeal.court_filed_on <= decided_on <= day_of(at):
        raise refuse(Code.INVALID_VALUE, "decided_on", clause="CMP-10.3-b")
    appeal.state, appeal.court_decided_on = AppealState.COURT_DECIDED.value, decided_on
    appeal.court_text = _text(text)
    appeal.court_result = _change(appeal, amount, by=by, at=at, text=appeal.court_text)
    appeal.save()
    _note(appeal, "appeal.decide_in_court", by=by, at=at)
    return appeal


def lock(appeal_id: int) -> Appeal:
    """:raises Refused: OUT_OF_SCOPE when there is none"""
    claim_id = Appeal.objects.filter(pk=appeal_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = moving.lock(claim_id)
    appeal = Appeal.objects.get(pk=appeal_id)
    appeal.claim = claim
    return appeal


def _change(appeal: Appeal, amount: Decimal, *, by: User, at: datetime, text: str) -> Decision | None:
    """A new version of the determination, when the amount is another one."""
    claim = appeal.claim
    if not 0 <= amount <= highest(claim):
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-1.8-a")
    if amount == claim.determined_amount:
        return None
    gap = max((claim.claimed_amount or Decimal(0)) - amount, Decimal(0))
    decision = redetermine(
        claim, amount, kind=DecisionKind.APPEAL, actor=Actor.OFFICER if by.may(Action.DECIDE_OBJECTION) else
        Actor.MANAGER, by=by, at=at, reasons=text, gaps=[Gap(GapReason.OTHER, gap)] if gap else (), serve=False,
    )  # fmt: skip
    title = _("the determination was changed by the outcome of your appeal")
    letter = decisions.decision(claim, decision)
    notices.serve(claim, NoticeKind.DECISION, title, at=at, decision=decision, letter=letter)
    return decision


def _text(text: str) -> str:
    if not gap_rules.is_reasoned(text):
        raise refuse(Reason.GEN_REASONS_REQUIRED, "text", clause="CMP-10.1-a")
    return text.strip()


def _objection(objection_id: int, claims: Sequence[int]) -> Objection:
    objection = examining.lock(objection_id)
    if objection.claim_id not in claims:
        raise refuse(Code.OUT_OF_SCOPE)
    return objection


def _actor(by: User) -> Actor:
    if not by.is_employee:
        return Actor.CLAIMANT
    return Actor.OFFICER if by.may(Action.DECIDE_OBJECTION) else Actor.MANAGER


def _note(appeal: Appeal, action: str, *, by: User, at: datetime) -> None:
    moving.write(appeal.claim, action.replace(".", "_"), by=by, at=at)
    record(action, by=by, at=at, target=appeal.claim, after={"appeal": appeal.pk, "state": appeal.state})
