"""What happens to inquiries by itself (section 7)."""

from datetime import datetime, timedelta

from crm_portal.worktime.services.sweeping import SweepResult, sweep, timer

from .models import Inquiry
from .services import closing, refreshing


@timer("close_unanswered_waiting", every=timedelta(hours=1))
def close_unanswered_waiting(at: datetime) -> SweepResult:
    """Close what waited three months for its customer; a run that was missed is caught up (CRM-5.2.11-b)."""
    return sweep(
        Inquiry.objects.auto_close_due,
        lambda inquiry, at: closing.close_unanswered_waiting(inquiry_id=inquiry.pk, at=at),
        at=at,
    )


@timer("refresh_sla_cache", every=timedelta(hours=1))
def refresh_sla_cache(at: datetime) -> SweepResult:
    """Work out anew when each target runs out, as after a change of the calendar (CRM-2.1.7-e)."""
    return SweepResult(done=refreshing.refresh_sla_cache(at=at))
