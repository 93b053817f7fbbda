"""Advances that time gives: proposed by a timer, confirmed by the manager, paid by the treasurer (8.4.3, 8.4.4)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.facts import InvalidInput
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..letters import money as letters
from ..models import AdvanceProposal, AdvanceRequest, Claim
from ..models.advances import GIVEN
from ..rules import payments
from ..rules.codes import CLOCK_RUNS, AdvanceKind, AdvanceState, ClaimState, NoticeKind
from ..rules.gaps import is_reasoned
from ..rules.machines import Actor
from ..rules.money_states import ADVANCE, AdvanceGuard
from ..selectors.money import withholding_rate
from ..selectors.programmes import programme_on
from . import alerting, clocking, computing, moving, notices, paying
from .once import once

_NOTHING = Decimal(0)


@command("advance.propose_by_time")
def propose_by_time(*, claim_id: int, kind: AdvanceKind, at: datetime) -> AdvanceProposal | None:
    """
    Propose an advance of a claim on which no decision came in time (CMP-8.4.3-c).

    Once for a claim and kind, whatever its clock does later; a clock that moved meanwhile is written down instead.
    """
    claim, today = moving.lock(claim_id), day_of(at)
    programme = programme_on(today, code=claim.claimant.programme.code)
    clock = clocking.clock_of(claim)
    is_first = kind is AdvanceKind.DAY_21_60
    due = (
        None
        if clock is None
        else clock.advance_60_due_on(programme)
        if is_first
        else clock.advance_10_due_on(programme)
    )
    if due is None or due >= today or ClaimState(claim.state) not in CLOCK_RUNS:
        clocking.recompute(claim, programme, today)
        return None
    if not once(f"claim:{claim.pk}", f"advance_{kind.value}", at=at):
        return None
    share = programme.first_advance_share if is_first else programme.second_advance_share
    provisional, before = _provisional(claim, at), given_before(claim)
    proposal = AdvanceProposal.objects.create(
        claim=claim, kind=kind.value, state=AdvanceState.PROPOSED.value, share=share, provisional_amount=provisional,
        base=provisional, paid_before=before, amount=payments.advance(provisional, share, before), proposed_at=at,
    )  # fmt: skip
    moving.write(claim, "propose_advance", by=None, at=at, reason=kind.value)
    record("advance.propose_by_time", by=None, at=at, target=claim, after=_told(proposal))
    alerting.alert(claim, _("an advance waits for the manager"), at=at, key=f"advance:{kind.value}")
    return proposal


@command("advance.escalate")
def escalate(*, proposal_id: int, at: datetime) -> AdvanceProposal:
    """
    Put a proposal that nobody confirmed for three days before the managers again; it is never paid by itself.

    :raises Refused: GEN_BAD_TRANSITION when it was decided
    """
    proposal = _lock(proposal_id)
    _move(proposal, AdvanceState.ESCALATED, Actor.SYSTEM)
    proposal.escalated_at = at
    proposal.save(update_fields=["state", "escalated_at"])
    record("advance.escalate", by=None, at=at, target=proposal.claim, after=_told(proposal))
    alerting.alert(
        proposal.claim, _("an advance waits for the manager longer than three days"), at=at,
        key=f"advance-escalated:{proposal.kind}",
    )  # fmt: skip
    return proposal


@command("advance.confirm")
def confirm(
    *, proposal_id: int, by: User, at: datetime, base: Decimal | None = None, reasons: str = ""
) -> AdvanceProposal:
    """
    Confirm an advance, on the engine's base or on another one with reasons; its payment is prepared with it.

    What was given before is counted anew, so that all advances together stay within the base (CMP-8.4.3-c).

    :raises Refused: GEN_REASONS_REQUIRED for another base without reasons, INVALID_VALUE when nothing is left of it,
        GEN_FOUR_EYES for the clerk of the claim, GEN_BAD_TRANSITION when it is decided
    """
    proposal = _lock(proposal_id)
    claim = proposal.claim
    base = proposal.provisional_amount if base is None else base
    before = given_before(claim)
    amount = payments.advance(base, proposal.share, before) if base >= 0 else _NOTHING
    facts = {
        AdvanceGuard.ANOTHER_PERSON: claim.clerk_id != by.pk,
        AdvanceGuard.WITHIN_PROVISIONAL: amount > 0,
        AdvanceGuard.REASONED: base == proposal.provisional_amount or is_reasoned(reasons),
    }
    _move(proposal, AdvanceState.CONFIRMED, Actor.MANAGER, facts)
    proposal.base, proposal.paid_before, proposal.amount = base, before, amount
    proposal.decided_by, proposal.decided_at, proposal.decision_reasons = by, at, reasons.strip()
    proposal.payment = paying.prepare_advance(
        claimant=claim.claimant, claim_id=claim.pk, key=proposal.payment_key, amount=amount, by=by, at=at
    )
    proposal.save()
    moving.write(claim, "confirm_advance", by=by, at=at, reason=reasons.strip())
    record("advance.confirm", by=by, at=at, target=claim, after=_told(proposal))
    title = _("an advance was confirmed; it proves nothing about the final entitlement")  # CMP-8.4.8-a
    today = day_of(at)
    letter = letters.advance(
        claim, kind=proposal.kind, amount=proposal.amount,
        rate=withholding_rate(claim.claimant, today), on=today,
    )  # fmt: skip
    notices.serve(claim, NoticeKind.ADVANCE, title, at=at, letter=letter)
    return proposal


@command("advance.refuse")
def refuse_proposal(*, proposal_id: int, by: User, at: datetime, reasons: str) -> AdvanceProposal:
    """
    Refuse an advance that time proposed, with reasons.

    :raises Refused: GEN_REASONS_REQUIRED, GEN_FOUR_EYES, GEN_BAD_TRANSITION
    """
    proposal = _lock(proposal_id)
    facts = {
        AdvanceGuard.ANOTHER_PERSON: proposal.claim.clerk_id != by.pk,
        AdvanceGuard.REASONED: is_reasoned(reasons),
    }
    _move(proposal, AdvanceState.REFUSED, Actor.MANAGER, facts)
    proposal.decided_by, proposal.decided_at, proposal.decision_reasons = by, at, reasons.strip()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "decision_reasons"])
    moving.write(proposal.claim, "refuse_advance", by=by, at=at, reason=reasons.strip())
    record("advance.refuse", by=by, at=at, target=proposal.claim, after=_told(proposal))
    return proposal


def given_before(claim: Claim) -> Decimal:
    """What was confirmed or paid on account of a claim, with the advances before it (decision 33)."""
    proposed = AdvanceProposal.objects.filter(claim=claim, state__in=GIVEN).aggregate(total=Sum("amount"))["total"]
    if claim.eligibility_check_id is not None:  # an advance before the claim belongs to the main one
        return proposed or _NOTHING
    asked = AdvanceRequest.objects.filter(claimant=claim.claimant, state__in=GIVEN)
    return (proposed or _NOTHING) + (asked.aggregate(total=Sum("amount"))["total"] or _NOTHING)


def _provisional(claim: Claim, at: datetime) -> Decimal:
    """What the engine gives on the figures of the review; nothing where it refuses or cannot read them."""
    try:
        return computing.assess(claim, at, is_claimants=False).amount
    except InvalidInput:
        return _NOTHING


def _lock(proposal_id: int) -> AdvanceProposal:
    claim_id = AdvanceProposal.objects.filter(pk=proposal_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = moving.lock(claim_id)
    proposal = AdvanceProposal.objects.get(pk=proposal_id)
    proposal.claim = claim
    return proposal


def _move(
    proposal: AdvanceProposal, to: AdvanceState, actor: Actor, facts: Mapping[AdvanceGuard, bool] | None = None
) -> None:
    refuse_if(ADVANCE.refusals(ADVANCE.leading(AdvanceState(proposal.state), to, actor), facts or {}))
    proposal.state = to.value


def _told(proposal: AdvanceProposal) -> dict[str, object]:
    return {
        "kind": proposal.kind, "state": proposal.state, "base": str(proposal.base), "amount": str(proposal.amount)
    }  # fmt: skip
