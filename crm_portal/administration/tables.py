"""
What a reference table looks like to its keepers: which fields, columns and filters, and how a row ends.

A table is one `Table`; the list, the form, the dated change, the audit and the guard against stale pages follow from
it (CRM-9-b). What only one table knows, such as who may be a first line, stands in its `checks`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from crm_portal.errors import Refusal
from crm_portal.people.models import User

Text = Promise | str
Rows = QuerySet[Any]


class Screen(StrEnum):
    """The screens of section 6."""

    TOPICS = "M1"
    PEOPLE = "M2"
    ROUTING = "M3"
    CALENDAR = "M4"
    CODES = "M5"
    MACHINES = "M6"


class Ending(StrEnum):
    """How a row stops counting; none is ever deleted that something refers to."""

    DATED = "dated"  # holds from a day to a day; a change ends the row and begins another
    SWITCHED = "switched"  # `is_active`
    LINK = "link"  # ties two rows together, and may be removed
    NEVER = "never"  # a fixed set of rows


class Look(StrEnum):
    """How a cell is drawn."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    TAGS = "tags"
    GAP = "gap"  # words, or a warning when there are none


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what it shows of a row (an attribute, or a function of the row)."""

    label: Text
    value: str | Callable[[Any], Any]
    look: Look = Look.TEXT
    sub: str | Callable[[Any], Any] | None = None  # the small second line
    less: bool = False  # left out where there is little room

    def of(self, row: Model) -> Any:
        return _read(row, self.value)

    def sub_of(self, row: Model) -> Any:
        return "" if self.sub is None else _read(row, self.sub)


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list; the choices are asked when the list is drawn."""

    name: str
    label: Text
    choices: Callable[[], Iterable[tuple[Any, Text]]]
    apply: Callable[[Rows, str], Rows]


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of another table that belong to this row, shown beside its form."""

    table: str
    field: str  # of the other table, pointing here


@dataclass(frozen=True, slots=True)
class Table:
    """One reference table and all that its screens need to know."""

    key: str
    screen: Screen
    model: type[Any]
    label: Text
    one: Text  # a single row, as in "New closing reason"
    icon: str
    intro: Text
    fields: tuple[str, ...]
    columns: tuple[Column, ...]
    ending: Ending
    search: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    fixed: tuple[str, ...] = ()  # chosen when the row is made, and then kept
    once: tuple[str, ...] = ()  # of a dated table: what only one row may say on one day
    rows: Callable[[Rows], Rows] = lambda rows: rows  # narrows, joins and counts for the list
    choices: Mapping[str, Callable[[], Any]] = field(default_factory=dict)  # a query set, or pairs
    narrowed_by: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # of the address: a choice and its field
    by_name: tuple[str, ...] = ()  # employees, typed by user name
    hints: Mapping[str, Text] = field(default_factory=dict)
    prepare: Callable[[Any], None] = lambda row: None  # a new row before it is checked
    checks: Callable[[Any, User | None], Iterable[Refusal]] = lambda row, by: ()
    ending_checks: Callable[[Any, User | None], Iterable[Refusal]] = lambda row, by: ()
    yields: Callable[[Any], Iterable[tuple[Any, Mapping[str, Any]]]] = lambda row: ()  # what gives way to a dated row
    consequences: Callable[[Any], Iterable[str]] = lambda row: ()  # what ending it means, in sentences
    related: tuple[Related, ...] = ()
    can_add: bool = True
    head_team_reads: bool = False
    moves_clocks: frozenset[str] = frozenset()  # fields whose change moves SLA targets
    in_tabs: bool = True
    position: int = 0  # among the tables of its screen; equal ones stand as their apps registered them

    @property
    def is_dated(self) -> bool:
        return self.ending is Ending.DATED


def by_field(name: str) -> Callable[[Rows, str], Rows]:
    """Narrow to rows whose field has the chosen value; a value that cannot be is ignored."""

    def apply(rows: Rows, chosen: str) -> Rows:
        value: Any = {"yes": True, "no": False}.get(chosen, chosen)
        try:
            return rows.filter(Q(**{name: value}))
        except (ValueError, TypeError):
            return rows

    return apply


def overlapping(rows: Rows, row: Any) -> Rows:
    """Those of the dated rows that hold on a day on which this one does."""
    ends = Q(valid_until__isnull=True) | Q(valid_until__gte=row.valid_from)
    return rows.filter(ends) if row.valid_until is None else rows.filter(ends, valid_from__lte=row.valid_until)


def _read(row: Model, what: str | Callable[[Any], Any]) -> Any:
    if callable(what):
        return what(row)
    value: Any = row
    for step in what.split("."):
        value = getattr(value, step, None)
    display = getattr(row, f"get_{what}_display", None)
    return display() if display is not None else value
