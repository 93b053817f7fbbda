"""What lapse of time does to a claim: warnings, acceptance, the end of the window, closing (section 9)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.facts import InvalidInput
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Decision
from ..rules import caps, clocks, engine
from ..rules.assessment import Outcome
from ..rules.codes import ClaimState, DecisionKind, NoticeKind, Track
from ..rules.machines import Actor
from ..rules.programme import Programme
from ..rules.states import Guard
from ..selectors import falling_due
from ..selectors.falling_due import DEEMED, LATE, WARNING, WINDOW
from ..selectors.inputs import claimants_inputs
from ..selectors.programmes import programme_on
from . import alerting, clocking, deciding, moving, notices
from .once import once


@command("claim.warn_of_lapse")
def warn(*, claim_id: int, at: datetime) -> tuple[int, ...]:
    """
    Warn that a claim will be accepted unless it is decided; each step once (CMP-8.4.1-e).

    Steps that a stopped timer missed are made up for by one message. Returns the days that were warned of.
    """
    claim = moving.lock(claim_id)
    programme = programme_on(day_of(at), code=claim.claimant.programme.code)
    if claim.decision_due_on is None:
        return ()
    left = (claim.decision_due_on - day_of(at)).days
    steps = tuple(
        days
        for days in programme.warnings_before_days
        if left <= days and once(f"claim:{claim.pk}", WARNING, step=str(days), at=at)
    )
    if steps:
        moving.write(claim, "warn_of_lapse", by=None, at=at, reason=str(left))
        title = _("it will be accepted in the claimed amount in {days} days unless it is decided")
        alerting.alert(claim, title, at=at, key=f"{WARNING}:{min(steps)}", days=left + 1)
    return steps


@command("claim.deem_accepted")
def deem_accepted(*, claim_id: int, at: datetime) -> Decision | None:
    """
    Accept a claim that was not decided in time, in the amount claimed, within the track's cap (CMP-8.4.1-c).

    It is a determination like any other: a letter, the duty to pay, an audit entry. A clock that moved meanwhile is
    written down instead, and nothing else happens.
    """
    claim, today = moving.lock(claim_id), day_of(at)
    programme = programme_on(today, code=claim.claimant.programme.code)
    clock = clocking.clock_of(claim)
    since = clock.deemed_accepted_on(programme) if clock is not None else None
    if since is None or since > today:
        clocking.recompute(claim, programme, today)
        return None
    if not once(f"claim:{claim.pk}", DEEMED, at=at):
        return None
    amount = _within_cap(claim, programme)
    columns: dict[str, Any] = {**deciding.determined(claim, amount, at), "pay_by_on": clocks.pay_by(since, programme)}
    facts = {Guard.CLOCK_EXPIRED: True}
    moving.move(claim, ClaimState.DEEMED_ACCEPTED, actor=Actor.SYSTEM, by=None, at=at, facts=facts, **columns)
    return deciding.write(claim, kind=DecisionKind.DEEMED, outcome=ClaimState.DEEMED_ACCEPTED, amount=amount, at=at)


@command("claim.close_window")
def close_window(*, claim_id: int, at: datetime) -> None:
    """Tell, once, whoever has a draft that the time to file is over, and that more may be permitted (CMP-8.1.2-b)."""
    claim = moving.lock(claim_id)
    if claim.state == ClaimState.DRAFT.value and once(f"claim:{claim.pk}", WINDOW, at=at):
        notices.serve(claim, NoticeKind.OTHER, _("the time for filing is over; ask for a separate permission"), at=at)
        record("claim.close_window", by=None, at=at, target=claim)


@command("claim.alert_late_payment")
def alert_late_payment(*, claim_id: int, at: datetime) -> None:
    """Say once of each determination that its 14 days are over and it is not paid (CMP-8.4.3-f)."""
    claim = moving.lock(claim_id)
    decision = claim.decisions.order_by("version").last()
    if decision is not None and once(f"decision:{decision.pk}", LATE, at=at):
        moving.write(claim, "payment_late", by=None, at=at)
        alerting.alert(claim, _("its payment is late"), at=at, key=f"{LATE}:{decision.pk}")


@command("claim.close_rejected")
def close_rejected(*, claim_id: int, at: datetime) -> Claim:
    """
    Close a rejected claim on which no review is open and whose time for one has passed (CMP-8.7-c).

    :raises Refused: GEN_BAD_TRANSITION while it can still be reviewed
    """
    claim = moving.lock(claim_id)
    facts = {Guard.NOTHING_OPEN: falling_due.to_close_rejected(day_of(at)).filter(pk=claim.pk).exists()}
    moving.move(claim, ClaimState.CLOSED, actor=Actor.SYSTEM, by=None, at=at, facts=facts)
    return claim


def _within_cap(claim: Claim, programme: Programme) -> Decimal:
    """The claimed amount, within the cap of its track; in red only growing fields have one (CMP-7.2-a)."""
    claimed = claim.claimed_amount or Decimal(0)
    if claim.track != Track.RED.value:
        return caps.bounded(claimed, Track(claim.track), programme)
    try:
        inputs = {**claimants_inputs(claim), "manager_determined": str(claimed)}
        assessment = engine.assess(Track.RED.value.lower(), inputs, programme)
    except InvalidInput:  # a sheet that cannot be read does not take the acceptance away
        return claimed
    return claimed if assessment.outcome is Outcome.REFUSED else min(claimed, assessment.amount)
