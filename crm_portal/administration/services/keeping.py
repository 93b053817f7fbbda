"""
Keep the reference tables: make, change, end and remove rows (CRM-9-b, CRM-7-q).

Every change is one command: the table is locked for other keepers, the row is checked by its table's own rules and by
the database's, and the audit tells what was before and after. Nothing that something refers to is deleted: a row is
switched off, or ends by date. A dated row that already held is never rewritten: it ends, and another begins.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.people.models import User

from ..registry import TABLES
from ..rules.access import Action
from ..selectors.rows import find, shown_values, stamp_of
from ..tables import Ending, Table, overlapping
from .checking import invalid_fields, invalid_whole

DAY = timedelta(days=1)
FIRST = date.min


@command("reference.keep", target="row_id")
def save_row(
    *,
    table: str,
    row_id: str | None,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    seen: str = "",
    holds_from: date | None = None,
) -> Any:
    """
    Make a row (`row_id` is None) or change one; `seen` is the stamp of the row as the keeper read it.

    A dated row that held before today is not rewritten: it ends the day before `holds_from` (today when not said),
    and the row returned begins on that day.

    :raises Refused: PERMISSION_DENIED, OUT_OF_SCOPE, STALE_VERSION, and what the table's own rules refuse
    """
    kept = _open(table, by)
    if row_id is None:
        return _make(kept, values, by=by, at=at)
    row = _locked(kept, row_id, seen)
    changes = {name: value for name, value in values.items() if name in kept.fields and name not in kept.fixed}
    if kept.is_dated and row.valid_from < _today(at) and _says_something_else(kept, row, changes):
        return _succeed(kept, row, changes, holds_from or _today(at), by=by, at=at)
    return _change(kept, row, changes, by=by, at=at)


@command("reference.end", target="row_id")
def end_row(*, table: str, row_id: str, last_day: date | None, seen: str, by: User | None, at: datetime) -> None:
    """
    Let a row count no more: switch it off, give it its last day, or remove what only ties two rows together.

    A dated row that has not begun is removed; one that holds ends today or later, or with yesterday at once.

    :raises Refused: INVALID_VALUE for a day that is over or a row that must stay; STALE_VERSION
    """
    kept = _open(table, by)
    row = _locked(kept, row_id, seen)
    refuse_if(kept.ending_checks(row, by))
    match kept.ending:
        case Ending.LINK:
            _remove(row, by=by, at=at)
        case Ending.SWITCHED:
            _write(kept, row, {"is_active": False}, verb="deactivate", by=by, at=at)
        case Ending.DATED if row.valid_from > _today(at):
            _remove(row, by=by, at=at)
        case Ending.DATED:
            if last_day is None:
                raise refuse(Code.FIELD_REQUIRED, "last_day", clause="CRM-7-q")
            if last_day < max(row.valid_from, _today(at) - DAY):
                raise refuse(Code.INVALID_VALUE, "last_day", clause="CRM-7-q", because="past_day")
            _write(kept, row, {"valid_until": last_day}, verb="end", by=by, at=at)
        case Ending.NEVER:
            raise refuse(Code.PERMISSION_DENIED, clause="CRM-9-b")


@command("reference.resume", target="row_id")
def resume_row(*, table: str, row_id: str, seen: str, by: User | None, at: datetime) -> None:
    """
    Switch a row on again.

    :raises Refused: when it could not be made as it is today
    """
    kept = _open(table, by)
    row = _locked(kept, row_id, seen)
    if kept.ending is not Ending.SWITCHED:
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-9-b")
    _write(kept, row, {"is_active": True}, verb="activate", by=by, at=at)


def _open(key: str, by: User | None) -> Table:
    """The table, locked against other keepers, so that what is checked of its rows stays true until it is written."""
    if by is not None and not by.may(Action.KEEP):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-9-b")
    if key not in TABLES:
        raise refuse(Code.OUT_OF_SCOPE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"reference:{key}"])
    return TABLES[key]


def _locked(kept: Table, row_id: str, seen: str) -> Any:
    row = find(kept, row_id, for_update=True)
    if row is None:
        raise refuse(Code.OUT_OF_SCOPE)
    if seen != stamp_of(row):
        raise refuse(Code.STALE_VERSION, because="row_changed", clause="CRM-9-b")
    return row


def _make(kept: Table, values: Mapping[str, Any], *, by: User | None, at: datetime) -> Any:
    if not kept.can_add:
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-9-b")
    row = kept.model()
    kept.prepare(row)
    given = {name: value for name, value in values.items() if name in kept.fields}
    if "code" in kept.fields and not given.get("code"):
        given["code"] = _free_code(kept)
    if kept.is_dated and (given.get("valid_from") or FIRST) < _today(at):
        raise refuse(Code.INVALID_VALUE, "valid_from", clause="CRM-7-q", because="past_day")
    return _write(kept, row, given, verb="add", by=by, at=at)


def _change(kept: Table, row: Any, changes: dict[str, Any], *, by: User | None, at: datetime) -> Any:
    today = _today(at)
    if kept.is_dated:
        if row.valid_from < today:  # it began; only its end may move
            changes.pop("valid_from", None)
        elif changes.get("valid_from", today) < today:
            raise refuse(Code.INVALID_VALUE, "valid_from", clause="CRM-7-q", because="past_day")
        last = changes.get("valid_until")
        if last is not None and last != row.valid_until and last < today - DAY:
            raise refuse(Code.INVALID_VALUE, "valid_until", clause="CRM-7-q", because="past_day")
    return _write(kept, row, changes, verb="change", by=by, at=at)


def _succeed(kept: Table, row: Any, changes: Mapping[str, Any], on: date, *, by: User | None, at: datetime) -> Any:
    """End the row the day before, and let another say something else from that day on."""
    if on < _today(at):
        raise refuse(Code.INVALID_VALUE, "holds_from", clause="CRM-7-q", because="past_day")
    if row.valid_until is not None and row.valid_until < on:
        raise refuse(Code.INVALID_VALUE, "holds_from", clause="CRM-7-q", because="ended_before")
    successor = kept.model()
    inherited = {name: getattr(row, name) for name in kept.fields}
    _write(kept, row, {"valid_until": on - DAY}, verb="end", by=by, at=at)
    return _write(kept, successor, {**inherited, **changes, "valid_from": on}, verb="add", by=by, at=at)


def _write(kept: Table, row: Any, values: Mapping[str, Any], *, verb: str, by: User | None, at: datetime) -> Any:
    """Give the row these values if every rule allows, and tell the audit what changed."""
    before = {} if verb == "add" else shown_values(row)
    sets = {field.name for field in row._meta.many_to_many}
    for name, value in values.items():
        if name not in sets:
            setattr(row, name, value)
    refuse_if(invalid_fields(row, kept.fields))
    if verb not in {"end", "deactivate"}:
        refuse_if(kept.checks(row, by))
        refuse_if(_twice(kept, row))
        refuse_if(invalid_whole(row))
        for other, change in kept.yields(row) if kept.is_dated else ():
            _give_way(kept, other, change, max(row.valid_from, _today(at)), by=by, at=at)
    row.save()
    for name in sets & values.keys():
        getattr(row, name).set(values[name])
    _tell(row, verb, before, by=by, at=at)
    return row


def _give_way(kept: Table, row: Any, change: Mapping[str, Any], on: date, *, by: User | None, at: datetime) -> None:
    if row.valid_from >= on:
        _write(kept, row, change, verb="change", by=by, at=at)
    else:
        _succeed(kept, row, change, on, by=by, at=at)


def _twice(kept: Table, row: Any) -> list[Refusal]:
    """Two rows that say the same thing of one day."""
    if not kept.once:
        return []
    same = kept.model.objects.exclude(pk=row.pk).filter(**{name: getattr(row, name) for name in kept.once})
    other = overlapping(same, row).order_by("valid_from").first()
    if other is None:
        return []
    details = {"because": "dates_overlap", "since": f"{other.valid_from:%d.%m.%Y}"}
    return [Refusal(Code.DUPLICATE, ("valid_from",), details, "CRM-7-q")]


def _says_something_else(kept: Table, row: Any, changes: Mapping[str, Any]) -> bool:
    dates = {"valid_from", "valid_until"}
    return any(getattr(row, name) != value for name, value in changes.items() if name not in dates)


def _remove(row: Model, *, by: User | None, at: datetime) -> None:
    record(f"{row._meta.model_name}.delete", by=by, at=at, target=row, before=shown_values(row))
    row.delete()


def _tell(row: Any, verb: str, before: Mapping[str, Any], *, by: User | None, at: datetime) -> None:
    after = shown_values(row)
    changed = [name for name, value in after.items() if before.get(name, "") != value]
    record(
        f"{row._meta.model_name}.{verb}",
        by=by,
        at=at,
        target=row,
        before={name: before.get(name, "") for name in changed} if before else None,
        after={name: after[name] for name in changed},
    )


def _free_code(kept: Table) -> str:
    """A code for whoever has no wish: the table's name and the next number."""
    taken = set(kept.model.objects.values_list("code", flat=True))
    number = len(taken) + 1
    while (code := f"{kept.key}-{number}") in taken:
        number += 1
    return code


def _today(at: datetime) -> date:
    return timezone.localdate(at)
