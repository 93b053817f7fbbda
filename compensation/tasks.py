"""What happens to claims by itself (section 9); beside it stands `falling_due`, which says what is due."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet

from crm_portal.worktime.rules.periods import day_of
from crm_portal.worktime.services.sweeping import SweepResult, sweep, timer

from .models import Programme
from .rules import clocks
from .rules.codes import AdvanceKind
from .selectors import falling_due
from .selectors.programmes import programme_on
from .services import advance_requests, advancing, examining, lapsing, overpaying, paying, reminding

nightly = partial(timer, every=timedelta(days=1), at=time(2))
Rows = Callable[[date], QuerySet[Any]]


def _each(rows: Rows, command: Callable[..., object], name: str, at: datetime) -> SweepResult:
    """One command for each row that is due on the day, by its key."""
    return sweep(lambda at: rows(day_of(at)), lambda row, at: command(**{name: row.pk}, at=at), at=at)


@nightly("close_filing_window")
def close_filing_window(at: datetime) -> SweepResult:
    """Tell those who have a draft that the four months are over (CMP-8.1.2-b); the wizard asks the day itself."""
    return _after_the_window(falling_due.drafts_left, lapsing.close_window, "claim_id", at)


@nightly("close_advance_campaigns")
def close_advance_campaigns(at: datetime) -> SweepResult:
    """Close the form of each month whose last day is over (CMP-7.3.8-b)."""
    return _each(falling_due.campaigns_over, advance_requests.close_campaign, "campaign_id", at)


@nightly("propose_advance_60")
def propose_advance_60(at: datetime) -> SweepResult:
    """60 percent after 21 days without a decision (CMP-8.4.3-e)."""
    return _propose(AdvanceKind.DAY_21_60, at)


@nightly("propose_advance_10")
def propose_advance_10(at: datetime) -> SweepResult:
    """10 percent more after 150 days (CMP-8.4.4-b)."""
    return _propose(AdvanceKind.DAY_150_10, at)


@nightly("escalate_advance_proposals")
def escalate_advance_proposals(at: datetime) -> SweepResult:
    """Put before the managers again what they left for three days (CMP-8.4.3-c)."""
    since = day_of(at) - timedelta(days=programme_on(day_of(at)).advance_escalates_after_days)
    return _each(lambda _today: falling_due.to_escalate(since), advancing.escalate, "proposal_id", at)


@nightly("deem_claims_accepted")
def deem_claims_accepted(at: datetime) -> SweepResult:
    """Warn of claims whose time ends, and accept those whose time has ended (CMP-8.4.1-e)."""
    steps = programme_on(day_of(at)).warnings_before_days
    warned = _each(lambda today: falling_due.to_warn(today, steps), lapsing.warn, "claim_id", at)
    return warned + _each(falling_due.to_deem_accepted, lapsing.deem_accepted, "claim_id", at)


@nightly("check_payment_due")
def check_payment_due(at: datetime) -> SweepResult:
    """Say that a determination was not paid within 14 days (CMP-8.4.3-f)."""
    return _each(falling_due.paid_late, lapsing.alert_late_payment, "claim_id", at)


@nightly("deem_objections_accepted")
def deem_objections_accepted(at: datetime) -> SweepResult:
    """Accept objections that were not decided in time, extension included (CMP-9.5-b)."""
    return _each(falling_due.undecided_objections, examining.deem_accepted, "objection_id", at)


@nightly("escalate_overpayments")
def escalate_overpayments(at: datetime) -> SweepResult:
    """Hand over to be collected as tax what was not returned within 90 days (CMP-8.6.1-b)."""
    command = partial(overpaying.collect, by=None)
    return _each(falling_due.not_returned, command, "overpayment_id", at)


@nightly("flag_advances_without_claim")
def flag_advances_without_claim(at: datetime) -> SweepResult:
    """After the window, give the clerks the advances that no claim followed (CMP-7.3.6-b)."""
    return _after_the_window(falling_due.advances_without_claim, advance_requests.flag_without_claim, "request_id", at)


@nightly("close_settled_claims")
def close_settled_claims(at: datetime) -> SweepResult:
    """Close what is rejected, or paid with nothing left, once the time to object is over (CMP-8.7-c)."""
    rejected = _each(falling_due.to_close_rejected, lapsing.close_rejected, "claim_id", at)
    paid = partial(paying.close, by=None)
    return rejected + _each(falling_due.to_close_paid, paid, "claim_id", at)


def _propose(kind: AdvanceKind, at: datetime) -> SweepResult:
    command = partial(advancing.propose_by_time, kind=kind)
    return _each(partial(falling_due.to_propose, kind), command, "claim_id", at)


def _after_the_window(
    rows: Callable[..., QuerySet[Any]], command: Callable[..., object], name: str, at: datetime
) -> SweepResult:
    """The rows of each programme whose window to file has ended."""
    result, today = SweepResult(), day_of(at)
    for code in Programme.objects.values_list("code", flat=True):
        programme = programme_on(today, code=code)
        if clocks.filing_window(programme.window_opens_on, programme).has_passed(today):
            result += _each(partial(rows, programme=code), command, name, at)
    return result


@nightly("remind_employee_declarations")
def remind_employee_declarations(at: datetime) -> SweepResult:
    """Ask employees again after 3 and 7 days, and tell the employer who has not declared (CMP-3.4.2-h)."""
    return sweep(reminding.due, lambda claim, at: reminding.remind(claim_id=claim.pk, at=at), at=at)
