"""What a chunk of rows leaves in the database, collected row by row and written at once (CRD-0-h, 74-a)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from crm_portal.ciphers import encrypt

from ..models import ConsolidatedFile, DataSubject, IntakeBatch, IntakeRow, OriginalRecord, Record, RecordEntry
from ..models.intake import ROW
from ..models.records import DETAILS, columns_of
from ..models.subjects import NUMBER
from ..rules.chain import Sealed, link_hash, row_hash
from ..rules.codes import RecordKind, RowEvent, RowStatus
from ..rules.preconditions import Fault
from ..rules.registers import EntryType
from ..selectors import chains
from .copying import copy_rows, next_ids

_SUBJECT = (
    "id", "licensee_id", "id_kind", "country", "number_encrypted", "number_hash", "last_name", "first_name",
    "created_at",
)  # fmt: skip
_ROW = ("id", "licensee_id", "batch_id", "number", "event", "status", "problems", "raw_encrypted", "subject_id")
_RECORD = (
    "id", "licensee_id", "kind", "subject_id", "source_id", "key_hash", "content_hash", "as_of", "made_available_on",
    "received_on", "retain_until", "cancelled_at",
)  # fmt: skip
_ORIGINAL = (
    "licensee_id", "sequence", "row_id", "batch_id", "source_id", "record_id", "kind", "event", "as_of",
    "made_available_on", "received_at", "retain_until", "content", "row_hash", "link_hash",
)  # fmt: skip
_ENTRY = ("id", "licensee_id", "record_id", "type", "previous_id", "row_id", "payload", "text", "reason", "at")
_FILE = ("licensee_id", "consolidation_id", "file_number")
FILES = "file_numbers"  # of a consolidation, beside its columns


@dataclass(slots=True)
class Person:
    """A subject as the licensee knows it."""

    id: int
    last_name: str
    first_name: str


@dataclass(slots=True)
class Held:
    """A record under its key, as it stands after the rows before."""

    id: int
    kind: str
    subject_id: int
    key_hash: bytes
    content_hash: bytes
    as_of: date | None
    retain_until: date
    made_available_on: date
    values: dict[str, Any]  # of its kind; of one that was there before, only what changed
    is_new: bool = False
    is_changed: bool = False
    cancelled_at: datetime | None = None


@dataclass(slots=True)
class Writing:
    """Collects what the rows of one chunk leave; `flush` writes it in the transaction that is open."""

    batch: IntakeBatch
    kind: RecordKind
    received_on: date
    size: int
    _ids: dict[type[Any], list[int]] = field(default_factory=dict)
    _subjects: list[Sequence[Any]] = field(default_factory=list)
    _rows: list[Sequence[Any]] = field(default_factory=list)
    _originals: list[tuple[int, Held, RowEvent, date | None, date, bytes]] = field(default_factory=list)
    _entries: list[tuple[Held, EntryType, int, Mapping[str, Any]]] = field(default_factory=list)
    _held: dict[int, Held] = field(default_factory=dict)

    def subject(
        self, number: str, id_kind: str, country: str, hashed: bytes, last_name: str, first_name: str
    ) -> Person:
        """A subject whom the licensee did not know."""
        new = Person(self._next(DataSubject), last_name, first_name)
        ciphertext = encrypt(number.encode(), NUMBER)
        self._subjects.append(
            (new.id, self.batch.licensee_id, id_kind, country, ciphertext, hashed, last_name, first_name,
             self.batch.received_at)
        )  # fmt: skip
        return new

    def row(
        self, number: int, raw: str, event: RowEvent, status: RowStatus,
        problems: Sequence[Fault] = (), subject_id: int | None = None,
    ) -> tuple[int, bytes]:  # fmt: skip
        """One row with its status; gives its key and its ciphertext."""
        pk, ciphertext = self._next(IntakeRow), encrypt(raw.encode(), ROW)
        codes = [[name, code.value] for name, code in problems]
        self._rows.append(
            (pk, self.batch.licensee_id, self.batch.pk, number, event.value, status.value, codes, ciphertext,
             subject_id)
        )  # fmt: skip
        return pk, ciphertext

    def record(
        self, *, subject_id: int, key_hash: bytes, content_hash: bytes, as_of: date | None, retain_until: date,
        values: dict[str, Any],
    ) -> Held:  # fmt: skip
        """A record that was not held."""
        return Held(
            id=self._next(Record), kind=self.kind.value, subject_id=subject_id, key_hash=key_hash,
            content_hash=content_hash, as_of=as_of, retain_until=retain_until,
            made_available_on=self.batch.made_available_on, values=values, is_new=True,
        )  # fmt: skip

    def original(
        self, row_id: int, content: bytes, held: Held, event: RowEvent, as_of: date | None, retain_until: date
    ) -> None:
        """An accepted row as it came, for good."""
        self._originals.append((row_id, held, event, as_of, retain_until, content))
        self._held[held.id] = held

    def entry(self, held: Held, what: EntryType, row_id: int, payload: Mapping[str, Any]) -> None:
        """What a row did to a record that was there."""
        self._entries.append((held, what, row_id, payload))
        self._held[held.id] = held

    def flush(self, at: datetime) -> None:
        """Write everything, what others refer to first."""
        copy_rows(DataSubject, _SUBJECT, self._subjects)
        copy_rows(IntakeRow, _ROW, self._rows)
        self._flush_records()
        self._flush_originals()
        self._flush_entries(at)

    def _flush_records(self) -> None:
        new = [held for held in self._held.values() if held.is_new]
        licensee, kind = self.batch.licensee_id, self.kind.value
        copy_rows(
            Record,
            _RECORD,
            (
                (held.id, licensee, kind, held.subject_id, self.batch.source_id, held.key_hash, held.content_hash,
                 held.as_of, held.made_available_on, self.received_on, held.retain_until, held.cancelled_at)
                for held in new
            ),
        )  # fmt: skip
        columns = columns_of(self.kind)
        copy_rows(
            DETAILS[self.kind],
            ("record_id", "licensee_id", *columns),
            ((held.id, licensee, *(held.values[name] for name in columns)) for held in new),
        )
        changed = [held for held in self._held.values() if held.is_changed and not held.is_new]
        for held in changed:
            own = {name: value for name, value in held.values.items() if name != FILES}
            DETAILS[self.kind].objects.for_licensee(licensee).filter(pk=held.id).update(**own)
            if FILES in held.values:
                ConsolidatedFile.objects.for_licensee(licensee).filter(consolidation=held.id).delete()
        copy_rows(
            ConsolidatedFile,
            _FILE,
            ((licensee, held.id, number) for held in [*new, *changed] for number in held.values.get(FILES, ())),
        )
        self._update([held for held in self._held.values() if not held.is_new])

    def _update(self, there: list[Held]) -> None:
        """Bring the records that were there up to what the rows said, all in one statement."""
        if not there:
            return
        received = [self.received_on if held.is_changed else None for held in there]
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE creditdata_record AS record SET
                    content_hash = said.content_hash, as_of = said.as_of, retain_until = said.retain_until,
                    made_available_on = said.made_available_on, cancelled_at = said.cancelled_at,
                    received_on = coalesce(said.received_on, record.received_on)
                FROM unnest(%s::bigint[], %s::bytea[], %s::date[], %s::date[], %s::date[], %s::timestamptz[],
                            %s::date[]) AS said
                    (id, content_hash, as_of, retain_until, made_available_on, cancelled_at, received_on)
                WHERE record.id = said.id
                """,
                [
                    [held.id for held in there],
                    [held.content_hash for held in there],
                    [held.as_of for held in there],
                    [held.retain_until for held in there],
                    [held.made_available_on for held in there],
                    [held.cancelled_at for held in there],
                    received,
                ],
            )

    def _flush_originals(self) -> None:
        batch, lines = self.batch, []
        sequence, link = chains.head(batch.licensee_id) if self._originals else (0, b"")
        for row_id, held, event, as_of, retain_until, content in self._originals:
            sequence += 1
            sealed = Sealed(
                batch.licensee_id, sequence, row_id, batch.pk, batch.source_id, held.id, self.kind.value, event.value,
                as_of, batch.made_available_on, batch.received_at, retain_until, content,
            )  # fmt: skip
            own = row_hash(sealed)
            link = link_hash(link, own)
            lines.append(
                (batch.licensee_id, sequence, row_id, batch.pk, batch.source_id, held.id, self.kind.value, event.value,
                 as_of, batch.made_available_on, batch.received_at, retain_until, content, own, link)
            )  # fmt: skip
        copy_rows(OriginalRecord, _ORIGINAL, lines)

    def _flush_entries(self, at: datetime) -> None:
        there = {held.id for held, *_rest in self._entries if not held.is_new}
        last = dict(
            RecordEntry.objects.for_licensee(self.batch.licensee_id)
            .filter(record__in=there)
            .values_list("record")
            .annotate(Max("pk"))
            .order_by()
        )
        lines = []
        for held, what, row_id, payload in self._entries:
            pk = self._next(RecordEntry)
            previous, last[held.id] = last.get(held.id), pk
            lines.append((pk, self.batch.licensee_id, held.id, what.value, previous, row_id, payload, "", "", at))
        copy_rows(RecordEntry, _ENTRY, lines)

    def _next(self, model: type[Any]) -> int:
        """The next key of a table, of a block taken at once."""
        ids = self._ids.setdefault(model, [])
        if not ids:
            ids.extend(reversed(next_ids(model, self.size)))
        return ids.pop()
