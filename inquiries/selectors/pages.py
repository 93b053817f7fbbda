"""
Pages of a long list, found by the last row seen and never by an offset.

A sort is a tuple of keys; the number ends each of them, so that ties have an order that people see, no row is shown
twice and none is left out. Rows without
a value come last in both directions.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import BaseExpression

from ..models import Inquiry
from ..rules.codes import Status

PAGE_SIZE = 25
COUNTED_TO = 10_000  # a total is counted up to here and then shown as "10,000+"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to sort by."""

    by: str | BaseExpression
    parse: Callable[[str], Any] = str
    nullable: bool = False


_STATUS_ORDER = Case(
    *(When(status=status.value, then=Value(place)) for place, status in enumerate(Status)), output_field=IntegerField()
)
SORTS: Mapping[str, tuple[Key, ...]] = MappingProxyType(
    {
        "customer": (Key("customer__sort_name", nullable=True),),
        "number": (Key("number"),),
        "triplet": (Key("triplet__main_topic"), Key("triplet__sub_topic"), Key("triplet__detail")),
        "status": (Key(_STATUS_ORDER, int),),
        "team": (Key("handling_team__name", nullable=True),),
        "owner": (Key("owner__last_name", nullable=True), Key("owner__first_name", nullable=True)),
        "opened": (Key("opened_at", datetime.fromisoformat),),
        "updated": (Key("updated_at", datetime.fromisoformat),),
        "id": (Key("customer__id_number", nullable=True),),
        "waiting": (Key("waiting_since", datetime.fromisoformat, nullable=True),),
        "messages": (Key("customer_messages", int),),
        "unit": (Key("handling_unit__name", nullable=True),),
        "left": (Key("sla_due_at", datetime.fromisoformat, nullable=True),),
        "unread": (Key("unread_messages", int),),
    }
)
_NUMBER = Key("number")  # every inquiry in a list has one: a draft is in none


@dataclass(frozen=True, slots=True)
class Order:
    """A column and a direction, as written in the address: `opened` or `-opened`."""

    column: str
    descending: bool = False

    @classmethod
    def parse(cls, text: str, default: str) -> "Order":
        """Read it from an address; an unknown column gives the default."""
        wanted = text if text.removeprefix("-") in SORTS else default
        return cls(wanted.removeprefix("-"), wanted.startswith("-"))

    @property
    def keys(self) -> tuple[Key, ...]:
        return (*SORTS[self.column], _NUMBER)

    def __str__(self) -> str:
        return f"-{self.column}" if self.descending else self.column


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after (or before) a row with these values, the `place`-th of the list."""

    values: tuple[Any, ...]
    backwards: bool = False
    place: int = 0

    def __str__(self) -> str:
        values = [value.isoformat() if isinstance(value, datetime) else value for value in self.values]
        text = json.dumps([values, int(self.backwards), self.place], ensure_ascii=False, separators=(",", ":"))
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str, order: Order) -> "Cursor | None":
        """Read it from an address; one that was damaged, or belongs to another sort, is no cursor."""
        try:
            raw, backwards, place = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            values = tuple(_value(key, value) for key, value in zip(order.keys, raw, strict=True))
            return cls(values, bool(backwards), max(0, int(place)))
        except (ValueError, TypeError, OverflowError, RecursionError):
            return None


def _value(key: Key, raw: object) -> Any:
    if raw is None and key.nullable:
        return None
    text = str(raw)
    if raw is None or "\x00" in text:
        raise ValueError(text)
    text.encode()  # half a character (a lone surrogate) cannot be, which is a ValueError too
    value = key.parse(text)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(text)
    return value


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the way to the ones before and after them."""

    rows: Sequence[Inquiry]
    place: int = 0  # how many rows come before
    before: Cursor | None = None
    after: Cursor | None = None
    order: Order = field(default_factory=lambda: Order("opened"))

    @property
    def first(self) -> int:
        return self.place + 1

    @property
    def last(self) -> int:
        return self.place + len(self.rows)


def page_of(
    rows: QuerySet[Inquiry],
    order: Order,
    cursor: Cursor | None = None,
    size: int = PAGE_SIZE,
    *,
    drawn: Callable[[QuerySet[Inquiry]], QuerySet[Inquiry]] = QuerySet.all,
) -> Page:
    """
    Read one page; a way back that leads before the beginning gives the first page.

    The page is found by its numbers and sort keys alone; what is `drawn` of it is joined to its few rows.
    """
    backwards = cursor is not None and cursor.backwards
    keyed = rows.annotate(**{f"sort_{place}": _expression(key) for place, key in enumerate(order.keys)})
    keyed = keyed.order_by(*_ordering(order, backwards=backwards))
    if cursor is not None:
        keyed = keyed.filter(_beyond(order, cursor))
    sorts = [f"sort_{place}" for place in range(len(order.keys))]
    found = [(pk, tuple(values)) for pk, *values in keyed.values_list("pk", *sorts)[: size + 1]]
    more, found = len(found) > size, found[:size]
    if backwards and not more:
        return page_of(rows, order, None, size, drawn=drawn)
    if cursor is not None and not found:
        return page_of(rows, order, None, size, drawn=drawn)
    if backwards:
        found.reverse()
    place = 0 if cursor is None else max(0, cursor.place - size) if backwards else cursor.place
    read = drawn(Inquiry.objects.filter(pk__in=[pk for pk, _values in found])).in_bulk() if found else {}
    return Page(
        rows=[read[pk] for pk, _values in found],
        place=place,
        before=Cursor(found[0][1], True, place) if cursor is not None else None,
        after=Cursor(found[-1][1], False, place + len(found)) if backwards or more else None,
        order=order,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where an inquiry stands in a list: the numbers of the ones beside it, and its place where that was counted."""

    before: str | None
    after: str | None
    place: int | None = None
    total: int | None = None


def place_of(rows: QuerySet[Inquiry], order: Order, inquiry: Inquiry) -> Place:
    """The inquiries before and after this one in a list, and its place; none in a list too long to be counted."""
    sorts = {f"sort_{place}": _expression(key) for place, key in enumerate(order.keys)}
    everything = Inquiry.objects.all()
    values = _values(everything.annotate(**sorts).get(pk=inquiry.pk), order)
    beyond = {backwards: _beyond(order, Cursor(values, backwards)) for backwards in (True, False)}
    keyed = rows.annotate(**sorts)
    beside = [
        keyed.filter(beyond[side]).order_by(*_ordering(order, backwards=side)).values_list(Value(side), "number")[:1]
        for side in (True, False)
    ]
    numbers = dict(beside[0].union(beside[1], all=True))
    bounded = everything.filter(pk__in=rows.order_by().values("pk")[: COUNTED_TO + 1]).annotate(**sorts)
    counted = bounded.aggregate(
        total=Count("pk"), earlier=Count("pk", filter=beyond[True]), itself=Count("pk", filter=Q(pk=inquiry.pk))
    )
    if counted["total"] > COUNTED_TO or not counted["itself"]:
        return Place(numbers.get(True), numbers.get(False))
    return Place(numbers.get(True), numbers.get(False), counted["earlier"] + 1, counted["total"])


def total_of(rows: QuerySet[Inquiry]) -> int:
    """How many rows a list has; one more than `COUNTED_TO` means: more than can be counted quickly."""
    return rows.order_by()[: COUNTED_TO + 1].count()


def _expression(key: Key) -> BaseExpression | F:
    return F(key.by) if isinstance(key.by, str) else key.by


def _values(row: Inquiry, order: Order) -> tuple[Any, ...]:
    return tuple(getattr(row, f"sort_{place}") for place in range(len(order.keys)))


def _ordering(order: Order, *, backwards: bool) -> list[Any]:
    """The terms of ORDER BY. A key that is never empty is left bare, so that an index can serve it."""
    terms = []
    for place, key in enumerate(order.keys):
        term = F(f"sort_{place}")
        empties = {} if not key.nullable else {"nulls_first": True} if backwards else {"nulls_last": True}
        terms.append(term.desc(**empties) if order.descending != backwards else term.asc(**empties))
    return terms


def _beyond(order: Order, cursor: Cursor) -> Q:
    """The rows that come after the cursor's row (before it, when it points backwards)."""
    side = "lt" if order.descending != cursor.backwards else "gt"
    reached, beyond = Q(), Q(pk__in=[])
    for place, (key, value) in enumerate(zip(order.keys, cursor.values, strict=True)):
        name = f"sort_{place}"
        beyond |= reached & _past(key, name, value, side, backwards=cursor.backwards)
        reached &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    if not order.keys[0].nullable:  # said twice, so that the index is entered at the right place
        beyond &= Q(**{f"sort_0__{side}e": cursor.values[0]})
    return beyond


def _past(key: Key, name: str, value: object, side: str, *, backwards: bool) -> Q:
    if value is None:  # the empties are last: nothing after them, everything before them
        return Q(**{f"{name}__isnull": False}) if backwards else Q(pk__in=[])
    past = Q(**{f"{name}__{side}": value})
    return past | Q(**{f"{name}__isnull": True}) if key.nullable and not backwards else past
