"""
Read the batches that wait, chunk by chunk (CRD-0-h).

A chunk, the statuses of its rows and the counters of its batch are one transaction: a worker that is killed leaves
whole chunks behind, and the next one goes on after the last of them. Two workers on one batch cannot double a row:
each chunk begins where the counter stands, or its worker gives up.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

import structlog
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from crm_portal.audit.services.recording import record
from crm_portal.worktime.selectors import calendar

from ..models import IntakeBatch, Licensee
from ..rules import deadlines
from ..rules.codes import AuthorisedSourceKind, LicenceStatus, RecordKind, RowStatus, SourceType
from ..rules.directives import Supply as Supplied
from ..rules.directives import directive_for
from ..rules.intake import BatchStatus, Unreadable
from ..rules.schemas import Supply
from ..selectors.batch_files import Raw, UnreadableFile, rows_of
from ..selectors.directives import directives
from ..selectors.parameters import parameters_on
from . import supplies
from .chunks import Chunk

ROWS = 1_000  # in one transaction
SILENT_FOR = timedelta(minutes=5)  # then its worker is taken for lost, and another goes on
log = structlog.get_logger()


class Lost(Exception):  # noqa: N818 - what happened
    """Another worker reads this batch, or its licensee may collect no longer."""


def read_next(*, at: datetime) -> bool | None:
    """Read one batch that waits; None when there is none, False when the work stopped half-way."""
    batch = _claim(at)
    if batch is None:
        return None
    try:
        read(batch, at=at)
    except Exception:
        log.exception("batch_failed", batch=str(batch.pk))
        return False
    return True


def read(batch: IntakeBatch, *, at: datetime) -> None:
    """
    Read a batch from where it stands to its end.

    :raises Lost: when another worker overtook this one
    """
    supply = _supply_of(batch)
    try:
        for start, rows in _chunks(batch):
            _take(batch, supply, start, rows, at)
    except UnreadableFile as found:
        _finish(batch, BatchStatus.UNREADABLE, at, found.because)
    else:
        _finish(batch, BatchStatus.DONE, at)


def _chunks(batch: IntakeBatch) -> Iterator[tuple[int, list[tuple[int, Raw]]]]:
    """The rows that are still to be taken in, numbered from 1, with the count of those before."""
    numbered = enumerate(rows_of(batch), start=1)
    start = batch.rows_read
    rest = islice(numbered, start, None)
    while rows := list(islice(rest, ROWS)):
        yield start, rows
        start += len(rows)


@transaction.atomic
def _take(batch: IntakeBatch, supply: Supply, start: int, rows: list[tuple[int, Raw]], at: datetime) -> None:
    licensee = Licensee.objects.select_for_update(no_key=True).get(pk=batch.licensee_id)
    locked = _own(batch).select_for_update(of=("self",), no_key=True).get()
    licence = licensee.licence
    if locked.rows_read != start or locked.is_finished:
        raise Lost(f"{batch.pk} stands at {locked.rows_read}, not {start}.")
    if licence is None or licence.status != LicenceStatus.GRANTED:  # collection stops at once (CRD-81-b)
        raise Lost(f"{licensee.pk} may not collect.")
    counts = Chunk(locked, supply, rows, at=at).take()
    _own(batch).update(
        rows_read=start + len(rows),
        accepted=models.F("accepted") + counts[RowStatus.ACCEPTED],
        rejected=models.F("rejected") + counts[RowStatus.REJECTED],
        needs_review=models.F("needs_review") + counts[RowStatus.NEEDS_REVIEW],
        duplicate=models.F("duplicate") + counts[RowStatus.DUPLICATE],
        beat_at=Now(),
    )


@transaction.atomic
def _finish(batch: IntakeBatch, status: BatchStatus, at: datetime, because: Unreadable | None = None) -> None:
    locked = _own(batch).select_for_update(of=("self",), no_key=True).select_related("source").get()
    if locked.is_finished:
        raise Lost(f"{batch.pk} was finished by another worker.")
    locked.status, locked.finished_at, locked.unreadable_because = status.value, at, because or ""
    locked.save(update_fields=["status", "finished_at", "unreadable_because"])
    counters = {
        name: getattr(locked, name) for name in ("rows_read", "accepted", "rejected", "needs_review", "duplicate")
    }
    record("batch.read", by=None, at=at, target=locked, after={"status": locked.status, **counters})
    if status is BatchStatus.DONE:
        supplies.came(batch=locked, at=at)


@transaction.atomic
def _claim(at: datetime) -> IntakeBatch | None:
    """Take the batch that waits longest, or one whose worker fell silent."""
    lost = Q(status=BatchStatus.READING.value, beat_at__lt=Now() - SILENT_FOR)
    due = IntakeBatch.objects.of_every_licensee().filter(
        Q(status=BatchStatus.RECEIVED.value, received_at__lte=at) | lost,
        licensee__licences__status=LicenceStatus.GRANTED.value,
    )
    batch = due.select_for_update(skip_locked=True, of=("self",), no_key=True).order_by("received_at", "pk").first()
    if batch is not None:
        _own(batch).update(status=BatchStatus.READING.value, beat_at=Now())
    return batch


def _supply_of(batch: IntakeBatch) -> Supply:
    """What every row of a batch stands in, with the lag that holds on the day it was made available (CRD-86-a)."""
    source, kind = batch.source, RecordKind(batch.kind)
    source_type = SourceType(source.type)
    directive = directive_for(
        directives(),
        Supplied(source_type, kind, licensee_id=batch.licensee_id, source_id=source.pk),
        batch.made_available_on,
    )
    oldest = None
    if directive is not None and directive.max_lag_bd is not None:
        oldest = deadlines.oldest_as_of(batch.made_available_on, directive.max_lag_bd, calendar(source.calendar))
    return Supply(
        source_type=source_type,
        made_available_on=batch.made_available_on,
        as_of=batch.as_of,
        oldest_as_of=oldest,
        parameters=parameters_on(batch.made_available_on),
        authorised_kind=AuthorisedSourceKind(source.authorised_kind) if source.authorised_kind else None,
    )


def _own(batch: IntakeBatch) -> "models.QuerySet[IntakeBatch]":
    return IntakeBatch.objects.for_licensee(batch.licensee_id).filter(pk=batch.pk)
