"""What a report answers with: tiles, charts and one table. Figures only; pages and files say them in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise

Words = str | Promise
Cell = str | Promise | int | float | date | None
NO_FILTERS: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """How a figure is said."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    TIME = "time"  # business seconds
    GRADE = "grade"  # one decimal
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure, its way over the period and what it was in the one before."""

    label: Words
    value: Cell
    kind: Kind = Kind.NUMBER
    note: Words = ""
    change: int | float | None = None  # against the period before, in the same kind
    good: str = ""  # "up" or "down" where one of them is
    points: str = ""  # of the sparkline
    filters: Mapping[str, str] | None = None  # of the records behind it


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, segment or cell: what it stands for (a day: where it begins), its figure, and the records it counts."""

    label: Words
    value: Cell
    size: float = 0.0  # 0 to 100
    start: float = 0.0
    look: str = ""  # a status' look, or a tone
    filters: Mapping[str, str] | None = None  # none: no list shows them
    day: date | None = None  # of a column along time, in place of the label


@dataclass(frozen=True, slots=True)
class Chart:
    """`form`: bars, stack, columns, flow (in and out), heat, or strip (days, done or not)."""

    form: str
    title: Words
    marks: Sequence[Mark]
    kind: Kind = Kind.NUMBER
    note: Words = ""
    target: float | None = None  # where the target line stands, 0 to 100
    against: Sequence[Mark] = ()  # of a flow: what went out
    rows: Sequence[tuple[Words, Sequence[Mark]]] = ()  # of a heat map
    heads: Sequence[Words] = ()
    wide: bool = False

    @property
    def is_time(self) -> bool:
        """Whether its columns are days, which run from left to right in every language."""
        return bool(self.marks) and self.marks[0].day is not None


@dataclass(frozen=True, slots=True)
class Column:
    label: Words
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Row:
    cells: Sequence[Cell]
    filters: Mapping[str, str] | None = None
    is_part: bool = False  # of the row above; not added to the total again


@dataclass(frozen=True, slots=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[Row]
    total: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """All of a report."""

    table: Table
    tiles: Sequence[Tile] = ()
    charts: Sequence[Chart] = field(default=())
    note: Words = ""


def share(part: float, whole: float) -> float | None:
    """A part as a percentage; nothing of nothing."""
    return round(100 * part / whole, 1) if whole else None


def average(total: float, count: int) -> float | None:
    return total / count if count else None


def against_largest(marks: Sequence[Mark]) -> list[Mark]:
    """Bars drawn against the longest of them."""
    largest = max((_number(mark.value) for mark in marks), default=0) or 1
    return [_sized(mark, round(100 * _number(mark.value) / largest, 1)) for mark in marks]


def as_shares(marks: Sequence[Mark]) -> list[Mark]:
    """Segments that fill a hundred together; empty ones are left out."""
    total, start, found = sum(_number(mark.value) for mark in marks) or 1, 0.0, []
    for mark in marks:
        size = 100 * _number(mark.value) / total
        if size:
            found.append(_sized(mark, round(size, 2), round(start, 2)))
        start += size
    return found


def _number(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _sized(mark: Mark, size: float, start: float = 0.0) -> Mark:
    return replace(mark, size=size, start=start)
