"""
Take in some rows of a batch: each gets its one status, and what it does to the register is written with it.

The caller holds the lock of the licensee, so nobody else adds to its chain, its subjects or its records meanwhile.
Rows are decided one after the other, so that one may follow another in the same file; then everything is written at
once, in a number of statements that does not grow with the rows.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from crm_portal.worktime.rules.periods import day_of

from ..models import DataSubject, IntakeBatch, ReceivingOrder, Record
from ..models.records import columns_of
from ..models.subjects import number_hash
from ..rules import deadlines
from ..rules.codes import RecordKind, RowStatus
from ..rules.deciding import Effect, effect_of, status_of
from ..rules.kinds import KINDS
from ..rules.names import same_name
from ..rules.reasons import Reason
from ..rules.registers import EntryType
from ..rules.schemas import Row, Supply, content, natural_key, read_row
from ..selectors.batch_files import Raw
from ..selectors.keys import content_hash, key_hash
from .writing import FILES, Held, Person, Writing

_NAMES = ("last_name", "first_name")
_SURE = {Effect.CONFLICT: Reason.KEY_EXISTS, Effect.UNKNOWN: Reason.RECORD_UNKNOWN}


@dataclass(frozen=True, slots=True)
class Order:
    """A receiving order that an update may follow."""

    record_id: int
    subject_id: int
    order_date: date


class Chunk:
    """Some rows of one batch, taken in together."""

    def __init__(self, batch: IntakeBatch, supply: Supply, rows: Sequence[tuple[int, Raw]], *, at: datetime) -> None:
        self._batch, self._kind, self._at = batch, RecordKind(batch.kind), at
        self._orders = self._known_orders(raw for _, raw in rows)
        self._supply = self._with_orders(supply)
        self._read = [(number, raw, read_row(self._kind, raw, self._supply)) for number, raw in rows]
        self._writing = Writing(batch, self._kind, day_of(batch.received_at), len(rows))
        self._people = self._known_people()
        self._records = self._known_records()

    def take(self) -> Counter[RowStatus]:
        """Decide and write; gives how many rows got which status."""
        counts: Counter[RowStatus] = Counter()
        for number, raw, row in self._read:
            counts[self._take(number, json.dumps(raw, ensure_ascii=False), row)] += 1
        self._writing.flush(self._at)
        return counts

    def _take(self, number: int, raw: str, row: Row) -> RowStatus:
        person, faults = self._person(row), list(row.faults)
        if person is not None and not self._is_named_so(person, row):
            faults.append(("last_name", Reason.NAME_MISMATCH))
        if not faults:
            return self._decide(number, raw, row, person)
        status = status_of(code for _, code in faults)
        self._writing.row(number, raw, row.event, status, faults, person.id if person is not None else None)
        return status

    def _decide(self, number: int, raw: str, row: Row, person: Person | None) -> RowStatus:
        """What a row without faults does."""
        key = self._key(row)
        same = content_hash({**content(self._kind, row), **dict.fromkeys(_NAMES, "")})
        held = self._records.get(key)
        is_of_kind = held is not None and held.kind == self._kind
        effect = effect_of(
            row.event,
            is_known=held is not None,
            is_same=held is not None and is_of_kind and held.content_hash == same,
            is_same_subject=held is not None and is_of_kind and self._is_about(held, person, row),
        )
        if effect in _SURE:
            fault = (KINDS[self._kind].key[0], _SURE[effect])
            known = held.subject_id if held is not None else None
            self._writing.row(number, raw, row.event, RowStatus.NEEDS_REVIEW, [fault], known)
            return RowStatus.NEEDS_REVIEW
        if held is None:
            held = self._create(key, same, row, person)
        elif effect is Effect.CONFIRM:
            return self._confirm(number, raw, row, held)
        pk, ciphertext = self._writing.row(number, raw, row.event, RowStatus.ACCEPTED, (), held.subject_id)
        retain_until = self._retain_until(row)
        self._writing.original(pk, ciphertext, held, row.event, row.as_of, retain_until)
        if effect is Effect.CHANGE:
            self._change(pk, row, held, same, retain_until)
        elif effect is Effect.CANCEL:
            held.cancelled_at = self._at
            self._writing.entry(held, EntryType.CANCELLATION, pk, self._stated(row))
            del self._records[key]
        return RowStatus.ACCEPTED

    def _create(self, key: bytes, same: bytes, row: Row, person: Person | None) -> Held:
        if person is None and KINDS[self._kind].names_subject:
            person = self._new_person(row)
        subject_id = person.id if person is not None else self._order(row).subject_id
        held = self._writing.record(
            subject_id=subject_id, key_hash=key, content_hash=same, as_of=row.as_of,
            retain_until=self._retain_until(row), values=self._values(row),
        )  # fmt: skip
        self._records[key] = held
        return held

    def _confirm(self, number: int, raw: str, row: Row, held: Held) -> RowStatus:
        """The same once more: no second record, but the newest as-of is kept as an entry (CRD-0-i)."""
        pk, _ = self._writing.row(number, raw, row.event, RowStatus.DUPLICATE, (), held.subject_id)
        if row.as_of is not None and (held.as_of is None or row.as_of > held.as_of):
            held.as_of = row.as_of
            self._writing.entry(held, EntryType.CONFIRMATION, pk, self._stated(row))
        return RowStatus.DUPLICATE

    def _change(self, row_id: int, row: Row, held: Held, same: bytes, retain_until: date) -> None:
        held.values, held.content_hash, held.is_changed = self._values(row), same, True
        held.as_of = max(filter(None, (held.as_of, row.as_of)), default=None)
        held.retain_until = max(held.retain_until, retain_until)
        held.made_available_on = self._batch.made_available_on
        self._writing.entry(held, EntryType.CHANGE, row_id, {**self._stated(row), "values": _plain(held.values)})

    def _values(self, row: Row) -> dict[str, Any]:
        """The kind's own columns; a text that may be left out is empty."""
        values = {name: row.values.get(name, "") for name in columns_of(self._kind)}
        if self._kind is RecordKind.BANKRUPTCY_UPDATE:
            values["order_id"] = self._order(row).record_id
        if FILES in row.values:
            values[FILES] = row.values[FILES]
        return values

    def _stated(self, row: Row) -> dict[str, Any]:
        as_of = row.as_of.isoformat() if row.as_of is not None else None
        return {"as_of": as_of, "made_available_on": self._batch.made_available_on.isoformat()}

    def _retain_until(self, row: Row) -> date:
        """Seven years from being made available; of a court's restriction, from the decision (CRD-0-e, 24-a)."""
        decided_on = row.values.get("order_date") if self._kind is RecordKind.OCCUPATION_RESTRICTION else None
        return deadlines.kept_until(decided_on or self._batch.made_available_on)

    def _person(self, row: Row) -> Person | None:
        return self._people.get(number_hash(*row.subject)) if _names_somebody(row) else None

    def _new_person(self, row: Row) -> Person:
        kind, number, country = row.subject
        hashed = number_hash(kind, number, country)
        person = self._people[hashed] = self._writing.subject(
            number, kind.value, country, hashed, row.values["last_name"], row.values["first_name"]
        )
        return person

    def _is_named_so(self, person: Person, row: Row) -> bool:
        """A name that is not stated contradicts nothing; a cancellation may do without."""
        return all(name not in row.values or same_name(getattr(person, name), row.values[name]) for name in _NAMES)

    def _is_about(self, held: Held, person: Person | None, row: Row) -> bool:
        """Whether a row speaks of the record's subject; an update of an order names nobody."""
        return held.subject_id == person.id if person is not None else not _names_somebody(row)

    def _order(self, row: Row) -> Order:
        return self._orders[row.values["court_name"], row.values["case_number"]]

    def _with_orders(self, supply: Supply) -> Supply:
        def order_date(court: str, case: str) -> date | None:
            order = self._orders.get((court, case))
            return order.order_date if order is not None else None

        return replace(supply, order_date=order_date)

    def _key(self, row: Row) -> bytes:
        return key_hash(self._kind, natural_key(self._kind, row), self._batch.source_id)

    def _known_people(self) -> dict[bytes, Person]:
        hashes = {number_hash(*row.subject) for _, _, row in self._read if _names_somebody(row)}
        known = DataSubject.objects.for_licensee(self._batch.licensee_id).filter(number_hash__in=hashes)
        found = known.order_by().values_list("number_hash", "id", *_NAMES)
        return {bytes(hashed): Person(pk, last, first) for hashed, pk, last, first in found}

    def _known_records(self) -> dict[bytes, Held]:
        keys = {self._key(row) for _, _, row in self._read if not row.faults}
        known = Record.objects.for_licensee(self._batch.licensee_id).active().filter(key_hash__in=keys)
        found = known.order_by().values_list(
            "key_hash", "id", "kind", "subject_id", "content_hash", "as_of", "retain_until", "made_available_on"
        )
        return {
            bytes(key): Held(pk, kind, subject, bytes(key), bytes(same), as_of, retain_until, made_available_on, {})
            for key, pk, kind, subject, same, as_of, retain_until, made_available_on in found
        }

    def _known_orders(self, raws: Iterable[Raw]) -> dict[tuple[str, str], Order]:
        """The receiving orders that the chunk's updates name, by court and case number."""
        if self._kind is not RecordKind.BANKRUPTCY_UPDATE:
            return {}
        schema = KINDS[RecordKind.RECEIVING_ORDER]
        named = {}
        for raw in raws:
            try:
                court, case = (schema.fields[name].read(raw.get(name)) for name in schema.key)
            except ValueError:  # the row itself is refused for it
                continue
            named[key_hash(RecordKind.RECEIVING_ORDER, (court, case), self._batch.source_id)] = (court, case)
        orders = ReceivingOrder.objects.for_licensee(self._batch.licensee_id).filter(
            record__key_hash__in=named, record__cancelled_at__isnull=True
        )
        found = orders.values_list("record__key_hash", "record_id", "record__subject_id", "order_date")
        return {named[bytes(key)]: Order(pk, subject, day) for key, pk, subject, day in found}


def _names_somebody(row: Row) -> bool:
    return "id_kind" in row.values and "id_number" in row.values


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as an entry keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
