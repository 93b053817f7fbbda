"""Decide a file's fate, once: clean, with the copy that people may open, or failed, with the reason."""

import tempfile
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files import File

from crm_portal.audit.services.recording import command, record

from ..models import StoredFile
from ..rules.failures import Failure, Unclean
from ..rules.kinds import EXTENSIONS, Kind, extension_of
from ..rules.states import SanitisationState
from ..sanitising import scanner
from ..sanitising.sandbox import WORKPLACE, Killed, sanitise
from ..signals import file_settled
from ..storages import clean, quarantine

GIVE_UP_AFTER = timedelta(hours=1)  # a check that is killed again and again is killed by the file


@command("file.settle", target="file_id")
def settle(*, file_id: uuid.UUID, at: datetime, by: None = None) -> StoredFile:
    """
    Check a pending file and store its clean copy or its failure; the rooms above hear of it in the same transaction.

    A file that is settled already is left as it is. Nothing is settled while the scanner cannot be reached, or when
    the check was killed from outside: the exception leaves the file pending, and the next run starts afresh.

    :raises ScannerUnavailable: when a scanner is configured and does not answer
    :raises Killed: when the check was stopped from outside
    """
    stored = StoredFile.objects.select_for_update().get(pk=file_id)
    if stored.state != SanitisationState.PENDING.value:
        return stored
    with tempfile.TemporaryDirectory(prefix=WORKPLACE) as folder:
        original, copy = Path(folder) / "original", Path(folder) / "copy"
        try:
            _fetch(stored, original)
            scanner.scan(original)
            stored.content_type = _cleaned(stored, original, copy, at).value
        except Unclean as unclean:
            stored.state, stored.failure = SanitisationState.FAILED.value, unclean.failure.value
            found = unclean.what
        else:
            stored.state, found = SanitisationState.CLEAN.value, ""
            with copy.open("rb") as content:
                stored.clean_copy = clean().save(f"{stored.original}", File(content))
            stored.clean_size = copy.stat().st_size
    stored.settled_at = at
    stored.save(
        update_fields=["state", "failure", "content_type", "clean_copy", "clean_size", "settled_at"],
    )
    outcome = {"state": stored.state, "failure": stored.failure, "found": found, "content_type": stored.content_type}
    record("file.settle", by=by, at=at, target=stored, after=outcome)
    file_settled.send(sender=StoredFile, file=stored, at=at)
    return stored


def _fetch(stored: StoredFile, original: Path) -> None:
    try:
        with quarantine().open(stored.original) as kept, original.open("wb") as here:
            for chunk in kept.chunks():
                here.write(chunk)
    except FileNotFoundError as missing:
        raise Unclean(Failure.MISSING) from missing


def _cleaned(stored: StoredFile, original: Path, copy: Path, at: datetime) -> Kind:
    kind = EXTENSIONS[extension_of(stored.name)]
    try:
        sanitise(kind, original, copy)
    except Killed:
        if at - stored.uploaded_at < GIVE_UP_AFTER:
            raise
        raise Unclean(Failure.CRASHED, "killed") from None
    return kind
