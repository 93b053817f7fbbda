"""Reports as files: small ones at once, long lists by a worker (CRM-3.1-d)."""

import tempfile
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import IO, cast

import structlog
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import translation

from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import ReportExport
from ..rules.access import Action
from ..rules.figures import ExportFormat, ExportState, ReportKey
from ..selectors.moments import Moment
from ..selectors.reports import Question, report_of
from ..selectors.reports.records import COLUMNS, cells_of, records_of
from . import sheets

AT_ONCE = 2_000  # rows; a longer list is written by a worker
KEPT_FOR = timedelta(days=3)
SILENT_FOR = timedelta(minutes=5)  # then its worker is taken for lost, and another begins anew
_TELLS_EVERY = 1_000  # rows
_TO_DO = (ExportState.WAITING.value, ExportState.WRITING.value)
log = structlog.get_logger()


def exports() -> Storage:
    """Where the files of workers lie, without an address on the web."""
    return storages["exports"]


@command("report.export")
def export_figures(
    *, by: User, at: datetime, report: ReportKey, question: Question, form: ExportFormat, out: IO[bytes]
) -> int:
    """
    Write a report's table to a file, as the page shows it; gives the number of rows.

    :raises Refused: PERMISSION_DENIED
    """
    _allowed(by, Action.EXPORT_REPORTS)
    found = report_of(report)
    assert found is not None  # noqa: S101 - every key has its report
    table = found.answer(question, Moment.of(at)).table
    lines = [row.cells for row in table.rows] + ([table.total] if table.total else [])
    _record(by, at, report, as_params(question), form, len(lines))
    return sheets.write(form, out, table.columns, lines)


def is_long(question: Question) -> bool:
    """Whether the list behind a report is one for a worker."""
    return records_of(question)[: AT_ONCE + 1].count() > AT_ONCE


@command("report.export")
def export_records(
    *, by: User, at: datetime, report: ReportKey, question: Question, form: ExportFormat, out: IO[bytes]
) -> int:
    """
    Write the inquiries behind a report to a file at once; gives how many.

    :raises Refused: PERMISSION_DENIED to who may not see inquiries one by one
    """
    _allowed(by, Action.EXPORT_REPORTS, Action.VIEW)
    count = sheets.write(form, out, COLUMNS, cells_of(records_of(question)))
    _record(by, at, report, as_params(question), form, count)
    return count


@command("report.export")
def ask_for_records(
    *, by: User, at: datetime, report: ReportKey, question: Question, form: ExportFormat
) -> ReportExport:
    """
    Leave the inquiries behind a report to a worker; the same asked again while it waits is the same export.

    :raises Refused: PERMISSION_DENIED
    """
    _allowed(by, Action.EXPORT_REPORTS, Action.VIEW)
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once ask once
    params = as_params(question)
    same = ReportExport.objects.filter(asked_by=by, report=report, question=params, format=form, state__in=_TO_DO)
    if (waiting := same.first()) is not None:
        return waiting
    export = ReportExport.objects.create(
        asked_by=by, asked_at=at, report=report, question=params, format=form, rows_total=records_of(question).count()
    )
    _record(by, at, report, params, form, export.rows_total)
    return export


def write_next(*, at: datetime) -> bool | None:
    """Write one export that waits; None when there is none, False when it failed."""
    export = _claim(at)
    if export is None:
        return None
    try:
        with tempfile.TemporaryFile() as out:
            count = _write(export, cast("IO[bytes]", out), at)
            size = out.tell()
            out.seek(0)
            name = exports().save(f"{export.pk}.{export.format}", File(out))
    except Exception:
        log.exception("export_failed", export=export.pk)
        _claimed(export).update(state=ExportState.FAILED.value, finished_at=at)
        return False
    _claimed(export).update(
        state=ExportState.READY.value, finished_at=at, file=name, size=size, rows_done=count, rows_total=count
    )
    return True


def sweep_exports(*, at: datetime) -> int:
    """Delete exports after some days; the audit keeps that they were made."""
    old = list(ReportExport.objects.filter(asked_at__lt=at - KEPT_FOR).exclude(state=ExportState.WRITING.value))
    for export in old:
        if export.file:
            exports().delete(export.file)
        export.delete()
    return len(old)


def as_params(question: Question) -> dict[str, str]:
    """A question as an address and the audit keep it."""
    names = ("since", "until", "unit", "team", "tax_system", "triplet", "channel", "by")
    return {name: str(value) for name in names if (value := getattr(question, name))}


def from_params(user: User, params: Mapping[str, str]) -> Question:
    """The question that `as_params` kept."""

    def number(name: str) -> int | None:
        return int(params[name]) if name in params else None

    return Question(
        user=user,
        since=date.fromisoformat(params["since"]),
        until=date.fromisoformat(params["until"]),
        unit=number("unit"),
        team=number("team"),
        tax_system=params.get("tax_system", ""),
        triplet=number("triplet"),
        channel=params.get("channel", ""),
        by=params.get("by", ""),
    )


@transaction.atomic
def _claim(at: datetime) -> ReportExport | None:
    """Take the export that waits longest, or one whose worker fell silent."""
    lost = Q(state=ExportState.WRITING.value, beat_at__lt=Now() - SILENT_FOR)
    due = ReportExport.objects.filter(Q(state=ExportState.WAITING.value, asked_at__lte=at) | lost)
    export = (
        due.select_for_update(skip_locked=True, of=("self",)).select_related("asked_by").order_by("asked_at").first()
    )
    if export is not None:
        _claimed(export).update(state=ExportState.WRITING.value, beat_at=Now(), rows_done=0)
    return export


def _write(export: ReportExport, out: IO[bytes], at: datetime) -> int:
    """The list in the language, and as far as the reach, of who asked for it, as both are now."""
    user = export.asked_by
    _allowed(user, Action.EXPORT_REPORTS, Action.VIEW)

    def tell(count: int) -> None:
        if count % _TELLS_EVERY == 0:
            _claimed(export).update(rows_done=count, beat_at=Now())

    with translation.override(user.language):
        rows = cells_of(records_of(from_params(user, export.question)))
        count = sheets.write(ExportFormat(export.format), out, COLUMNS, rows, tell)
    out.seek(0, 2)
    return count


def _claimed(export: ReportExport) -> "models.QuerySet[ReportExport]":
    return ReportExport.objects.filter(pk=export.pk)


def _allowed(by: User, *actions: Action) -> None:
    if not all(by.may(action) for action in actions):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-3.1-d")


def _record(
    by: User, at: datetime, report: ReportKey, params: Mapping[str, str], form: ExportFormat, rows: int
) -> None:
    recording.record_read(
        "report.export", by=by, at=at, target_type="report", target_id=report,
        what={**params, "format": form.value, "rows": rows},
    )  # fmt: skip
