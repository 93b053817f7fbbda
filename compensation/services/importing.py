"""Bring in the calculation sheet from a spreadsheet: all of it, or nothing and every cell that is wrong."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..selectors import sheet_files
from ..selectors.sheet_files import CellProblem
from . import employees
from .employees import Sheet


@dataclass(frozen=True, slots=True)
class Imported:
    """How many employees were brought in; with problems none was."""

    count: int = 0
    problems: list[CellProblem] = field(default_factory=list)


@command("employee.import", target="claim_id")
def import_sheet(*, claim_id: int, by: User, at: datetime, content: IO[bytes] | Any) -> Imported:
    """
    Replace the sheet of a draft by that of a file.

    :raises Refused: INVALID_VALUE when the file is no filled-in template; GEN_BAD_TRANSITION once the claim is filed
    """
    claim = employees.own_draft(claim_id, by=by, at=at)
    programme = employees.programme_of(claim, at)
    if getattr(content, "size", 0) > sheet_files.MOST_BYTES:
        raise refuse(Code.INVALID_VALUE, "file", clause="CMP-3.3.1-d", because="sheet_unreadable")
    outside = employees.is_outside(claim, programme)
    try:
        rows, problems = sheet_files.read(content, employees.kind_of(claim), programme, is_outside=outside)
    except sheet_files.Unreadable:
        raise refuse(Code.INVALID_VALUE, "file", clause="CMP-3.3.1-d", because="sheet_unreadable") from None
    if not rows and not problems:
        raise refuse(Code.INVALID_VALUE, "file", clause="CMP-3.3.1-d", because="sheet_empty")
    if problems:
        return Imported(problems=problems)
    for row in rows:
        employees.refuse_problems(employees.check_problems(claim.eligibility_check, row.employee))
    employees.bring_in(claim, [Sheet(row.employee, row.absences) for row in rows], at=at)
    employees.changed(claim, "employee.import", by=by, at=at, what={"employees": len(rows)})
    return Imported(len(rows))
