"""What messaging does by itself."""

from datetime import datetime, timedelta

from crm_portal.worktime.services.sweeping import SweepResult, timer

from .services import delivering


@timer("send_outbox", every=timedelta(seconds=5))
def send_outbox(at: datetime) -> SweepResult:
    """Send the messages that are due."""
    return delivering.send_due(at=at)
