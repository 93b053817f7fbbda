"""
A file of dated holidays: CSV with the columns date, name and, when some are worked, working.

The file is read whole; every line that cannot be read is named, so that it can be mended in one go.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_NAME = 120
MOST_LINES = 1000
YES = frozenset({"1", "yes", "true", "כן"})
NO = frozenset({"", "0", "no", "false", "לא"})
HEADINGS = {"date": "date", "תאריך": "date", "name": "name", "שם": "name", "working": "working", "יום עבודה": "working"}
_LOCAL = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


class Wrong(StrEnum):
    """What is wrong with a line."""

    NO_HEADING = "no_heading"
    NO_DATE = "no_date"
    NO_NAME = "no_name"
    NOT_YES_OR_NO = "not_yes_or_no"
    TWICE = "twice"
    TOO_MANY = "too_many"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the file."""

    day: date
    name: str
    is_working: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which line."""

    line: int
    wrong: Wrong
    value: str = ""


def read_days(text: str, *, first_year: int, last_year: int) -> tuple[list[DayRow], list[Problem]]:
    """The days of the file, and everything that is wrong with it."""
    reader = csv.reader(text.removeprefix("\ufeff").splitlines())
    headings = [HEADINGS.get(cell.strip().lower()) for cell in next(reader, [])]
    if not {"date", "name"} <= set(headings):
        return [], [Problem(1, Wrong.NO_HEADING)]
    days: dict[date, DayRow] = {}
    problems: list[Problem] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if reader.line_num > MOST_LINES:
            return [], [Problem(reader.line_num, Wrong.TOO_MANY, str(MOST_LINES))]
        said = {name: cell.strip() for name, cell in zip(headings, cells, strict=False) if name}
        day = _day(said.get("date", ""))
        found = list(_wrong(said, day, reader.line_num, first_year, last_year))
        if day is not None and day in days:
            found.append(Problem(reader.line_num, Wrong.TWICE, said["date"]))
        problems += found
        if day is not None and not found:
            days[day] = DayRow(day, said["name"], said.get("working", "").lower() in YES)
    return list(days.values()), problems


def _wrong(said: dict[str, str], day: date | None, line: int, first: int, last: int) -> Iterator[Problem]:
    if day is None:
        yield Problem(line, Wrong.NO_DATE, said.get("date", ""))
    elif not first <= day.year <= last:
        yield Problem(line, Wrong.OUT_OF_RANGE, said["date"])
    if not 0 < len(said.get("name", "")) <= LONGEST_NAME:
        yield Problem(line, Wrong.NO_NAME)
    if said.get("working", "").lower() not in YES | NO:
        yield Problem(line, Wrong.NOT_YES_OR_NO, said["working"])


def _day(text: str) -> date | None:
    try:
        if local := _LOCAL.fullmatch(text):
            return date(int(local[3]), int(local[2]), int(local[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
