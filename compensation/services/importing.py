"""Bring in employees or branches from a spreadsheet: all of it, or nothing and every cell that is wrong."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..rules.wizard import WizardStep
from ..selectors import branch_files, sheet_files
from ..selectors.spreadsheets import MOST_BYTES, CellProblem, Unreadable
from . import drafting, employees
from .drafting import Saved
from .employees import Sheet


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were brought in; with problems none was."""

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
    _not_too_large(content, "CMP-3.3.1-d")
    outside = employees.is_outside(claim, programme)
    try:
        rows, problems = sheet_files.read(content, employees.kind_of(claim), programme, is_outside=outside)
    except Unreadable:
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


@command("branch.import", target="claim_id")
def import_branches(*, claim_id: int, by: User, at: datetime, content: IO[bytes] | Any) -> Imported:
    """
    Replace the branches of a draft by those of a file; a business whose list was brought in has branches (CMP-2.6-i).

    :raises Refused: INVALID_VALUE when the file is no filled-in template; GEN_BAD_TRANSITION once the claim is filed
    """
    claim = drafting.own_draft(claim_id, by, at)
    _not_too_large(content, "CMP-2.6-i")
    try:
        found, problems = branch_files.read(content, employees.programme_of(claim, at))
    except Unreadable:
        raise refuse(Code.INVALID_VALUE, "file", clause="CMP-2.6-i", because="sheet_unreadable") from None
    if problems:
        return Imported(problems=problems)
    if not found:
        raise refuse(Code.INVALID_VALUE, "file", clause="CMP-2.6-i", because="branches_empty")
    saved = Saved(columns={"has_branches": True}, branches=found)
    drafting.save_step(claim_id=claim.pk, step=WizardStep.BUSINESS, saved=saved, by=by, at=at, is_complete=False)
    record("branch.import", by=by, at=at, target=claim, after={"branches": len(found)})
    return Imported(len(found))


def _not_too_large(content: IO[bytes] | Any, clause: str) -> None:
    if getattr(content, "size", 0) > MOST_BYTES:
        raise refuse(Code.INVALID_VALUE, "file", clause=clause, because="sheet_unreadable")
