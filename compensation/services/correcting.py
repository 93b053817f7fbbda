"""Correct the determination of an amount, on the manager's own initiative or on request (CMP-8.7-a)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Decision
from ..rules import clocks
from ..rules import gaps as gap_rules
from ..rules.codes import CorrectionGround, DecisionKind
from ..rules.gaps import Gap
from ..rules.machines import Actor
from ..rules.reasons import Reason
from ..selectors.programmes import programme_on
from . import moving
from .redetermining import highest, redetermine


@command("claim.correct")
def correct(
    *,
    claim_id: int,
    by: User,
    at: datetime,
    amount: Decimal,
    ground: CorrectionGround,
    explanation: str,
    gaps: Sequence[Gap] = (),
    version: int | None = None,
) -> Decision:
    """
    Determine another amount, because new facts appeared or an error was found; payment or demand follows.

    :raises Refused: CORRECTION_TOO_LATE after four years, GEN_REASONS_REQUIRED without the ground in words or with
        reasons that do not sum to the gap, INVALID_VALUE for the same amount or one above what the rules give
    """
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    corrected = claim.decisions.order_by("version").last()
    if corrected is None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-8.7-a")
    today = day_of(at)
    programme = programme_on(today, code=claim.claimant.programme.code)
    if today > clocks.correction_last_day(day_of(corrected.decided_at), programme):
        raise refuse(Reason.CORRECTION_TOO_LATE, clause="CMP-8.7-b")
    if not gap_rules.is_reasoned(explanation):
        raise refuse(Reason.GEN_REASONS_REQUIRED, "explanation", clause="CMP-8.7-a")
    if amount == corrected.amount or not 0 <= amount <= highest(claim):
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-1.8-a")
    claimed = claim.claimed_amount or Decimal(0)
    refuse_if(gap_rules.refusals(claimed=claimed, determined=amount, gaps=gaps, reasons=explanation))
    return redetermine(
        claim, amount, kind=DecisionKind.CORRECTION, actor=Actor.MANAGER, by=by, at=at, reasons=explanation.strip(),
        ground=ground.value, gaps=gaps,
    )  # fmt: skip
