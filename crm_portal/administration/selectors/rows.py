"""Rows of the reference tables: one, a page of them, and how they look to the audit and to a stale page."""

import json
from dataclasses import dataclass
from datetime import date
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from ..tables import Ending, Rows, Table

PAGE_SIZE = 50
SECRET = frozenset({"password", "last_login", "date_joined"})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed by."""

    search: str = ""
    state: str = ""
    chosen: tuple[tuple[str, str], ...] = ()  # a filter's name and its value

    @property
    def is_any(self) -> bool:
        return bool(self.search or self.state or self.chosen)


def find(table: Table, row_id: str, *, for_update: bool = False) -> Any:
    """The row, or None when there is none of that id in the table."""
    rows = table.rows(table.model.objects.all())
    if for_update:  # a joined or counted row cannot be locked
        of_table = rows.order_by().filter(pk=row_id).values("pk")[:1]
        rows = table.model.objects.select_for_update(of=("self",)).filter(pk__in=of_table).order_by("pk")
    try:
        return rows.filter(pk=row_id).first()
    except (ValueError, ValidationError):
        return None


def page_of_rows(table: Table, narrowing: Narrowing, *, page: str, on: date) -> Page:
    """One page of the list; a number that is no page gives the nearest."""
    rows = _in_state(table, table.rows(table.model.objects.all()), narrowing.state, on)
    for word in narrowing.search.split():
        rows = rows.filter(reduce(or_, (Q(**{f"{path}__icontains": word}) for path in table.search), Q()))
    filters = {one.name: one for one in table.filters}
    for name, value in narrowing.chosen:
        rows = filters[name].apply(rows, value)
    if not rows.query.order_by:
        rows = rows.order_by(*(table.model._meta.ordering or ()), "pk")
    return Paginator(rows, PAGE_SIZE).get_page(page)


def related_rows(table: Table, field: str, row: Any, *, on: date) -> list[Any]:
    """The rows of a table that belong to another row; those of a dated one that are over are left out."""
    rows = _in_state(table, table.rows(table.model.objects.all()), "", on)
    return list(rows.filter(**{field: row})[:PAGE_SIZE])


def state_of(table: Table, row: Any, on: date) -> str:
    """Whether the row counts today: "on", "off", "later" or "over"; empty where rows always do."""
    if table.ending is Ending.SWITCHED:
        return "on" if row.is_active else "off"
    if table.ending is not Ending.DATED:
        return ""
    if row.valid_from > on:
        return "later"
    return "over" if row.valid_until is not None and row.valid_until < on else "on"


def shown_values(row: Any) -> dict[str, Any]:
    """The row's values as the audit keeps them: what it points to by name, days as text."""
    values = {field.name: _shown(getattr(row, field.name)) for field in row._meta.fields if field.name not in SECRET}
    values.pop("id", None)
    for field in row._meta.many_to_many if row.pk else ():
        if field.name not in {"groups", "user_permissions"}:
            values[field.name] = ", ".join(sorted(map(str, getattr(row, field.name).all())))
    return values


def stamp_of(row: Any) -> str:
    """A mark of the row as it is; another one means that somebody changed it (stale pages)."""
    values: dict[str, Any] = {
        field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name not in SECRET
    }
    for field in row._meta.many_to_many:
        if field.name not in {"groups", "user_permissions"}:
            values[field.name] = sorted(getattr(row, field.name).values_list("pk", flat=True))
    return sha256(json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()[:24]


def _in_state(table: Table, rows: Rows, state: str, on: date) -> Rows:
    """By default what counts: active rows, and dated ones that hold or will."""
    if state == "all" or table.ending in (Ending.LINK, Ending.NEVER):
        return rows
    if table.ending is Ending.SWITCHED:
        return rows.filter(is_active=state != "ended")
    over = Q(valid_until__lt=on)
    return rows.filter(over) if state == "ended" else rows.exclude(over)


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, bool | int) else str(value)
