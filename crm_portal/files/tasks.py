"""What files do by themselves."""

from datetime import datetime, timedelta

from crm_portal.worktime.services.sweeping import SweepResult, sweep, timer

from .models import StoredFile
from .services.settling import settle
from .services.sweeping import sweep_orphans, sweep_workplaces


@timer("scan_pending_files", every=timedelta(seconds=10))
def scan_pending_files(at: datetime) -> SweepResult:
    """Make every file that waits clean or failed."""
    return sweep(StoredFile.objects.pending_at, lambda file, at: settle(file_id=file.pk, at=at), at=at, batch=20)


@timer("sweep_orphan_files", every=timedelta(hours=6))
def sweep_orphan_files(at: datetime) -> SweepResult:
    """Delete what rolled-back uploads and killed checks left behind."""
    return sweep_orphans(at=at) + sweep_workplaces(at=at)
