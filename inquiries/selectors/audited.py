"""The auditor's search: what he names in words, the page of events, and each event in words (screen E20, CRM-2-b)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from stdnum.il import idnr

from crm_portal.audit.models import AuditEvent
from crm_portal.audit.selectors import search
from crm_portal.people.models import Customer, User
from routing.models import BusinessUnit, Team, Triplet

from .. import labels
from ..audit_words import ACTIONS, FIELDS
from ..models import Attachment, Inquiry

PAGE_SIZE: Final = 50
MOST_ACTORS: Final = 50
WITHOUT_AN_OBJECT: Final = timedelta(days=31)  # how far back, where neither an object, a user nor a period is given
SYSTEM = ("system", "המערכת")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the auditor asks for; empty does not narrow."""

    about: str = ""  # an inquiry's number, a customer's number or a username
    who: str = ""  # a username or the beginning of a name
    action: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Event:
    """One event in words."""

    row: AuditEvent
    action: str
    changes: Sequence[tuple[str, str, str]]  # what, before, after


@dataclass(frozen=True, slots=True)
class Events:
    """One page, newest first, and the cursors of the pages beside."""

    rows: Sequence[Event]
    newer: str = ""
    older: str = ""


def page_of_events(wanted: Wanted, *, today: date, after: str = "", before: str = "") -> Events:
    """Read one page in a fixed number of queries; a cursor that cannot be read gives the first page."""
    found = _search(wanted, today)
    if before.isdecimal():
        rows = list(found.filter(id__gt=int(before)).order_by("id")[: PAGE_SIZE + 1])
        shown, has_newer, has_older = rows[:PAGE_SIZE][::-1], len(rows) > PAGE_SIZE, True
    else:
        older = found.filter(id__lt=int(after)) if after.isdecimal() else found
        rows = list(older[: PAGE_SIZE + 1])
        shown, has_newer, has_older = rows[:PAGE_SIZE], after.isdecimal(), len(rows) > PAGE_SIZE
    names = _names(shown)
    return Events(
        [Event(row, str(ACTIONS.get(row.action, row.action)), list(_changes(row, names))) for row in shown],
        newer=str(shown[0].pk) if shown and has_newer else "",
        older=str(shown[-1].pk) if shown and has_older else "",
    )


def begins(wanted: Wanted, today: date) -> date | None:
    """From which day on it is searched: all of them only for one object or user."""
    if wanted.since is not None or wanted.about or wanted.who:
        return wanted.since
    return (wanted.until or today) - WITHOUT_AN_OBJECT


def _search(wanted: Wanted, today: date) -> Any:
    narrowed: dict[str, Any] = {}
    if wanted.about:
        narrowed["objects"] = _objects(wanted.about.strip())
    if wanted.who.strip() and wanted.who.strip() not in SYSTEM:
        narrowed["actors"] = _actors(wanted.who.strip())
    found = search(
        action=wanted.action, outcome=wanted.outcome, since=begins(wanted, today), until=wanted.until, **narrowed
    )
    if wanted.who.strip() in SYSTEM:
        found = found.filter(actor__isnull=True)
    return found.select_related("actor")


def _objects(text: str) -> Mapping[str, Sequence[str]]:
    """What this text names, with what belongs to it: an inquiry's files, the questions asked about a customer."""
    objects = defaultdict[str, list[str]](list)
    inquiry = Inquiry.objects.filter(number=text).first()
    if inquiry is not None:
        objects["inquiry"] = [str(inquiry.pk)]
        objects["attachment"] = _ids(Attachment.objects.filter(inquiry=inquiry))
    number = text.zfill(9) if text.isdecimal() and len(text) <= 9 else ""
    if number and idnr.is_valid(number):
        objects["register"].append(number)
        objects["customer"] += _ids(Customer.objects.filter(id_number=number))
    objects["user"] += _ids(User.objects.filter(username=text))
    return objects


def _ids(rows: QuerySet[Any]) -> list[str]:
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


def _actors(text: str) -> Sequence[int]:
    words = text.split()
    named = Q(username=text) | Q(last_name__istartswith=text)
    if len(words) > 1:
        named |= Q(last_name__istartswith=words[0], first_name__istartswith=" ".join(words[1:]))
    return list(User.objects.filter(named).order_by("pk").values_list("pk", flat=True)[:MOST_ACTORS])


_NAMED: Mapping[str, Callable[[], QuerySet[Any]]] = {
    "owner_id": User.objects.all,
    "team_id": Team.objects.select_related("unit").all,
    "unit_id": BusinessUnit.objects.all,
    "triplet_id": Triplet.objects.all,
}


def _names(events: Iterable[AuditEvent]) -> Mapping[str, Mapping[Any, str]]:
    """The names behind the ids in before and after: a query for each kind, however many events there are."""
    ids: dict[str, set[Any]] = {key: set() for key in _NAMED}
    for event in events:
        for values in (event.before or {}, event.after or {}):
            for key in _NAMED:
                if values.get(key) is not None:
                    ids[key].add(values[key])
    names: dict[str, Mapping[Any, str]] = {"status": {code: str(words) for code, words in labels.STATUS}}
    for key, named in _NAMED.items():
        names[key] = {row.pk: str(row) for row in named().filter(pk__in=ids[key])} if ids[key] else {}
    return names


def _changes(event: AuditEvent, names: Mapping[str, Mapping[Any, str]]) -> Iterable[tuple[str, str, str]]:
    before, after = event.before or {}, event.after or {}
    for key in dict.fromkeys([*before, *after]):
        was, became = (_words(values.get(key), names.get(key, {})) for values in (before, after))
        yield str(FIELDS.get(key, key)), was, became


def _words(value: Any, names: Mapping[Any, str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_words(one, {})}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_words(one, names) for one in value)
    return names.get(value, str(value))
