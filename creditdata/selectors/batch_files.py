"""
The rows of a batch's file, one after the other in constant memory (CRD-0-g).

A file is checked to its end before its first row counts: one that turns out unreadable half-way gives no rows at all.
Cells are texts; an empty one is as if its column were not there. A row is what stands below the header, blank lines
left out.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any, cast
from xml.parsers import expat

import openpyxl
from django.core.files.storage import Storage, storages
from openpyxl.utils.exceptions import InvalidFileException

from crm_portal.ciphers import decrypt_stream

from ..models import IntakeBatch
from ..models.intake import BATCH
from ..rules.intake import BatchFormat, Unreadable

MOST_UNPACKED = 1024**3  # bytes of a workbook, unpacked
MOST_COLUMNS = 100
_IN_MEMORY = 8 * 1024 * 1024
_DAMAGED = (  # what openpyxl meets in a file of another kind
    zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError,
)  # fmt: skip
_SURPLUS = "#"  # what a cell under no column is called: "#13"

Raw = Mapping[str, str]


class UnreadableFile(Exception):  # noqa: N818 - what it is
    """No row can be read from the file."""

    def __init__(self, because: Unreadable) -> None:
        super().__init__(because.value)
        self.because = because


def intake_storage() -> Storage:
    """Where the bytes of batches lie, encrypted and without an address on the web."""
    return storages["intake"]


def content_of(batch: IntakeBatch) -> Iterator[bytes]:
    """The bytes as they came, piece by piece."""
    with intake_storage().open(batch.file, "rb") as file:
        yield from decrypt_stream(cast("IO[bytes]", file), BATCH)


def rows_of(batch: IntakeBatch) -> Iterator[Raw]:
    """
    The rows of the file, each as its columns and their text.

    :raises UnreadableFile: before the first row, when there is none to be had
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as plain:  # has no name, and is gone with this process
        for piece in content_of(batch):
            plain.write(piece)
        form = BatchFormat(batch.format)
        plain.seek(0)
        _CHECKS[form](plain)
        plain.seek(0)
        yield from _READERS[form](plain)


def _check_csv(file: IO[bytes]) -> None:
    for _row in _csv_rows(file):
        pass


def _csv_rows(file: IO[bytes]) -> Iterator[Raw]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        lines = csv.reader(_without_nul(text), strict=True)
        header = _header(next(lines, []))
        for cells in lines:
            if any(cells):
                yield _row(header, cells)
    except UnicodeDecodeError:
        raise UnreadableFile(Unreadable.NOT_UTF8) from None
    except csv.Error:
        raise UnreadableFile(Unreadable.DAMAGED) from None
    finally:
        text.detach()  # the file is read once more


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise UnreadableFile(Unreadable.DAMAGED)
        yield line


def _check_json(file: IO[bytes]) -> None:
    for _row in _json_rows(file):
        pass


def _json_rows(file: IO[bytes]) -> Iterator[Raw]:
    try:
        for line in file:
            row = json.loads(line)
            yield {str(name): text for name, value in row.items() if (text := _text(value))}
    except UnicodeDecodeError:
        raise UnreadableFile(Unreadable.NOT_UTF8) from None
    except (ValueError, AttributeError):
        raise UnreadableFile(Unreadable.DAMAGED) from None


def _check_workbook(file: IO[bytes]) -> None:
    """Whether the archive is whole and small enough, and its parts are XML without declarations of their own."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise UnreadableFile(Unreadable.TOO_LARGE)
            for entry in archive.infolist():
                if entry.filename.endswith(".xml"):
                    with archive.open(entry) as part:
                        _check_part(part)
    except (zipfile.BadZipFile, expat.ExpatError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise UnreadableFile(Unreadable.DAMAGED) from None


def _check_part(part: IO[bytes]) -> None:
    def refuse(*_declaration: object) -> None:
        raise UnreadableFile(Unreadable.DAMAGED)

    parser, left = expat.ParserCreate(), MOST_UNPACKED
    parser.StartDoctypeDeclHandler = refuse
    while piece := part.read(256 * 1024):
        left -= len(piece)
        if left < 0:  # the real size, not the claimed one
            raise UnreadableFile(Unreadable.TOO_LARGE)
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _workbook_rows(file: IO[bytes]) -> Iterator[Raw]:
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except _DAMAGED:
        raise UnreadableFile(Unreadable.DAMAGED) from None
    try:
        if not book.worksheets:
            raise UnreadableFile(Unreadable.DAMAGED)
        lines = book.worksheets[0].iter_rows(values_only=True)
        header = _header([_text(cell) for cell in next(lines, ())])
        for cells in lines:
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield _row(header, texts)
    except _DAMAGED:
        raise UnreadableFile(Unreadable.DAMAGED) from None
    finally:
        book.close()


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise UnreadableFile(Unreadable.EMPTY)
    if not all(names) or len(set(names)) != len(names) or len(names) > MOST_COLUMNS:
        raise UnreadableFile(Unreadable.NO_HEADER)
    return names


def _row(header: list[str], cells: list[str]) -> Raw:
    row = {name: text for name, cell in zip(header, cells, strict=False) if (text := cell.strip())}
    for place in range(len(header), len(cells)):
        if text := cells[place].strip():
            row[f"{_SURPLUS}{place + 1}"] = text
    return row


def _text(value: Any) -> str:
    """What a person would read in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return ";".join(_text(one) for one in value)
    return str(value).strip()


_CHECKS = {
    BatchFormat.CSV: _check_csv,
    BatchFormat.XLSX: _check_workbook,
    BatchFormat.JSON: _check_json,
}
_READERS = {
    BatchFormat.CSV: _csv_rows,
    BatchFormat.XLSX: _workbook_rows,
    BatchFormat.JSON: _json_rows,
}
