"""Read a whole file of an old system, line by line, and tell what became of each (CRM-1-b)."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from crm_portal.audit.services import recording
from crm_portal.errors import Refusal, Refused
from crm_portal.people.models import User

from ..rules import legacy
from ..rules.legacy import LegacySystem
from .importing import import_inquiry

ENCODINGS = ("utf-8-sig", "cp1255")  # what a spreadsheet saves today, and what the old systems wrote
DELIMITERS = ",;\t|"


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; the argument is a code of `labels.UNREADABLE`, then what it names."""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line; `number` is the old one, as far as it could be read."""

    place: int  # in the file, the heading being line 1
    number: str
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(slots=True)
class Outcome:
    """The figures of a run."""

    counts: Counter[str] = field(default_factory=Counter)  # imported, already_there, refused

    def add(self, line: Line) -> None:
        self.counts["refused" if line.refusals else "imported" if line.is_new else "already_there"] += 1


class LegacyFile:
    """A CSV file of an old system."""

    def __init__(self, system: LegacySystem, path: Path) -> None:
        """:raises UnreadableFileError: not there, not text, no heading, or a column it cannot do without is missing"""
        self.system = system
        self.text = _decoded(path)
        sample = self.text[:4096]
        try:
            self.dialect: type[csv.Dialect] = csv.Sniffer().sniff(sample.partition("\n")[0], DELIMITERS)
        except csv.Error:
            self.dialect = csv.excel
        _place, heading = next(self._rows(), (1, []))
        self.columns = legacy.headings(heading)
        if missing := legacy.missing_columns(system, set(self.columns.values())):
            raise UnreadableFileError("columns", ", ".join(missing))

    def __len__(self) -> int:
        return max(0, sum(any(row) for _place, row in self._rows()) - 1)

    def lines(self, *, at: datetime, by: User | None = None) -> Iterator[Line]:
        """Import each line in a transaction of its own; a wrong one is told of and leaves the others."""
        rows = self._rows()
        _place, heading = next(rows)
        for place, row in rows:
            if any(cell.strip() for cell in row):
                yield self._line(place, dict(zip(heading, row, strict=False)), at=at, by=by)

    def _line(self, place: int, row: dict[str, str], *, at: datetime, by: User | None) -> Line:
        cells: dict[str, str] = {}
        for heading, name in self.columns.items():
            cells[name] = cells.get(name) or row.get(heading) or ""
        line, wrong = legacy.read(self.system, cells, now=at)
        if line is None:
            return Line(place, cells.get("number", ""), tuple(wrong))
        try:
            with transaction.atomic():
                _one_run_at_a_time(self.system)
                imported = import_inquiry(system=self.system, line=line, at=at, by=by)
        except Refused as refused:
            return Line(place, line.number, tuple(refused.refusals))
        return Line(place, line.number, remarks=imported.remarks, is_new=imported.is_new)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row behind its place in the file; a quoted cell may take several lines."""
        reader = csv.reader(io.StringIO(self.text), self.dialect)
        return ((reader.line_num, row) for row in reader)


def record_run(system: LegacySystem, path: Path, outcome: Outcome, *, at: datetime, by: User | None = None) -> None:
    """Tell the audit of the whole run."""
    recording.record(
        "inquiry.import_file", by=by, at=at, target_type="legacy_file", target_id=system.value,
        after={"file": path.name, **outcome.counts},
    )  # fmt: skip


def _one_run_at_a_time(system: LegacySystem) -> None:
    """Two runs of one system wait for each other at each line, so that neither brings in a line of the other twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import:{system.value}"])


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError("missing", str(error.strerror)) from None
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("encoding", "")
