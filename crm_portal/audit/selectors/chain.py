"""
Whether the chain that seals the audit still holds.

PostgreSQL computes the hashes, since a million rows must be checked in less than a minute. The formula comes with
each question instead of being a function in the database, which whoever forges rows could forge too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from ..models import AuditLink

# Every column of an event, in the order of the model (a test compares). jsonb has one way to write a value, so the
# text is canonical; an instant is its epoch, which no session's time zone changes.
ROW_HASH = """
    sha256(convert_to(jsonb_build_array(
        event.id, extract(epoch FROM event.at), event.action, event.outcome, event.code, event.actor_id,
        event.actor_name, event.actor_roles, event.target_type, event.target_id, event.target_label,
        event.before, event.after, host(event.origin), event.request_id
    )::text, 'UTF8'))
"""
_LINK_HASH = """
    sha256(
        coalesce(lag(link.link_hash) OVER chain, decode(repeat('00', 32), 'hex'))
        || int8send(link.sequence) || int8send(link.event_id) || link.row_hash
    )
"""
_BROKEN = f"""
    SELECT sequence, event_id, fault FROM (
        SELECT link.sequence, link.event_id, CASE
            WHEN event.id IS NULL THEN 'deleted'
            WHEN link.row_hash <> {ROW_HASH} THEN 'changed'
            WHEN link.sequence <> coalesce(lag(link.sequence) OVER chain, 0) + 1 THEN 'link_missing'
            WHEN link.event_id <= lag(link.event_id) OVER chain THEN 'link_changed'
            WHEN link.link_hash <> {_LINK_HASH} THEN 'link_changed'
        END AS fault
        FROM audit_auditlink AS link LEFT JOIN audit_auditevent AS event ON event.id = link.event_id
        WINDOW chain AS (ORDER BY link.sequence)
    ) AS checked WHERE fault IS NOT NULL
    ORDER BY sequence
"""  # noqa: S608 - put together from the constants above
# The worker seals in the order of ids and leaves none out, so below the head each event must have its link.
_INSERTED = """
    SELECT event.id FROM audit_auditevent AS event
    WHERE event.id <= (SELECT max(event_id) FROM audit_auditlink)
      AND NOT EXISTS (SELECT FROM audit_auditlink AS link WHERE link.event_id = event.id)
    ORDER BY event.id
"""


class Fault(StrEnum):
    """What was found wrong with a row."""

    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"  # not in the chain though older than its head: put in later, or its link was removed
    LINK_MISSING = "link_missing"  # one or more links before this one are gone
    LINK_CHANGED = "link_changed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that is not as it was sealed."""

    event_id: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain, to be kept somewhere else: with it the removal of the newest rows shows too."""

    sequence: int
    link_hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.link_hash}"


def head() -> Head | None:
    """The newest link; None when nothing was sealed yet."""
    newest = AuditLink.objects.order_by("-sequence").first()
    return None if newest is None else Head(newest.sequence, bytes(newest.link_hash).hex())


def holds(known: Head) -> bool:
    """Whether a head that was written down earlier is still in the chain."""
    link = AuditLink.objects.filter(sequence=known.sequence).first()
    return link is not None and bytes(link.link_hash).hex() == known.link_hash


def findings() -> Iterator[Finding]:
    """Check the whole chain on the server and stream what is wrong: broken links first, then what has no link."""
    for _, event_id, fault in _stream(_BROKEN):
        yield Finding(event_id, Fault(fault))
    for (event_id,) in _stream(_INSERTED):
        yield Finding(event_id, Fault.INSERTED)


def _stream(sql: str) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:  # it stays on the server
        cursor.execute(sql)
        while rows := cursor.fetchmany(1000):
            yield from rows
