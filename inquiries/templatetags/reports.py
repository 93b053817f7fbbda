"""How the figures of reports look: numbers, shares, business time, and the drawings' places. Presenting only."""

from datetime import date, timedelta
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from crm_portal.ui import figures
from crm_portal.ui.templatetags.portal import ident

from ..selectors.reports.shapes import Cell, Chart, Kind, Mark, Tile
from .inquiries import in_words

register = template.Library()
NOTHING = "–"


@register.simple_tag
def said(value: Cell, kind: Kind) -> SafeString | str:
    """A figure in words and digits, isolated where it is digits."""
    text = words_of(value, kind)
    return text if kind in (Kind.TEXT, Kind.TIME) else ident(text)


@register.simple_tag
def words_of(value: Cell, kind: Kind) -> str:
    """The same for a spoken label."""
    if value is None:
        return NOTHING
    if isinstance(value, date):
        return figures.day(value)
    if kind == Kind.PERCENT:
        return f"{value:g}%"
    if kind == Kind.TIME:
        return in_words(timedelta(seconds=float(str(value))))
    if kind == Kind.GRADE:
        return f"{float(str(value)):.1f}"
    return figures.number(value) if isinstance(value, int | float) else str(value)


@register.simple_tag
def change_words(tile: Tile) -> str:
    """By how much a figure went up or down: `+1.8`, `−62`."""
    amount = tile.change or 0
    sign = "+" if amount > 0 else figures.MINUS if amount < 0 else ""
    size = abs(amount)
    if tile.kind == Kind.TIME:
        return f"{sign}{in_words(timedelta(seconds=size))}"
    shown = figures.number(int(size) if float(size).is_integer() else size)
    return f"{sign}{shown}" + (" " + gettext("points") if tile.kind == Kind.PERCENT else "")


@register.filter
def change_look(tile: Tile) -> str:
    """Whether the change is for the better."""
    if not tile.change or not tile.good:
        return ""
    up = "up" if tile.change > 0 else "down"
    return f"{up}-{'good' if up == tile.good else 'bad'}"


@register.simple_tag(takes_context=True)
def records_address(context: template.Context, filters: Any) -> str:
    """Where the inquiries behind a figure are listed; nothing where they are in no list."""
    records = context.get("records")
    return str(records.address(filters)) if records is not None else ""


@register.simple_tag
def column_of(chart: Chart, place: int, part: float) -> str:
    """Where a part of the n-th of a chart's columns stands, from left; `part` is 0 to 1 of its field."""
    return f"{100 * (place + part) / max(len(chart.marks), 1):.2f}%"


@register.simple_tag
def column_wide(chart: Chart) -> str:
    """How wide a column is drawn: six tenths of its field."""
    return f"{60 / max(len(chart.marks), 1):.2f}%"


@register.simple_tag
def tall(size: float, room: float) -> str:
    return f"{size * room / 100:.1f}"


@register.simple_tag
def below(base: float, size: float, room: float) -> str:
    """Where a column of this size begins that stands on `base`."""
    return f"{base - size * room / 100:.1f}"


@register.simple_tag
def under(base: float, size: float, room: float) -> str:
    """Where one ends that hangs from `base`."""
    return f"{base + size * room / 100:.1f}"


@register.filter
def labelled(chart: Chart, place: int) -> bool:
    """Whether the n-th column has its label: as many as there is room for, the last always."""
    step = -(-len(chart.marks) // 8)
    return (len(chart.marks) - 1 - place) % step == 0


@register.filter
def short(mark: Mark) -> str:
    """What stands under a column: a day as day and month, anything else as it is."""
    return str(mark.label) if mark.day is None else f"{mark.day:%d.%m}"


@register.filter
def at(columns: Any, place: int) -> Any:
    """The n-th of a list."""
    return columns[place]


@register.filter
def as_target(hours: int | None) -> str:
    """A target in business time."""
    return "" if hours is None else in_words(timedelta(hours=hours))
