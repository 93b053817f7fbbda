"""Decide on a proposed claim: another person than its clerk, with reasons (CMP-2.3-b, CMP-2.3-g)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command
from crm_portal.errors import refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import AdvanceProposal, Claim, Decision, GapReasonRow
from ..models.advances import WAITING
from ..rules import clocks
from ..rules import gaps as gap_rules
from ..rules.codes import AdvanceState, ClaimState, DecisionKind, GapReason, NoticeKind
from ..rules.gaps import Gap
from ..rules.machines import Actor
from ..rules.reasons import Reason
from ..rules.states import Guard
from ..selectors.programmes import programme_on
from . import checking, moving, notices


def approve(*, claim_id: int, by: User, at: datetime, version: int | None = None) -> Decision:
    """
    Determine what the clerk proposed: the whole, a part, or nothing.

    The checks against other claims and the registers are made again first, and what they find stays to be settled
    when it holds the approval back.

    :raises Refused: GEN_FOUR_EYES for the clerk himself, GEN_REASONS_REQUIRED, or a finding that is not settled
    """
    checking.examine(claim_id=claim_id, by=by, at=at)
    return _approve(claim_id=claim_id, by=by, at=at, version=version)


@command("claim.approve")
def _approve(*, claim_id: int, by: User, at: datetime, version: int | None) -> Decision:
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    amount = claim.proposed_amount or Decimal(0)
    claimed = claim.claimed_amount or Decimal(0)
    gaps = proposed_gaps(claim)
    if amount > 0 and claim.clerk_id != by.pk and (waiting := checking.open_findings(claim)):
        raise refuse(
            Reason.GEN_BAD_TRANSITION, clause="CMP-2.3-k", because="findings_open", count=waiting,
            guard=Guard.FINDINGS_SETTLED.value,
        )  # fmt: skip
    reasons = tuple(gap_rules.refusals(claimed=claimed, determined=amount, gaps=gaps, reasons=claim.proposed_reasons))
    facts = {
        Guard.ANOTHER_PERSON: claim.clerk_id != by.pk,
        Guard.FINDINGS_SETTLED: True,
        Guard.REASONED: not reasons,
    }
    outcome = outcome_of(claimed=claimed, determined=amount)
    moving.move(
        claim, outcome, actor=Actor.MANAGER, by=by, at=at, facts=facts, reason=claim.proposed_reasons,
        **determined(claim, amount, at),
    )  # fmt: skip
    return write(
        claim, kind=DecisionKind.FIRST, outcome=outcome, amount=amount, reasons=claim.proposed_reasons, gaps=gaps,
        proposed_by=claim.clerk, approved_by=by, at=at,
    )  # fmt: skip


@command("claim.return")
def send_back(*, claim_id: int, by: User, at: datetime, reason: str, version: int | None = None) -> Claim:
    """
    Send a proposal back to its clerk, saying why.

    :raises Refused: without a reason, or when nothing is proposed
    """
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    if not reason.strip():
        raise refuse(Reason.GEN_REASONS_REQUIRED, "reason", clause="CMP-2.3-g")
    moving.move(claim, ClaimState.IN_REVIEW, actor=Actor.MANAGER, by=by, at=at, reason=reason.strip())
    return claim


def outcome_of(*, claimed: Decimal, determined: Decimal) -> ClaimState:
    """Which state a determined amount leads to."""
    if determined <= 0:
        return ClaimState.REJECTED
    return ClaimState.APPROVED if determined >= claimed else ClaimState.PARTIALLY_APPROVED


def determined(claim: Claim, amount: Decimal, at: datetime) -> dict[str, Any]:
    """The columns that a determination sets: the amount, its instant, and by when it must be paid (CMP-8.4.3-a)."""
    today = day_of(at)
    programme = programme_on(today, code=claim.claimant.programme.code)
    return {
        "determined_amount": amount,
        "decided_at": at,
        "pay_by_on": clocks.pay_by(today, programme) if amount > 0 else None,
        "clock_stopped_on": None,
    }


def write(
    claim: Claim,
    *,
    kind: DecisionKind,
    outcome: ClaimState,
    amount: Decimal,
    at: datetime,
    reasons: str = "",
    ground: str = "",
    gaps: Sequence[Gap] = (),
    proposed_by: User | None = None,
    approved_by: User | None = None,
    serve: bool = True,
) -> Decision:
    """
    Write a new version of the determination of a locked claim, with its gaps, and serve it (CMP-8.5.2-a).

    What an objection or an appeal led to is served by its own decision, and not objected to again.
    """
    today = day_of(at)
    programme = programme_on(today, code=claim.claimant.programme.code)
    latest = claim.decisions.order_by("version").last()
    decision = Decision.objects.create(
        claim=claim,
        version=latest.version + 1 if latest is not None else 1,
        kind=kind.value,
        outcome=outcome.value,
        amount=amount,
        computation=claim.computations.order_by("version").last(),
        reasons=reasons,
        ground=ground,
        proposed_by=proposed_by,
        approved_by=approved_by,
        decided_at=at,
        objection_until=clocks.objection_deadline(today, programme).last_day if serve else None,
    )
    GapReasonRow.objects.bulk_create(
        GapReasonRow(decision=decision, reason=gap.reason.value, amount=gap.amount, text=gap.text) for gap in gaps
    )
    AdvanceProposal.objects.filter(claim=claim, state__in=WAITING).update(
        state=AdvanceState.LAPSED.value
    )  # CMP-8.4.6-a
    if serve:
        notices.serve(claim, NoticeKind.DECISION, _("a decision was given"), at=at, decision=decision)
    return decision


def proposed_gaps(claim: Claim) -> list[Gap]:
    """The reasons that the clerk gave for a difference from the claim."""
    return [Gap(GapReason(row["reason"]), Decimal(row["amount"]), row.get("text", "")) for row in claim.proposed_gaps]
