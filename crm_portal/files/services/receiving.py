"""Take an upload into quarantine, or refuse it at once."""

import hashlib
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy

from crm_portal.audit.services.recording import command, record
from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.errors import Code, Refused, refuse

from .. import labels
from ..models import StoredFile
from ..rules.failures import Failure
from ..rules.kinds import EXTENSIONS, HEAD, extension_of, is_what_it_says
from ..rules.names import safe_name
from ..storages import quarantine

if TYPE_CHECKING:
    from crm_portal.people.models import User


@command("file.receive")
def receive(*, upload: UploadedFile, by: "User | None", at: datetime) -> StoredFile:
    """
    Store the upload where nobody can open it; it waits there for its sanitisation.

    The blob is written before the row is committed. If the row is rolled back, `sweeping` removes the blob.

    :raises Refused: FILE_REJECTED at the field `files`: no name, empty, too large, of a type that is not accepted, or
        not what its extension says
    """
    name = safe_name(upload.name or "")
    _refuse_at_once(upload, name)
    digest, size = hashlib.sha256(), 0
    for chunk in upload.chunks():
        digest.update(chunk)
        size += len(chunk)
    upload.seek(0)
    stored = StoredFile(name=name, size=size, sha256=digest.hexdigest(), uploaded_by=by, uploaded_at=at)
    stored.original = quarantine().save(place_of(stored.pk, at), upload)
    stored.save(force_insert=True)
    record("file.receive", by=by, at=at, target=stored, after={"size": size, "sha256": stored.sha256})
    return stored


def place_of(pk: uuid.UUID, at: datetime) -> str:
    """The storage name of an original: a folder for each day, so that leftovers are found without a full listing."""
    return f"{at:%Y/%m/%d}/{pk.hex}"


def _refuse_at_once(upload: UploadedFile, name: str) -> None:
    kind = EXTENSIONS.get(extension_of(name))
    if not name:
        raise _rejected(upload.name or "", Failure.UNNAMED)
    if not upload.size:
        raise _rejected(name, Failure.EMPTY)
    if upload.size > configured(options.FILE_MAX_MB) * 1024 * 1024:
        raise _rejected(name, Failure.TOO_LARGE)
    if kind is None or extension_of(name) not in configured(options.FILE_TYPES):
        raise _rejected(name, Failure.NOT_ALLOWED)
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    if not is_what_it_says(kind, head):
        raise _rejected(name, Failure.MISMATCH)


def _rejected(name: str, failure: Failure) -> Refused:
    types = ", ".join(configured(options.FILE_TYPES))
    reason = format_lazy(cast("str", labels.FAILURE[failure]), limit=configured(options.FILE_MAX_MB), types=types)
    return refuse(Code.FILE_REJECTED, "files", clause="5.2.11", name=name, reason=reason, failure=failure.value)
