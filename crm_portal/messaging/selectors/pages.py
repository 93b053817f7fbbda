"""One page of the outbox, newest first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from ..models import Notification

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; empty does not. `search` is a whole address or a whole inquiry number."""

    state: str = ""
    channel: str = ""
    kind: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The messages, and the cursors of the pages beside; None where there is none."""

    messages: list[Notification]
    newer: str | None
    older: str | None


def page(filters: Filters, *, older_than: str = "", newer_than: str = "") -> Page:
    """Read one page by its neighbour's cursor, with one query; a cursor that cannot be read gives the first page."""
    found = Notification.objects.filter(_wanted(filters))
    if newer := _read(newer_than):
        at, key = newer
        found = found.filter(created_at__gte=at).exclude(created_at=at, id__lte=key)
        rows = list(found.order_by("created_at", "id")[: PAGE_SIZE + 1])
        more = len(rows) > PAGE_SIZE
        return _page(rows[:PAGE_SIZE][::-1], has_newer=more, has_older=True)
    if older := _read(older_than):
        at, key = older
        found = found.filter(created_at__lte=at).exclude(created_at=at, id__gte=key)
    rows = list(found.order_by("-created_at", "-id")[: PAGE_SIZE + 1])
    return _page(rows[:PAGE_SIZE], has_newer=older is not None, has_older=len(rows) > PAGE_SIZE)


def _wanted(filters: Filters) -> Q:
    named = {"state": filters.state, "channel": filters.channel, "kind": filters.kind}
    wanted = Q(**{name: value for name, value in named.items() if value})
    if search := filters.search.strip():
        wanted &= Q(address=search) | Q(about=search)
    return wanted


def _page(messages: list[Notification], *, has_newer: bool, has_older: bool) -> Page:
    return Page(
        messages,
        newer=_cursor(messages[0]) if messages and has_newer else None,
        older=_cursor(messages[-1]) if messages and has_older else None,
    )


def _cursor(message: Notification) -> str:
    return f"{message.created_at.astimezone(UTC):%Y%m%dT%H%M%S%f}.{message.pk.hex}"


def _read(cursor: str) -> tuple[datetime, UUID] | None:
    instant, _, key = cursor.partition(".")
    try:
        return datetime.strptime(instant, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), UUID(key)
    except ValueError:
        return None
