"""What a clerk does to a claim before anybody decides on it (CMP-2.3-e, CMP-2.3-f, CMP-2.3-h)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.facts import InvalidInput
from crm_portal.people.models import User

from ..models import Claim, ManagerAdjustment, ManagerRate, ReviewedFigure, ReviewFinding
from ..rules import gaps as gap_rules
from ..rules.assessment import Outcome
from ..rules.codes import Causation, ClaimState
from ..rules.gaps import Gap
from ..rules.machines import Actor
from ..rules.reasons import Reason
from ..rules.states import Guard
from . import checking, computing, moving, topping_up

LEAST_WORDS = gap_rules.LEAST_WORDS


@command("claim.take")
def take(*, claim_id: int, by: User, at: datetime, version: int | None = None) -> Claim:
    """
    Take a filed claim into review; what must be settled before a decision is looked for at once.

    :raises Refused: GEN_BAD_TRANSITION when somebody took it, or it is not filed
    """
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    moving.move(claim, ClaimState.IN_REVIEW, actor=Actor.CLERK, by=by, at=at, clerk=by)
    checking.look(claim, by=by, at=at)
    topping_up.wait(claim, by=by, at=at)
    return claim


@command("claim.find_causation")
def find_causation(
    *, claim_id: int, by: User, at: datetime, causation: Causation, reasons: str, version: int | None = None
) -> Claim:
    """
    Keep the finding on the causal connection, with its reasons (CMP-1.8-b).

    :raises Refused: without reasons, or when the claim is not in the clerk's review
    """
    claim = _in_review(claim_id, by, version)
    if causation is not Causation.PROVED and len(reasons.strip()) < LEAST_WORDS:
        raise refuse(Reason.GEN_REASONS_REQUIRED, "causation_reasons", clause="CMP-1.8-b")
    before = {"causation": claim.causation}
    moving.keep(claim, causation=causation.value, causation_reasons=reasons.strip())
    moving.write(claim, "find_causation", by=by, at=at, reason=reasons.strip())
    record("claim.find_causation", by=by, at=at, target=claim, before=before, after={"causation": causation.value})
    return claim


@command("claim.correct_figure")
def correct_figure(
    *, claim_id: int, by: User, at: datetime, path: str, value: str, reason: str, version: int | None = None
) -> ReviewedFigure:
    """
    Put another figure in the place of the claimant's, and compute anew.

    :raises Refused: without a reason, or when the engine cannot read the figure
    """
    claim = _in_review(claim_id, by, version)
    if not reason.strip():
        raise refuse(Code.FIELD_REQUIRED, "reason", clause="CMP-2.3-h")
    figure = ReviewedFigure.objects.create(claim=claim, path=path, value=value, reason=reason.strip(), by=by, at=at)
    _compute_again(claim, by=by, at=at, field="value")
    record("claim.correct_figure", by=by, at=at, target=claim, after={"path": path, "value": value})
    return figure


@command("claim.adjust")
def adjust(
    *, claim_id: int, by: User, at: datetime, period: str, amount: Decimal, reason: str, text: str,
    version: int | None = None,
) -> ManagerAdjustment:  # fmt: skip
    """
    Neutralise a distortion in the base or the eligibility period (CMP-4.6-f), and compute anew.

    :raises Refused: when the amount is 0, the words are missing, or the engine refuses the sum
    """
    claim = _in_review(claim_id, by, version)
    if amount == 0 or period not in {"base", "eligibility"}:
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-4.6-f")
    if len(text.strip()) < LEAST_WORDS:
        raise refuse(Reason.GEN_REASONS_REQUIRED, "text", clause="CMP-4.6-f")
    adjustment = ManagerAdjustment.objects.create(
        claim=claim, period=period, amount=amount, reason=reason, text=text.strip(), by=by, at=at
    )
    _compute_again(claim, by=by, at=at, field="amount")
    record("claim.adjust", by=by, at=at, target=claim, after={"period": period, "amount": str(amount)})
    return adjustment


@command("claim.remove_adjustment")
def remove_adjustment(*, adjustment_id: int, by: User, at: datetime, version: int | None = None) -> Claim:
    """
    Take an adjustment back; the row stays, marked.

    :raises Refused: OUT_OF_SCOPE, or when the claim is not in the clerk's review
    """
    adjustment = ManagerAdjustment.objects.filter(pk=adjustment_id, removed_at__isnull=True).first()
    if adjustment is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = _in_review(adjustment.claim_id, by, version)
    adjustment.removed_at = at
    adjustment.save(update_fields=["removed_at"])
    _compute_again(claim, by=by, at=at, field="amount")
    record("claim.remove_adjustment", by=by, at=at, target=claim, before={"amount": str(adjustment.amount)})
    return claim


@command("claim.set_rate")
def set_rate(
    *, claim_id: int, by: User, at: datetime, rate: Decimal, reasons: str, version: int | None = None
) -> ManagerRate:
    """
    Set another saved-expense complement, as the manager alone may (CMP-4.6-ac), and compute anew.

    :raises Refused: TUR_BAD_RATE outside 0 to 1, or without reasons
    """
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    if claim.state not in {ClaimState.IN_REVIEW.value, ClaimState.PENDING_APPROVAL.value}:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-4.6-ac")
    if not 0 <= rate <= 1:
        raise refuse(Reason.TUR_BAD_RATE, "rate", clause="CMP-4.6-ac")
    if len(reasons.strip()) < LEAST_WORDS:
        raise refuse(Reason.GEN_REASONS_REQUIRED, "reasons", clause="CMP-4.6-ac")
    kept = ManagerRate.objects.create(claim=claim, rate=rate, reasons=reasons.strip(), by=by, at=at)
    _compute_again(claim, by=by, at=at, field="rate")
    record("claim.set_rate", by=by, at=at, target=claim, after={"rate": str(rate)})
    return kept


@command("claim.settle_finding")
def settle_finding(
    *, finding_id: int, by: User, at: datetime, settlement: str, version: int | None = None
) -> ReviewFinding:
    """
    Say in words how a finding was settled (CMP-2.3-k).

    :raises Refused: without words, or when the claim is not in the clerk's review
    """
    finding = ReviewFinding.objects.filter(pk=finding_id).first()
    if finding is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = _in_review(finding.claim_id, by, version)
    if not settlement.strip():
        raise refuse(Code.FIELD_REQUIRED, "settlement", clause="CMP-2.3-k")
    finding.settled_by, finding.settled_at, finding.settlement = by, at, settlement.strip()
    finding.save(update_fields=["settled_by", "settled_at", "settlement"])
    moving.keep(claim)
    record("claim.settle_finding", by=by, at=at, target=claim, after={"code": finding.code})
    return finding


@command("claim.propose")
def propose(
    *, claim_id: int, by: User, at: datetime, amount: Decimal, reasons: str, gaps: Sequence[Gap] = (),
    version: int | None = None,
) -> Claim:  # fmt: skip
    """
    Propose a determination to the manager (CMP-2.3-f): the exclusions are run again and the sum is computed anew.

    It is never above what the track's rules give (CMP-1.8-a). 0 proposes a rejection.

    :raises Refused: GEN_REASONS_REQUIRED when less than claimed is not explained, a finding that is open, or no
        finding on causation
    """
    claim = _in_review(claim_id, by, version)
    checking.look(claim, by=by, at=at)
    computation = computing.compute(claim, is_claimants=False, by=by, at=at)
    if not 0 <= amount <= _highest(claim, computation.amount):
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-1.8-a", because="above_the_computed")
    if claim.causation == Causation.NOT_PROVED.value and amount > 0:
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-1.8-b", because="causation_not_proved")
    if claim.causation == Causation.PARTLY.value and amount >= computation.amount:
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-1.8-b", because="causation_partly")
    claimed = claim.claimed_amount or Decimal(0)
    refuse_if(gap_rules.refusals(claimed=claimed, determined=amount, gaps=gaps, reasons=reasons))
    facts = {Guard.CAUSATION_FOUND: bool(claim.causation), Guard.COMPUTED: True}
    moving.move(
        claim, ClaimState.PENDING_APPROVAL, actor=Actor.CLERK, by=by, at=at, facts=facts, reason=reasons.strip(),
        computed_amount=computation.amount, proposed_amount=amount, proposed_reasons=reasons.strip(),
        proposed_gaps=[{"reason": gap.reason.value, "amount": str(gap.amount), "text": gap.text} for gap in gaps],
    )  # fmt: skip
    return claim


def _highest(claim: Claim, computed: Decimal) -> Decimal:
    """Red is not computed by a formula: there the claimant's sheet is the bound (CMP-1.8-a, CMP-7.1-b)."""
    return max(computed, claim.claimed_amount or Decimal(0)) if claim.track == "RED" else computed


def _in_review(claim_id: int, by: User, version: int | None) -> Claim:
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    moving.held_by(claim, by)
    if claim.state != ClaimState.IN_REVIEW.value:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="8.5")
    return claim


def _compute_again(claim: Claim, *, by: User, at: datetime, field: str) -> None:
    try:
        computation = computing.compute(claim, is_claimants=False, by=by, at=at)
    except InvalidInput as invalid:
        raise refuse(invalid.code, field, clause="CMP-4.6-ag", **invalid.details) from invalid
    refused = computation.result.get("outcome") == Outcome.REFUSED.value
    moving.keep(claim, computed_amount=Decimal(0) if refused else computation.amount)
