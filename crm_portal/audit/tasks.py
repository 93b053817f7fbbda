"""What the audit does by itself."""

from datetime import datetime, timedelta

from crm_portal.worktime.services.sweeping import SweepResult, timer

from .services import sealing


@timer("seal_audit", every=timedelta(minutes=1))
def seal_audit(at: datetime) -> SweepResult:
    """Seal the new events into the chain."""
    return SweepResult(done=sealing.seal(at=at))
