"""Seal new events into the chain."""

import time
from datetime import datetime
from typing import Final

import structlog
from django.db import connection, transaction

from ..models import AuditLink
from ..rules.chain import GENESIS, link_hash
from ..selectors.chain import ROW_HASH

log = structlog.get_logger()

BATCH: Final = 10_000
PATIENCE_SECONDS: Final = 2.0
_ALONE: Final = 0x5EA1_A0D1  # the advisory lock of the one worker that seals

_ALLOCATED = "SELECT last_value, is_called FROM audit_auditevent_id_seq"
_WRITERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE relation = 'audit_auditevent'::regclass AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
"""
_UNSEALED = f"""
    SELECT event.id, {ROW_HASH} FROM audit_auditevent AS event
    WHERE event.id > %s AND event.id <= %s ORDER BY event.id LIMIT {BATCH}
"""  # noqa: S608 - put together from constants


def seal(*, at: datetime) -> int:
    """
    Seal every event that is settled, in the order of ids, and return how many; 0 when another worker is at it.

    Ids are given out before transactions commit, so a lower id may become visible after a higher one. An insert
    locks the table before it takes its id. So we note the last id given out and the transactions that hold that
    lock, and wait until these are over: then nothing up to that id can appear any more. No writer ever waits for
    us; when one is slow, its rows and those after them wait for the next run.
    """
    total = 0
    while True:
        with transaction.atomic():
            settled = _settled() if _alone() else None
            count = _seal_batch(settled, at=at) if settled is not None else 0
        total += count
        if count < BATCH:
            return total


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ALONE])
        return bool(cursor.fetchone()[0])


def _settled() -> int | None:
    """The highest id below which nothing can appear any more; None while a slow writer may still fill a gap."""
    with connection.cursor() as cursor:
        cursor.execute(_ALLOCATED)
        last, is_called = cursor.fetchone()
        if not is_called:
            return None
        writers, until = _writers(), time.monotonic() + PATIENCE_SECONDS
        while writers and time.monotonic() < until:
            time.sleep(0.02)
            writers &= _writers()
    return None if writers else int(last)


def _writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return {row[0] for row in cursor.fetchall()}


def _seal_batch(settled: int, *, at: datetime) -> int:
    newest = AuditLink.objects.order_by("-sequence").first()
    sealed, last, previous = (
        (newest.sequence, newest.event_id, bytes(newest.link_hash)) if newest is not None else (0, 0, GENESIS)
    )
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED, [last, settled])
        rows = cursor.fetchall()
    links = []
    for sequence, (event_id, row_hash) in enumerate(rows, start=sealed + 1):
        previous = link_hash(previous, sequence=sequence, event_id=event_id, row_hash=bytes(row_hash))
        links.append(
            AuditLink(sequence=sequence, event_id=event_id, row_hash=row_hash, link_hash=previous, sealed_at=at)
        )
    AuditLink.objects.bulk_create(links, batch_size=2000)
    if links:  # the log leaves this machine: with its last head, removing the newest rows shows too
        log.info("audit_sealed", count=len(links), head=f"{links[-1].sequence}:{previous.hex()}")
    return len(links)
