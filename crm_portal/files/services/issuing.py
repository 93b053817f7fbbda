"""Keep a document that the authority itself made: nobody uploaded it, so there is nothing to clean."""

import hashlib
import uuid
from datetime import datetime

from django.core.files.base import ContentFile

from ..models import StoredFile
from ..rules.kinds import Kind
from ..rules.states import SanitisationState
from ..storages import clean
from .receiving import place_of


def issue(*, name: str, content: bytes, at: datetime, kind: Kind = Kind.PDF) -> StoredFile:
    """
    Store a document as a clean file, in the transaction of what it belongs to.

    The blob is written before the row is committed. If the row is rolled back, `sweeping` removes the blob.
    """
    stored = StoredFile(
        pk=uuid.uuid4(),
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content_type=kind.value,
        state=SanitisationState.CLEAN.value,
        clean_size=len(content),
        uploaded_at=at,
        settled_at=at,
    )
    stored.clean_copy = clean().save(place_of(stored.pk, at), ContentFile(content))
    stored.save(force_insert=True)
    return stored
