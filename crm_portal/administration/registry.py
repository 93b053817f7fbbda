"""
What the apps give the CRM department to keep: their tables, the pages beside them, and what wants a hand.

Each app registers its own in `AppConfig.ready`, so that these screens know no app (CRM-9-b).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise

from .rules.access import Action
from .tables import Column, Filter, Related, Rows, Screen, Table


@dataclass(frozen=True, slots=True)
class Page:
    """A page that stands on a screen beside its tables: before them when it is the screen's main thing."""

    screen: Screen
    label: Promise
    route: str
    action: StrEnum = Action.KEEP
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that wants a hand, and where."""

    sentence: str
    url: str
    tone: str = "warn"


Watch = Callable[[datetime], Iterable[Concern]]


@dataclass(slots=True)
class _Registry:
    tables: dict[str, Table] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    timers: dict[str, Promise] = field(default_factory=dict)
    clocks: list[str] = field(default_factory=list)


_registry = _Registry()
TABLES: Mapping[str, Table] = MappingProxyType(_registry.tables)  # by key, as the apps registered them


def register(*tables: Table) -> None:
    """Add an app's tables; a key names one table only."""
    for table in tables:
        if table.key in TABLES:
            raise ValueError(f"Table registered twice: {table.key}")
        _registry.tables[table.key] = table


def extend(
    key: str,
    *,
    columns: tuple[Column, ...] = (),
    filters: tuple[Filter, ...] = (),
    related: tuple[Related, ...] = (),
    choices: Mapping[str, Callable[[], Any]] = MappingProxyType({}),
    rows: Callable[[Rows], Rows] = lambda rows: rows,
    consequences: Callable[[Any], Iterable[str]] = lambda row: (),
) -> None:
    """Add to the table of a lower app what only a higher one knows of its rows; columns go after the row's name."""
    table = TABLES[key]
    name, *others = table.columns
    _registry.tables[key] = replace(
        table,
        columns=(name, *columns, *others),
        filters=(*table.filters, *filters),
        related=(*table.related, *related),
        choices={**table.choices, **choices},
        rows=lambda found: rows(table.rows(found)),
        consequences=lambda row: [*consequences(row), *table.consequences(row)],
    )


def register_pages(*pages: Page) -> None:
    """Add pages to the tabs of their screens."""
    _registry.pages += pages


def watch(*watches: Watch) -> None:
    """Have these asked what the CRM department should look at."""
    _registry.watches += watches


def name_timers(labels: Mapping[str, Promise]) -> None:
    """Say in words what timers do."""
    _registry.timers.update(labels)


def follow_clocks(*timers: str) -> None:
    """Have these timers run at once when a calendar or a figure moves the clocks (CRM-2.1.7-e)."""
    _registry.clocks += timers


def tables_on(screen: Screen) -> list[Table]:
    """The tables of a screen in the order of its tabs."""
    return sorted((table for table in TABLES.values() if table.screen == screen), key=lambda table: table.position)


def pages_on(screen: Screen) -> list[Page]:
    """The pages of a screen, as registered."""
    return [page for page in _registry.pages if page.screen == screen]


def concerns(at: datetime) -> list[Concern]:
    """All that wants a hand, as the apps see it."""
    return [concern for ask in _registry.watches for concern in ask(at)]


def timer_label(name: str) -> str:
    """What a timer does, in words."""
    return str(_registry.timers.get(name, name))


def timers_of_clocks() -> list[str]:
    """The timers that follow the clocks."""
    return list(_registry.clocks)
