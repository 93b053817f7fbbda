"""Write tables as CSV or Excel files, row by row."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import TextIOWrapper
from typing import IO, Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from ..rules.cells import neutral
from ..rules.figures import ExportFormat
from ..selectors.reports.shapes import Cell, Column, Kind

TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HOUR = 3600
_DAY_FORMAT = "dd.mm.yyyy"
Progress = Callable[[int], object]
Rows = Iterable[Sequence[Cell]]


def write(form: ExportFormat, out: IO[bytes], columns: Sequence[Column], rows: Rows, progress: Progress = int) -> int:
    """Write the table to a binary file, telling `progress` how many rows are written; gives how many there were."""
    return (_csv if form is ExportFormat.CSV else _xlsx)(out, columns, rows, progress)


def heading(column: Column) -> str:
    """What stands above a column, with the unit of its figures."""
    if column.kind is Kind.TIME:
        return _("%(column)s (business hours)") % {"column": column.label}
    return f"{column.label} (%)" if column.kind is Kind.PERCENT else str(column.label)


def plain(value: Cell, kind: Kind) -> str | float | date | None:
    """A figure as a sheet keeps it; words can be no formula (CRM-3.1-d)."""
    if value is None:
        return None
    if isinstance(value, str | Promise):
        return neutral(str(value))
    if isinstance(value, date):
        return value
    return round(value / HOUR, 2) if kind is Kind.TIME else round(value, 2)


def _csv(out: IO[bytes], columns: Sequence[Column], rows: Rows, progress: Progress) -> int:
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")  # the mark by which Excel knows that it is UTF-8
    lines = csv.writer(text)
    lines.writerow([neutral(heading(column)) for column in columns])
    count = 0
    for count, row in enumerate(rows, start=1):
        values = [plain(value, column.kind) for value, column in zip(row, columns, strict=True)]
        lines.writerow([f"{value:%d.%m.%Y}" if isinstance(value, date) else value for value in values])
        progress(count)
    text.flush()
    text.detach()
    return count


def _xlsx(out: IO[bytes], columns: Sequence[Column], rows: Rows, progress: Progress) -> int:
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    if get_language_bidi():
        sheet.right_to_left()
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": _DAY_FORMAT})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 28 if column.kind is Kind.TEXT else 14)
        sheet.write_string(0, place, neutral(heading(column)), bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, (value, column) in enumerate(zip(row, columns, strict=True)):
            _put(sheet, count, place, plain(value, column.kind), day)
        progress(count)
    book.close()
    return count


def _put(sheet: Any, row: int, place: int, value: str | float | date | None, day: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif value is not None:
        sheet.write_number(row, place, value)
