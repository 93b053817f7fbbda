"""How originals are chained: each link is a hash over the one before it and over its own row (CRD-74-a)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

GENESIS = bytes(32)  # what stands before the first link
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What of an original is sealed: all of it. PostgreSQL computes the same hash (`selectors.chains`)."""

    licensee_id: int
    sequence: int
    row_id: int
    batch_id: UUID
    source_id: int
    record_id: int
    kind: str
    event: str
    as_of: date | None
    made_available_on: date
    received_at: datetime
    retain_until: date
    content: bytes


def row_hash(one: Sealed) -> bytes:
    """SHA-256 of the fields, in this order and each followed by a bar, and of the content."""
    fields = (
        one.licensee_id, one.sequence, one.row_id, one.batch_id, one.source_id, one.record_id, one.kind, one.event,
        one.as_of or "", one.made_available_on, (one.received_at - _EPOCH) // _MICROSECOND, one.retain_until,
    )  # fmt: skip
    return sha256("".join(f"{field}|" for field in fields).encode() + one.content).digest()


def link_hash(previous: bytes, row: bytes) -> bytes:
    """Chain a row's hash to the link before it."""
    return sha256(previous + row).digest()
