"""What the employer may still do while declarations are awaited: put a disputed day right, remove an employee."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, Refused, refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, EmployeeRow
from ..rules.codes import Answer, InvitationKind
from ..rules.reasons import Reason
from ..rules.wage.sheet import Cells
from ..selectors.claims import customers_of
from . import declaring, inviting


@command("employee.remove")
def remove(*, employee_id: int, by: User, at: datetime, reason: str) -> EmployeeRow:
    """
    Take out an employee who will not declare, with a reason; the amount is computed anew (CMP-3.4.2-e).

    When he was the last one waited for, the claim is complete.

    :raises Refused: FIELD_REQUIRED without a reason; INVALID_VALUE for the only employee: the claim is withdrawn then
    """
    row, claim = _own(employee_id, by, at)
    if not reason.strip():
        raise refuse(Code.FIELD_REQUIRED, "reason", clause="CMP-3.4.2-e")
    if claim.employees.listed().count() == 1:
        raise refuse(Code.INVALID_VALUE, "reason", clause="CMP-3.4.2-e", because="last_employee")
    row.removed_at, row.removed_by, row.removal_reason = at, by, reason.strip()
    row.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    record("employee.remove", by=by, at=at, target=claim, after={"employee": row.pk, "reason": row.removal_reason})
    declaring.recompute(claim, at=at)
    declaring.complete_if_declared(claim, at=at)
    return row


@command("employee.correct")
def correct(*, employee_id: int, by: User, at: datetime, hours: Mapping[int, str]) -> EmployeeRow:
    """
    Answer an employee who disputes days: other hours for each, or nothing for a day that is taken out.

    He is asked anew; what he declared before stays on record (CMP-3.4.2-c).

    :raises Refused: WAG_BAD_HOURS at a day; GEN_BAD_TRANSITION when nothing is disputed
    """
    row, claim = _own(employee_id, by, at)
    if row.disputed_at is None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "employee", clause="CMP-3.4.2-c")
    disputed = list(row.days.filter(answer=Answer.DISPUTED.value))
    cells = Cells({f"hours_{day.pk}": hours.get(day.pk, "") for day in disputed})
    read: dict[int, Decimal | None] = {
        day.pk: cells.number(f"hours_{day.pk}", Reason.WAG_BAD_HOURS) for day in disputed
    }
    if cells.problems:
        raise Refused(*[Refusal(one.code, (one.field,), clause="CMP-3.4.2-c") for one in cells.problems])
    if not row.days.exclude(pk__in=[pk for pk, value in read.items() if not value]).exists():
        raise refuse(Code.INVALID_VALUE, "employee", clause="CMP-3.4.2-c", because="no_day_left")
    for day in disputed:
        new = read[day.pk]
        if not new:
            day.delete()
        else:
            day.absent_hours = new
            day.save(update_fields=["absent_hours"])
    row.days.update(answer="")
    row.disputed_at = None
    row.save(update_fields=["disputed_at"])
    record("employee.correct", by=by, at=at, target=claim, after={"employee": row.pk})
    declaring.recompute(claim, at=at)
    inviting.invite(row, claim, InvitationKind.CORRECTED, by=by, at=at)
    return row


def _own(employee_id: int, by: User, at: datetime) -> tuple[EmployeeRow, Claim]:
    row, claim = inviting.waiting_row(employee_id)
    if not customers_of(by, day_of(at)).filter(pk=claim.claimant.customer_id).exists():
        raise refuse(Code.OUT_OF_SCOPE)
    return row, claim
