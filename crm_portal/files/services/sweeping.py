"""Clear away what interrupted work left behind: blobs whose row was rolled back, and folders of killed checks."""

import posixpath
import shutil
import tempfile
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.core.files.storage import Storage

from crm_portal.worktime.services.sweeping import SweepResult

from ..models import StoredFile
from ..sanitising.sandbox import WORKPLACE
from ..storages import clean, quarantine

LOOK_BACK = 3  # days
LEAVE_ALONE = timedelta(hours=6)  # a transaction that is still open may commit its row


def sweep_orphans(*, at: datetime) -> SweepResult:
    """Delete blobs of the last days that no row names and that are too old to belong to an open transaction."""
    result = SweepResult()
    for day in (at - timedelta(days=back) for back in range(LOOK_BACK + 1)):
        for storage in (quarantine(), clean()):
            result += SweepResult(done=_sweep_folder(storage, f"{day:%Y/%m/%d}", at))
    return result


def sweep_workplaces(*, at: datetime) -> SweepResult:
    """Delete the folders in which a check was killed: a customer's file must not lie about."""
    found = [path for path in Path(tempfile.gettempdir()).glob(f"{WORKPLACE}*") if path.is_dir()]
    old = [path for path in found if _is_left(datetime.fromtimestamp(path.stat().st_mtime, UTC), at)]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)  # another user's folder is not ours to clear
    return SweepResult(done=len(old))


def _sweep_folder(storage: Storage, folder: str, at: datetime) -> int:
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return 0
    ours = {name for name in names if len(name) == 32}
    known = StoredFile.objects.filter(pk__in=[uuid.UUID(hex=name) for name in ours]).values_list("pk", flat=True)
    orphans = [posixpath.join(folder, name) for name in ours - {pk.hex for pk in known}]
    old = [path for path in orphans if _is_left(storage.get_modified_time(path), at)]
    for path in old:
        storage.delete(path)
    return len(old)


def _is_left(modified: datetime, at: datetime) -> bool:
    """Whether nobody works on it any more; a run for a later day must not take what is under check now for old."""
    return modified < min(at, datetime.now(UTC)) - LEAVE_ALONE  # the stamp is by the machine's clock
