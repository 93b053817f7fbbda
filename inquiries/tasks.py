"""What happens to inquiries by itself (section 7)."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from crm_portal.worktime.services.sweeping import SweepResult, sweep, timer

from .models import Inquiry
from .selectors.following_up import missed_days, not_told
from .selectors.moments import Moment
from .services import adding_up, closing, computerised, exporting, following_up, refreshing, triage

MORNING = time(7)  # in Jerusalem; the lists are there when the office opens


@timer("close_unanswered_waiting", every=timedelta(hours=1))
def close_unanswered_waiting(at: datetime) -> SweepResult:
    """Close what waited three months for its customer; a run that was missed is caught up (CRM-5.2.11-b)."""
    return sweep(
        Inquiry.objects.auto_close_due,
        lambda inquiry, at: closing.close_unanswered_waiting(inquiry_id=inquiry.pk, at=at),
        at=at,
    )


@timer("train_triage", every=timedelta(days=1))
def train_triage(at: datetime) -> SweepResult:
    """Let the classifier learn from the verdicts given since its last version (CRM-5.1.1-e)."""
    return SweepResult(done=int(triage.train(at=at) is not None))


@timer("refresh_sla_cache", every=timedelta(hours=1))
def refresh_sla_cache(at: datetime) -> SweepResult:
    """Work out anew when each target runs out, as after a change of the calendar (CRM-2.1.7-e)."""
    return SweepResult(done=refreshing.refresh_sla_cache(at=at))


@timer("send_daily_follow_up", every=timedelta(minutes=30))
def send_daily_follow_up(at: datetime) -> SweepResult:
    """Send the list of each working morning, once to each reader; keep the days that were missed (CRM-3.4-g)."""
    now = Moment.of(at)
    for day in missed_days(now):
        following_up.open_day(day=day, at=at, is_sent=False)
    if timezone.localtime(at).time() < MORNING or not now.authority.is_business_day(now.today):
        return SweepResult()
    following_up.open_day(day=now.today, at=at, is_sent=True)
    return sweep(
        lambda _at: not_told(now.today),
        lambda reader, at: following_up.send_list(user_id=reader.pk, at=at),
        at=at,
    )


@timer("push_computerised_file", every=timedelta(minutes=1))
def push_computerised_file(at: datetime) -> SweepResult:
    """Write what is due to the computerised file of real estate (CRM-6.6-j)."""
    return computerised.push_due(at=at)


@timer("refresh_report_figures", every=timedelta(minutes=10))
def refresh_report_figures(at: datetime) -> SweepResult:
    """Bring the figures of the reports up to date; what was missed is caught up (CRM-3.1-d)."""
    return SweepResult(done=adding_up.refresh_report_figures(at=at))


@timer("rebuild_sla_cache", every=timedelta(minutes=1))
def rebuild_sla_cache(at: datetime) -> SweepResult:
    """After a day of the calendar was declared or withdrawn, work the cached times out anew (CRM-2.1.7-e)."""
    return SweepResult(done=adding_up.rebuild_sla_cache(at=at))


@timer("write_report_exports", every=timedelta(seconds=5))
def write_report_exports(at: datetime) -> SweepResult:
    """Write the long exports that wait, one after the other."""
    result = SweepResult()
    while (written := exporting.write_next(at=at)) is not None:
        result += SweepResult(done=int(written), failed=int(not written))
    return result


@timer("sweep_report_exports", every=timedelta(hours=6))
def sweep_report_exports(at: datetime) -> SweepResult:
    """Delete the exports of some days ago."""
    return SweepResult(done=exporting.sweep_exports(at=at))
