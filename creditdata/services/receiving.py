"""Receive a batch: keep its bytes encrypted, once for each supply, and leave it to a worker to read (CRD-0-g, 0-i)."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db.models import Q

from crm_portal.audit.services.recording import command, record
from crm_portal.ciphers import encrypt_stream
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.files.rules.names import safe_name
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import IntakeBatch, Licensee, SourceAgreement, SourceOrganisation
from ..models.intake import BATCH
from ..rules.codes import LicenceStatus, RecordKind, SourceType
from ..rules.directives import IN_FORCE_FROM
from ..rules.intake import BatchFormat
from ..rules.kinds import KINDS
from ..rules.reasons import Reason
from ..selectors.batch_files import intake_storage
from ..selectors.suppliers import may_send

MOST_BYTES = 256 * 1024 * 1024
_IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Supply:
    """What a sender states of a batch (CRD-0-b)."""

    kind: RecordKind
    made_available_on: date
    as_of: date | None = None
    declared_rows: int | None = None
    file_name: str = ""
    idempotency_key: str = ""


@command("batch.receive")
def receive(
    *, licensee_id: int, source_id: int, supply: Supply, content: Iterable[bytes], form: BatchFormat | None = None,
    by: User, at: datetime,
) -> IntakeBatch:  # fmt: skip
    """
    Keep a batch. The same supply, or another under the same key, gives the batch that there is already (CRD-0-i).

    The same supply is that of the same source, licensee, kind and dates with the same bytes: a header alone, "nothing
    new", is the same file every week and yet each time another supply.

    :raises Refused: OUT_OF_SCOPE for a sender of another licensee or source; KIND_NOT_OF_SOURCE; LICENSEE_CEASED;
        DATE_IN_FUTURE, AS_OF_IN_FUTURE at the dates; INVALID_VALUE over the limit of size
    """
    licensee, source = _parties(licensee_id, source_id, by=by, at=at)
    refuse_if(_wrong(supply, source, day_of(at)))
    known = IntakeBatch.objects.for_licensee(licensee).filter(source=source)
    if supply.idempotency_key and (first := known.filter(idempotency_key=supply.idempotency_key).first()):
        return first
    batch = IntakeBatch(
        licensee=licensee, source=source, kind=supply.kind.value, as_of=supply.as_of,
        made_available_on=supply.made_available_on, declared_rows=supply.declared_rows,
        file_name=safe_name(supply.file_name), idempotency_key=supply.idempotency_key, sent_by=by, received_at=at,
    )  # fmt: skip
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as ciphertext:
        stored = _Counted(content)
        for piece in encrypt_stream(stored, BATCH):
            ciphertext.write(piece)
        if stored.size > MOST_BYTES:
            raise refuse(Code.INVALID_VALUE, "file", clause="CRD-0-g", because="batch_too_large")
        batch.size, batch.sha256 = stored.size, stored.digest.hexdigest()
        dates = {"as_of": batch.as_of, "made_available_on": batch.made_available_on}
        if first := known.filter(kind=batch.kind, sha256=batch.sha256, **dates).first():
            return first
        batch.format = (form or (BatchFormat.XLSX if stored.head.startswith(b"PK") else BatchFormat.CSV)).value
        ciphertext.seek(0)
        batch.file = intake_storage().save(f"{at:%Y/%m/%d}/{batch.pk.hex}", File(ciphertext))
    batch.save(force_insert=True)
    what = {"kind": batch.kind, "source": source.code, "sha256": batch.sha256, "size": batch.size}
    record("batch.receive", by=by, at=at, target=batch, after=what)
    return batch


def _parties(licensee_id: int, source_id: int, *, by: User, at: datetime) -> tuple[Licensee, SourceOrganisation]:
    """Who receives from whom, under an agreement in force, which is locked: the same supply twice at once is one."""
    today = day_of(at)
    agreement = (
        SourceAgreement.objects.for_licensee(licensee_id)
        .filter(Q(until_on__isnull=True) | Q(until_on__gte=today), source=source_id, from_on__lte=today)
        .select_for_update(of=("self",), no_key=True)
        .select_related("licensee", "source")
        .first()
    )
    if agreement is None or not may_send(by, agreement.licensee, agreement.source):
        raise refuse(Code.OUT_OF_SCOPE, "source", clause="CRD-0-k")
    licence = agreement.licensee.licence
    if licence is None or licence.status != LicenceStatus.GRANTED:
        raise refuse(Reason.LICENSEE_CEASED, clause="CRD-81-b")
    return agreement.licensee, agreement.source


def _wrong(supply: Supply, source: SourceOrganisation, today: date) -> Iterator[Refusal]:
    if SourceType(source.type) not in KINDS[supply.kind].sources:
        yield Refusal(Reason.KIND_NOT_OF_SOURCE, ("kind",), clause="CRD-0-k")
    if supply.made_available_on < IN_FORCE_FROM:
        yield Refusal(Code.INVALID_VALUE, ("made_available_on",), clause="CRD-0-b")
    if supply.made_available_on > today:
        yield Refusal(Reason.DATE_IN_FUTURE, ("made_available_on",), clause="CRD-0-b")
    if supply.as_of is not None and supply.as_of > supply.made_available_on:
        yield Refusal(Reason.AS_OF_IN_FUTURE, ("as_of",), clause="CRD-0-c")


class _Counted:
    """The pieces of a file, measured as they pass."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.size, self.head, self.digest = 0, b"", hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.head = self.head or piece[:4]
            self.size += len(piece)
            self.digest.update(piece)
            if self.size > MOST_BYTES:
                return
            yield piece
