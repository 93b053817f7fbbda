"""Cells of the reference tables. `{% load administration %}`."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_portal import sentences as words
from crm_portal.configuration.rules.options import Kind, Option
from crm_portal.errors import Refused
from crm_portal.ui.templatetags.portal import day, ident, num

from ..tables import Column, Look

register = template.Library()
_LESS = SafeString('<span class="muted">–</span>')


@register.simple_tag
def cell(column: Column, row: Any) -> SafeString | str:
    """What a column shows of a row."""
    value = column.of(row)
    match column.look:
        case Look.FLAG:
            return format_html('<span class="tag tag--ok">{}</span>', column.label) if value else _LESS
        case Look.TAGS:
            tags = format_html_join("", '<span class="tag">{}</span>', ((one,) for one in value))
            return format_html('<span class="cluster tags">{}</span>', tags) if value else _LESS
        case Look.GAP:
            return value or format_html('<span class="tag tag--warn">{}</span>', _("Missing"))
    if value in (None, ""):
        return _LESS
    match column.look:
        case Look.CODE:
            return ident(value)
        case Look.NUMBER:
            return num(value)
        case Look.DAY:
            return day(value)
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def says(column: Column, row: Any) -> bool:
    """Whether a column has anything to show of a row."""
    return bool(column.of(row))


@register.simple_tag
def subcell(column: Column, row: Any) -> SafeString | str:
    """The small second line of a cell, where a column has one."""
    value = column.sub_of(row)
    return format_html("<small><bdi>{}</bdi></small>", value) if value else ""


@register.simple_tag
def option_value(option: Option[Any], value: Any) -> SafeString | str:
    """The value of an option in words."""
    match option.kind:
        case Kind.FLAG:
            return _("yes") if value else _("no")
        case Kind.WEEKDAYS:
            return ", ".join(str(WEEKDAYS[one]) for one in value) or _("none")
        case Kind.HOURS:
            return ident(value) if value else _("whole days")
        case Kind.TYPES:
            return ident(", ".join(value))
    return num(value)


@register.filter
def sentences(refused: Refused) -> list[str]:
    """Why something was refused."""
    return words.sentences(refused)


@register.filter
def entry(mapping: Mapping[str, Any], name: str) -> Any:
    """One entry of a mapping."""
    return mapping[name]


@register.filter
def period(every: timedelta) -> str:
    """How often a timer runs, in its largest whole unit."""
    seconds = int(every.total_seconds())
    if seconds % 86400 == 0:
        return ngettext("day", "%(n)d days", seconds // 86400) % {"n": seconds // 86400}
    if seconds % 3600 == 0:
        return ngettext("hour", "%(n)d hours", seconds // 3600) % {"n": seconds // 3600}
    if seconds % 60 == 0:
        return ngettext("minute", "%(n)d minutes", seconds // 60) % {"n": seconds // 60}
    return ngettext("second", "%(n)d seconds", seconds) % {"n": seconds}
