"""The engine's `employees` from the rows of a wage claim, with what other claims say about the same people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q

from ..models import AbsenceDay, Claim, EmployeeRow
from ..rules.codes import AbsenceGround, NotCountedReason

_NOT_OF_THE_ENGINE = frozenset({"child_id"})
Key = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was claimed before for the same people and children (CMP-3.2.1-e, CMP-3.2.2.2-f)."""

    hours: Mapping[Key, Decimal] = field(default_factory=dict)  # by identity number and date
    parents: Mapping[Key, frozenset[str]] = field(default_factory=dict)  # by the child's; who was absent for it

    def has_other_parent(self, child_id: str, on: date, id_number: str) -> bool:
        return bool(self.parents.get((child_id, on), frozenset()) - {id_number})


def rows_of(claim: Claim) -> list[EmployeeRow]:
    """The listed employees with their days, in two queries."""
    return list(claim.employees.listed().prefetch_related(Prefetch("days", AbsenceDay.objects.order_by("on"))))


def employees_of(claim: Claim) -> list[dict[str, Any]]:
    """The listed employees as the engine reads them, checked against the claims that were submitted before."""
    rows = rows_of(claim)
    before = elsewhere(claim, rows)
    return [as_input(row, before) for row in rows]


def elsewhere(claim: Claim, rows: Iterable[EmployeeRow]) -> Elsewhere:
    """Earlier submitted claims about the people and children of these rows; one query for each of the two."""
    ids = {row.id_number for row in rows}
    days = [day for row in rows for day in row.days.all()]
    children = {day.child_id for day in days if day.child_id}
    earlier = _earlier_than(claim)
    hours: dict[Key, Decimal] = {}
    for day in earlier.filter(row__id_number__in=ids).select_related("row"):
        key = (day.row.id_number, day.on)
        hours[key] = hours.get(key, Decimal(0)) + counted_hours(day, day.row)
    parents: dict[Key, set[str]] = {}
    if children:
        for_children = earlier.filter(child_id__in=children, ground=AbsenceGround.CHILDCARE.value)
        for child_id, on, parent in for_children.values_list("child_id", "on", "row__id_number"):
            parents.setdefault((child_id, on), set()).add(parent)
    seen: dict[Key, str] = {}
    for row in rows:  # both parents in one claim: the first one listed is the one that counts
        for day in row.days.all():
            if day.child_id and not day.reason_not_counted:
                first = seen.setdefault((day.child_id, day.on), row.id_number)
                if first != row.id_number:
                    parents.setdefault((day.child_id, day.on), set()).add(first)
    return Elsewhere(hours, {key: frozenset(found) for key, found in parents.items()})


def counted_hours(day: AbsenceDay, row: EmployeeRow) -> Decimal:
    """The hours of a day that may count: not above the employee's own and a full-time day (CMP-3.3.1-a)."""
    return min(day.absent_hours, row.scheduled_hours or row.full_time_daily_hours, row.full_time_daily_hours)


def as_input(row: EmployeeRow, before: Elsewhere) -> dict[str, Any]:
    """One employee in the golden file's shape."""
    told: dict[str, Any] = {
        "ref": row.name,
        "id": row.id_number,
        "employee_town": row.town,
        "full_time_daily_hours": str(row.full_time_daily_hours),
        "usually_works_rest_days": row.usually_works_rest_days,
        "days": [_day(day, row, before) for day in row.days.all()],
    }
    if row.mobile:
        told["mobile"] = row.mobile
    if row.scheduled_hours is not None:
        told["scheduled_hours"] = str(row.scheduled_hours)
    if row.role:
        told |= {"role": row.role, "branch": row.branch}
    if row.wage_paid is not None:
        told["wage_paid"] = str(row.wage_paid)
    return told


def _day(day: AbsenceDay, row: EmployeeRow, before: Elsewhere) -> dict[str, Any]:
    told: dict[str, Any] = {"date": day.on.isoformat(), "absent_hours": str(day.absent_hours)}
    if day.reason_not_counted:
        return told | {"reason_not_counted": NotCountedReason(day.reason_not_counted).value}
    told |= {name: value for name, value in day.facts.items() if name not in _NOT_OF_THE_ENGINE}
    if day.child_id:
        told["child_id"] = day.child_id
    if day.ground:
        told["ground"] = day.ground
    if claimed := before.hours.get((row.id_number, day.on)):
        told["hours_claimed_elsewhere"] = str(min(claimed, Decimal(24)))
    if day.child_id and before.has_other_parent(day.child_id, day.on, row.id_number):
        told["other_parent_compensated_same_day"] = True
    return told


def _earlier_than(claim: Claim) -> Any:
    """Days of claims that were submitted before this one; before a draft, of all that were submitted."""
    days = AbsenceDay.objects.claimed().exclude(row__claim=claim)
    if claim.submitted_at is None:
        return days
    return days.filter(
        Q(row__claim__submitted_at__lt=claim.submitted_at)
        | Q(row__claim__submitted_at=claim.submitted_at, row__claim_id__lt=claim.pk)
    )
