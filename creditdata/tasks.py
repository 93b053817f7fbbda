"""What happens in the credit-data service by itself (section 11)."""

from datetime import datetime, timedelta

from crm_portal.worktime.services.sweeping import SweepResult, sweep, timer

from .models import DualControlProposal
from .services import dual_control

QUARTER = timedelta(minutes=15)


@timer("expire_proposals", every=QUARTER)
def expire_proposals(at: datetime) -> SweepResult:
    """End the proposals that nobody decided within 24 hours (CRD-77-a)."""
    return sweep(
        DualControlProposal.objects.run_out, lambda row, at: dual_control.expire(proposal_id=row.pk, at=at), at=at
    )
