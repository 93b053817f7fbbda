"""Filled-in templates as a spreadsheet program saved them: opened with limits, and each wrong cell named."""

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any, Final

import openpyxl
from django.utils.translation import override
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS, MOST_BYTES, MOST_UNPACKED = 5_000, 5 * 1024 * 1024, 100 * 1024 * 1024
FIRST_ROW: Final = 2
LANGUAGES: Final = ("he", "en")  # in which a template may have been made
Headings = Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that cannot be taken: where it is as the spreadsheet writes it, what it is, and why."""

    sheet: int  # from 1
    cell: str  # "C7"
    heading: str
    code: StrEnum


class Unreadable(Exception):  # noqa: N818 - it is what was sent
    """A file that is no filled-in template."""


def pages(content: IO[bytes], layouts: Sequence[Sequence[str]], headings: Headings) -> list[Any]:
    """
    The pages of a filled-in template, one for each list of columns.

    :raises Unreadable: when it is no spreadsheet, too large, or not the template
    """
    try:
        with zipfile.ZipFile(content) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable
        content.seek(0)
        book = openpyxl.load_workbook(content, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as mistake:
        raise Unreadable from mistake
    found = list(book.worksheets)
    if len(found) < len(layouts):
        raise Unreadable
    for page, columns in zip(found, layouts, strict=False):
        if not _is_template(page, columns, headings):
            raise Unreadable
    return found


def rows(page: Any, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, object]]]:
    """
    Each row that is not empty, with its number, by the names of its columns.

    :raises Unreadable: when there are too many
    """
    lines = page.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + MOST_ROWS, max_col=len(columns), values_only=True)
    for line, cells in enumerate(lines, start=FIRST_ROW):
        if any(cell not in {None, ""} for cell in cells):
            if line >= FIRST_ROW + MOST_ROWS:
                raise Unreadable
            yield line, dict(zip(columns, cells, strict=False))


def problem(
    page: int, line: int, columns: Sequence[str], column: str, code: StrEnum, words: Mapping[str, str]
) -> CellProblem:
    """A wrong cell by its place."""
    return CellProblem(page, f"{get_column_letter(columns.index(column) + 1)}{line}", words[column], code)


def _is_template(page: Any, columns: Sequence[str], headings: Headings) -> bool:
    first = next(page.iter_rows(min_row=1, max_row=1, values_only=True), ())
    shown = [str(cell or "").removesuffix(" *").strip() for cell in first[: len(columns)]]
    for language in LANGUAGES:
        with override(language):
            words = headings()
        if shown == [words[column] for column in columns]:
            return True
    return False
