"""File a claim: everything is checked at once, the amount is the rules', and a double click files once (8.1.3)."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, Refused, refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Claimant
from ..rules.assessment import Outcome
from ..rules.clocks import ClaimClock
from ..rules.codes import ClaimantKind, ClaimState, NoticeKind, Track
from ..rules.machines import Actor
from ..rules.reasons import Reason
from ..rules.states import Guard
from ..rules.wizard import waits_for_employees
from ..selectors import drafts
from ..selectors.claims import customers_of
from . import clocking, computing, employees, inviting, moving, notices

_ONE_TRACK = ("claim_on_one_track", "claim_once_under_a_check")


@command("claim.submit")
def submit(*, claim_id: int, by: User, at: datetime, submission_key: str, version: int | None = None) -> Claim:
    """
    File the draft; the same key again is the first filing.

    The claimant is locked, so that of two claims of his filed at once one is refused; the database has the last word.

    :raises Refused: with every finding of the integrity check at once (CMP-2.3-a), each with its code
    """
    today = day_of(at)
    claimant_id = Claim.objects.filter(pk=claim_id).values_list("claimant_id", flat=True).first()
    if claimant_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    Claimant.objects.select_for_update().get(pk=claimant_id)
    claim = moving.lock(claim_id)
    if not customers_of(by, today).filter(pk=claim.claimant.customer_id).exists():
        raise refuse(Code.OUT_OF_SCOPE)
    if submission_key and claim.submission_key == submission_key:
        return claim
    if claim.state != ClaimState.DRAFT.value:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-2.3-d")
    moving.current(claim, version)
    employees.lock_people(claim)
    if found := refusals(claim, by, at):
        raise Refused(*found)
    try:
        with transaction.atomic():
            _file(claim, by=by, at=at, submission_key=submission_key)
    except IntegrityError as broken:
        if not any(name in str(broken) for name in _ONE_TRACK):
            raise
        raise Refused(_taken(claim)) from broken
    return claim


def refusals(claim: Claim, by: User, at: datetime) -> list[Refusal]:
    """Everything that stands in the way of filing, the sheet of employees with it (CMP-2.3-a, CMP-3.4.2-a)."""
    return [*drafts.refusals(claim, by, at), *employees.filing_refusals(claim)]


def _file(claim: Claim, *, by: User, at: datetime, submission_key: str) -> None:
    """Keep the snapshot, move the claim with its clocks, and serve the receipt."""
    today = day_of(at)
    computation = computing.compute(claim, is_claimants=True, by=by, at=at)
    waits = waits_for_employees(Track(claim.track), ClaimantKind(claim.kind))
    programme = drafts.programme_of_claim(claim, today)
    columns: dict[str, Any] = {} if waits else clocking.deadlines(ClaimClock(today), programme, today)
    chosen_by = User.objects.filter(pk=claim.answers.get("regime_by")).first() or by
    moving.write(claim, "choose_track", by=chosen_by, at=claim.regime_chosen_at or at, reason=claim.regime_declaration)
    moving.move(
        claim,
        ClaimState.AWAITING_EMPLOYEE_DECLARATIONS if waits else ClaimState.SUBMITTED,
        actor=Actor.CLAIMANT,
        by=by,
        at=at,
        facts={Guard.INTEGRITY: True, Guard.WINDOW_OPEN: True, Guard.ONE_TRACK: True},
        submitted_by=by,
        submitted_at=at,
        filed_on=None if waits else today,
        submission_key=submission_key,
        claimed_amount=computation.amount,
        needs_manual_review=computation.result["outcome"] == Outcome.MANUAL_REVIEW.value,
        **columns,
    )
    record("claim.receipt", by=by, at=at, target=claim, after={"claimed_amount": str(computation.amount)})
    notices.serve(claim, NoticeKind.RECEIPT, _("your claim was received"), at=at)
    if waits:
        inviting.invite_all(claim, by=by, at=at)


def _taken(claim: Claim) -> Refusal:
    return drafts.one_track_refusal(claim) or Refusal(Reason.GEN_CLAIM_EXISTS, ("track",), clause="CMP-2.1-a")
