"""What routing does by itself."""

from datetime import datetime, timedelta

import structlog
from django.utils import timezone

from crm_portal.worktime.services.sweeping import SweepResult, timer

from .selectors.completeness import check

log = structlog.get_logger()


@timer("check_routing", every=timedelta(days=1))
def check_routing(at: datetime) -> SweepResult:
    """List the gaps of the routing tables in the log, and count them as failed (CRM-7-r)."""
    result = check(timezone.localdate(at))
    for gap in result.gaps:
        log.error("routing_gap", kind=gap.kind, triplet=gap.triplet, unit=gap.unit, cause=gap.cause)
    return SweepResult(done=result.triplets, failed=len(result.gaps))
