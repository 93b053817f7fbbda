"""
Writing to the computerised file of real estate (CRM-6.6-j): once, however often it is tried.

What is to be written is a row, made in the transaction of what it tells of; a timer hands the rows to the adapter. The
key names the assessment, so that a corrected number brings everything into the right file as well.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.db.models import QuerySet

from crm_portal import registers
from crm_portal.errors import Refused
from crm_portal.files.rules.states import SanitisationState
from crm_portal.registers.adapters.computerised_file import Entry
from crm_portal.worktime.services.sweeping import SweepResult, sweep
from routing.rules.codes import TaxSystemCode

from ..models import Attachment, ComputerisedFileEntry, Inquiry, Message
from ..rules.fields import NOT_EXISTING, is_filled

log = structlog.get_logger()
FIELDS = ("assessment_number", "tax_type", "area")
# The last wait repeats: an entry is never given up.
WAITS = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4), timedelta(hours=24),
)  # fmt: skip


def enqueue(inquiry: Inquiry, at: datetime) -> None:
    """Make a row for whatever of a locked inquiry is not to be written yet; nothing before its fields are filled."""
    if not _has_a_file(inquiry):
        return
    unwritten = ComputerisedFileEntry.objects.filter(inquiry=inquiry, written_at=None)
    unwritten.exclude(content__assessment_number=inquiry.assessment_number).delete()  # the number was corrected
    known = set(ComputerisedFileEntry.objects.filter(inquiry=inquiry).values_list("key", flat=True))
    base = f"inquiry:{inquiry.number}:assessment:{inquiry.assessment_number}"
    fields = {name: getattr(inquiry, name) for name in FIELDS}
    ComputerisedFileEntry.objects.bulk_create(
        ComputerisedFileEntry(
            inquiry=inquiry, key=base + rest, content={**fields, "content": content}, created_at=at, next_attempt_at=at
        )
        for rest, content in _contents(inquiry)
        if base + rest not in known
    )


def push_due(*, at: datetime) -> SweepResult:
    """Hand every row that is due to the computerised file; what it does not take is tried again, ever more rarely."""
    failed = 0

    def push(row: ComputerisedFileEntry, at: datetime) -> None:
        nonlocal failed
        row.attempts += 1
        entry = Entry(key=row.key, **row.content)
        try:
            registers.computerised_file(at=at).write(row.key, entry)  # False: a worker that died had written it
        except Refused as refused:
            failed += 1
            row.next_attempt_at = at + WAITS[min(row.attempts, len(WAITS)) - 1]
            row.last_error = str(refused.code)
            log.warning("computerised_file_not_written", key=row.key, attempt=row.attempts)
        else:
            row.written_at, row.next_attempt_at, row.last_error = at, None, ""
        row.save(update_fields=["attempts", "next_attempt_at", "last_error", "written_at"])

    result = sweep(_due, push, at=at)
    return SweepResult(done=result.done - failed, failed=result.failed + failed)


def _due(at: datetime) -> QuerySet[ComputerisedFileEntry]:
    return ComputerisedFileEntry.objects.filter(next_attempt_at__lte=at)


def _has_a_file(inquiry: Inquiry) -> bool:
    """Whether the inquiry's three fields name a computerised file; an assessment that does not exist has none."""
    in_real_estate = inquiry.triplet is not None and inquiry.triplet.tax_system_id == TaxSystemCode.REAL_ESTATE
    filled = all(is_filled(getattr(inquiry, name)) for name in FIELDS)
    return in_real_estate and inquiry.number is not None and filled and inquiry.assessment_number != NOT_EXISTING


def _contents(inquiry: Inquiry) -> Iterator[tuple[str, dict[str, str]]]:
    """The inquiry, its messages, and the files that are shown and clean; each with the end of its key."""
    opened = inquiry.opened_at or inquiry.created_at
    yield "", {
        "number": str(inquiry.number), "opened_at": opened.isoformat(), "inquirer": inquiry.inquirer_name,
        "triplet": str(inquiry.triplet), "text": inquiry.description,
    }  # fmt: skip
    for message in Message.objects.filter(inquiry=inquiry, is_rejected=False, is_held=False).order_by("sent_at", "id"):
        yield f":message:{message.pk}", {
            "side": message.side, "author": message.author_name, "sent_at": message.sent_at.isoformat(),
            "text": message.text,
        }  # fmt: skip
    shown = Attachment.objects.filter(inquiry=inquiry, show_on_internet=True, file__state=SanitisationState.CLEAN.value)
    for attachment in shown.select_related("file"):
        yield f":file:{attachment.pk}", {
            "name": attachment.file.name, "sha256": attachment.file.sha256, "stored_as": attachment.file.clean_copy,
            "direction": attachment.direction,
            "attached_at": attachment.attached_at.isoformat(),
        }  # fmt: skip
