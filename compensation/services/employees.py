"""The calculation sheet of a wage claim: employees and their days, put in, changed and taken out (CMP-3.3.1-d)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, Refused, refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import AbsenceDay, Claim, EligibilityCheckRequest, EmployeeRow
from ..rules.codes import ClaimantFlag, ClaimantKind, ClaimState, LocationRow, Track
from ..rules.programme import Programme
from ..rules.reasons import Reason
from ..rules.wage import sheet
from ..rules.wage.sheet import AbsenceFacts, EmployeeFacts, Problem
from ..selectors.claims import customers_of
from ..selectors.inputs import top_up_of
from ..selectors.programmes import programme_on
from . import moving

Typed = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as they were read: each employee with the entries of his days."""

    employee: EmployeeFacts
    absences: Sequence[AbsenceFacts] = field(default_factory=tuple)


@command("employee.save")
def save_employee(
    *, claim_id: int, by: User, at: datetime, typed: Typed, employee_id: int | None = None
) -> EmployeeRow:
    """
    Put an employee into the sheet of a draft, or change one.

    :raises Refused: every cell that is wrong, each with its code (section 4.3)
    """
    claim = own_draft(claim_id, by=by, at=at)
    found, problems = sheet.employee(typed, kind_of(claim), programme_of(claim, at))
    refuse_problems(problems)
    assert found is not None  # noqa: S101 - else there were problems
    row = (
        claim.employees.listed().filter(pk=employee_id).first()
        if employee_id
        else EmployeeRow(claim=claim, created_at=at)
    )
    if row is None:
        raise refuse(Code.OUT_OF_SCOPE)
    refuse_problems(_of_the_sheet(claim, found, row))
    _write(row, found)
    changed(claim, "employee.save", by=by, at=at, what={"employee": row.pk})
    return row


@command("employee.add_days")
def add_days(*, employee_id: int, by: User, at: datetime, typed: Typed) -> EmployeeRow:
    """
    Put the dates of an entry beside an employee.

    :raises Refused: every cell that is wrong; WAG_DUPLICATE_DAY for a date that is there already (CMP-3.2.1-e)
    """
    row = own_row(employee_id, by=by, at=at)
    claim, programme = row.claim, programme_of(row.claim, at)
    absence, problems = sheet.absence(
        typed, facts_of(row, programme), programme, is_outside=is_outside(claim, programme)
    )
    refuse_problems(problems)
    assert absence is not None  # noqa: S101 - else there were problems
    if row.days.filter(on__in=absence.dates).exists():
        raise refuse(Reason.WAG_DUPLICATE_DAY, "from_on", clause="CMP-3.2.1-e")
    _write_days(row, absence)
    changed(claim, "employee.add_days", by=by, at=at, what={"employee": row.pk, "days": len(absence.dates)})
    return row


@command("employee.drop_days")
def drop_days(*, employee_id: int, by: User, at: datetime, day_ids: Iterable[int]) -> EmployeeRow:
    """Take dates out of the sheet of a draft."""
    row = own_row(employee_id, by=by, at=at)
    row.days.filter(pk__in=list(day_ids)).delete()
    changed(row.claim, "employee.drop_days", by=by, at=at, what={"employee": row.pk})
    return row


@command("employee.drop")
def drop(*, employee_id: int, by: User, at: datetime) -> Claim:
    """Take an employee out of a draft; nobody was asked anything yet, so nothing is kept."""
    row = own_row(employee_id, by=by, at=at)
    claim = row.claim
    row.delete()
    changed(claim, "employee.drop", by=by, at=at, what={"employee": employee_id})
    return claim


def bring_in(claim: Claim, sheets: Iterable[Sheet], *, at: datetime) -> None:
    """Replace the whole sheet of a locked draft by rows that were read before."""
    claim.employees.all().delete()
    for one in sheets:
        row = EmployeeRow(claim=claim, created_at=at)
        _write(row, one.employee)
        for absence in one.absences:
            _write_days(row, absence)


def lock_people(claim: Claim) -> None:
    """
    Hold the people and children of a claim until it is filed: of two claims at once the later one sees the earlier.

    Always in the same order, so that two filings wait for each other and never block each other (CMP-3.2.1-e).
    """
    people = set(claim.employees.listed().values_list("id_number", flat=True))
    children = AbsenceDay.objects.filter(row__claim=claim, row__removed_at__isnull=True).exclude(child_id="")
    with connection.cursor() as cursor:
        for number in sorted(people | set(children.values_list("child_id", flat=True))):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"absence:{number}"])


def filing_refusals(claim: Claim) -> list[Refusal]:
    """Why the sheet is not complete: no employee, one without a day, or a top-up without a wage."""
    if claim.track != Track.WAGE.value:
        return []
    rows = list(claim.employees.listed().prefetch_related("days"))
    if not rows:
        return [Refusal(Code.FIELD_REQUIRED, ("employees",), clause="CMP-3.4.2-a")]
    return [
        Refusal(Code.FIELD_REQUIRED, (f"employees.{place}.days",), {"employee": row.name}, clause="CMP-3.4.2-a")
        for place, row in enumerate(rows)
        if not row.days.all()
    ] + [  # a top-up is reckoned from the full wage (CMP-2.6-l)
        Refusal(Code.FIELD_REQUIRED, (f"employees.{place}.wage_paid",), {"employee": row.name}, clause="CMP-2.6-l")
        for place, row in enumerate(rows)
        if row.wage_paid is None and top_up_of(claim) is not None
    ]


def own_draft(claim_id: int, *, by: User, at: datetime) -> Claim:
    """
    Lock a draft of a wage claim whose claimant the user may act for.

    :raises Refused: OUT_OF_SCOPE, GEN_BAD_TRANSITION once it is filed
    """
    claim = own_claim(claim_id, by=by, at=at)
    if claim.state != ClaimState.DRAFT.value or claim.track not in {"", Track.WAGE.value}:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="8.5")
    return claim


def own_claim(claim_id: int, *, by: User, at: datetime) -> Claim:
    """:raises Refused: OUT_OF_SCOPE when the user may not act for its claimant"""
    claim = moving.lock(claim_id)
    if not customers_of(by, day_of(at)).filter(pk=claim.claimant.customer_id).exists():
        raise refuse(Code.OUT_OF_SCOPE)
    return claim


def own_row(employee_id: int, *, by: User, at: datetime) -> EmployeeRow:
    """
    A listed employee of a draft, with the claim locked.

    :raises Refused: OUT_OF_SCOPE, GEN_BAD_TRANSITION once it is filed
    """
    claim_id = EmployeeRow.objects.listed().filter(pk=employee_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = own_draft(claim_id, by=by, at=at)
    row = EmployeeRow.objects.get(pk=employee_id)
    row.claim = claim
    return row


def programme_of(claim: Claim, at: datetime) -> Programme:
    """The figures that hold for a claim now."""
    return programme_on(day_of(at), code=claim.claimant.programme.code)


def kind_of(claim: Claim) -> ClaimantKind:
    """A claimant whose kind is not told yet is a regular one."""
    return ClaimantKind(claim.kind) if claim.kind else ClaimantKind.REGULAR


def is_outside(claim: Claim, programme: Programme) -> bool:
    """Whether only the grounds of an outside employer are open (CMP-3.2.3-a)."""
    town = programme.towns.find(claim.business_town) if claim.business_town else None
    return ClaimantFlag.OUTSIDE_EMPLOYER.value in claim.flags or (town is not None and town.row is LocationRow.REST)


def facts_of(row: EmployeeRow, programme: Programme) -> EmployeeFacts:
    """A kept row as the rules read it."""
    town = programme.towns.find(row.town)
    assert town is not None  # noqa: S101 - it was looked up when it was kept
    return EmployeeFacts(
        row.id_number, row.name, row.mobile, town, row.full_time_daily_hours, row.scheduled_hours,
        row.usually_works_rest_days, None, None, row.wage_paid, row.paid_from, row.paid_until,
    )  # fmt: skip


def refuse_problems(problems: Sequence[Problem]) -> None:
    """:raises Refused: all of them at once"""
    if problems:
        raise Refused(*[Refusal(problem.code, (problem.field,), clause="4.3") for problem in problems])


def changed(claim: Claim, event: str, *, by: User, at: datetime, what: dict[str, Any]) -> None:
    """A locked draft has another sheet now."""
    moving.keep(claim)
    record(event, by=by, at=at, target=claim, after=what)


def _of_the_sheet(claim: Claim, found: EmployeeFacts, row: EmployeeRow) -> tuple[Problem, ...]:
    """What only the other rows can tell: a number stands once in a claim; a top-up is for its employee alone."""
    if claim.employees.listed().filter(id_number=found.id_number).exclude(pk=row.pk).exists():
        return (Problem("id_number", Reason.WAG_BAD_ID),)
    return check_problems(claim.eligibility_check, found)


def check_problems(check: EligibilityCheckRequest | None, found: EmployeeFacts) -> tuple[Problem, ...]:
    """A top-up is claimed only for the employee that it was granted for (CMP-2.6-l)."""
    if check is None or not check.is_top_up or check.employee_id_number in {"", found.id_number}:
        return ()
    return (Problem("id_number", Reason.WAG_BAD_ID),)


def _write(row: EmployeeRow, found: EmployeeFacts) -> None:
    row.id_number, row.name, row.mobile, row.town = found.id_number, found.name, found.mobile, found.town.name
    row.full_time_daily_hours, row.scheduled_hours = found.full_time_daily_hours, found.scheduled_hours
    row.usually_works_rest_days, row.wage_paid = found.usually_works_rest_days, found.wage_paid
    row.role = found.role.value if found.role is not None else ""
    row.branch = found.branch.value if found.branch is not None else ""
    row.paid_from, row.paid_until = found.paid_from, found.paid_until
    row.save()


def _write_days(row: EmployeeRow, absence: AbsenceFacts) -> None:
    AbsenceDay.objects.bulk_create(
        AbsenceDay(
            row=row,
            on=on,
            absent_hours=absence.absent_hours,
            ground=absence.ground.value if absence.ground is not None else "",
            facts={name: value for name, value in absence.facts.items() if name != "child_id"},
            child_id=absence.child_id,
            reason_not_counted=absence.reason_not_counted.value if absence.reason_not_counted is not None else "",
        )
        for on in absence.dates
    )
