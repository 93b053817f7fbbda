"""The employees of a wage claim for programs: kept in a draft; asked again, corrected, removed later (CMP-3.4.2-j)."""

from typing import Any, Final

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crm_portal.audit.services.recording import record_read
from crm_portal.errors import Refusal, Refused

from ..models import Claim, EmployeeRow
from ..rules.access import Action
from ..selectors.employee_sheets import sheet_of
from ..services import amending, employees, importing, inviting
from .acting import Acting, NothingInput, user_of
from .claim_views import ClaimView
from .employee_serializers import (
    DaysInput,
    DisputedInput,
    EmployeeInput,
    EmployeeOutput,
    RemovalInput,
    SheetFileInput,
    SheetOutput,
    shown,
)

PAGES: Final = {1: "employees", 2: "days"}  # of the template, in the names of wrong cells


class SheetView(Acting, ClaimView):
    """Finds the employee; not there, removed and not visible look alike."""

    required_action: Any = Action.FILE  # or one for each method

    def row(self, claim: Claim, pk: int) -> EmployeeRow:
        found = claim.employees.listed().filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def sheet(self, claim: Claim) -> Response:
        """The whole sheet as it is."""
        return Response(shown(sheet_of(claim, timezone.now()), claim.state))

    def line(self, claim: Claim, pk: int, status: int = 200) -> Response:
        """One employee as the sheet has him."""
        lines = sheet_of(claim, timezone.now()).lines
        found = next((line for line in lines if line.row.pk == pk), None)
        if found is None:
            raise Http404
        return Response(EmployeeOutput(found).data, status=status)

    def read(self, claim: Claim) -> None:
        """The audit knows when the fund reads of employees."""
        user = user_of(self.request)
        if user.is_employee:
            record_read("claim.view_employees", by=user, at=timezone.now(), target=claim)


class Employees(SheetView):
    """The calculation sheet of a wage claim; `POST` puts an employee into that of a draft."""

    required_action = {"GET": Action.VIEW_EMPLOYEES, "POST": Action.FILE}
    serializer_class = EmployeeInput

    @extend_schema(operation_id="compensation_employees_list", responses=SheetOutput)
    def get(self, request: Request, number: str) -> Response:
        claim = self.claim(number)
        self.read(claim)
        return self.sheet(claim)

    @extend_schema(operation_id="compensation_employees_create", responses={201: EmployeeOutput})
    def post(self, request: Request, number: str) -> Response:
        claim = self.claim(number)
        made = employees.save_employee(claim_id=claim.pk, typed=self.parsed(claim), **self.who())
        return self.line(claim, made.pk, status=201)


class OneEmployee(SheetView):
    """An employee of the sheet; in a draft `PUT` replaces his details and `DELETE` takes him out."""

    required_action = {"GET": Action.VIEW_EMPLOYEES, "PUT": Action.FILE, "DELETE": Action.FILE}
    serializer_class = EmployeeInput

    @extend_schema(operation_id="compensation_employees_retrieve", responses=EmployeeOutput)
    def get(self, request: Request, number: str, pk: int) -> Response:
        claim = self.claim(number)
        self.read(claim)
        return self.line(claim, pk)

    @extend_schema(operation_id="compensation_employees_update", responses=EmployeeOutput)
    def put(self, request: Request, number: str, pk: int) -> Response:
        claim = self.claim(number)
        row = self.row(claim, pk)
        employees.save_employee(claim_id=claim.pk, employee_id=row.pk, typed=self.parsed(claim), **self.who())
        return self.line(claim, pk)

    @extend_schema(operation_id="compensation_employees_destroy", request=None, responses={204: None})
    def delete(self, request: Request, number: str, pk: int) -> Response:
        row = self.row(self.claim(number), pk)
        employees.drop(employee_id=row.pk, **self.who())
        return Response(status=204)


class ImportEmployees(SheetView):
    """Replace the sheet of a draft by a filled-in template; a wrong cell is named `days.C7`, and nothing is taken."""

    serializer_class = SheetFileInput

    @extend_schema(responses=SheetOutput)
    def post(self, request: Request, number: str) -> Response:
        claim = self.claim(number)
        done = importing.import_sheet(claim_id=claim.pk, content=self.parsed(claim)["file"], **self.who())
        if done.problems:
            raise Refused(
                *[Refusal(one.code, (f"{PAGES[one.sheet]}.{one.cell}",), clause="CMP-3.3.1-d") for one in done.problems]
            )
        return self.sheet(claim)


class EmployeeAction(SheetView):
    """One action on an employee: find him, parse, one command, and the employee as he is then."""

    @extend_schema(responses=EmployeeOutput)
    def post(self, request: Request, number: str, pk: int) -> Response:
        claim = self.claim(number)
        row = self.row(claim, pk)
        self.act(row, self.parsed(claim))
        return self.answer(number, row)

    def act(self, row: EmployeeRow, given: dict[str, Any]) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError

    def answer(self, number: str, row: EmployeeRow) -> Response:
        return self.line(self.claim(number), row.pk)


class AddDays(EmployeeAction):
    """Put days of absence beside an employee of a draft."""

    serializer_class = DaysInput

    def act(self, row: EmployeeRow, given: dict[str, Any]) -> object:
        return employees.add_days(employee_id=row.pk, typed=given, **self.who())


class OneDay(SheetView):
    """A date of absence in a draft."""

    serializer_class = NothingInput

    @extend_schema(operation_id="compensation_employee_days_destroy", request=None, responses={204: None})
    def delete(self, request: Request, number: str, pk: int, day: int) -> Response:
        row = self.row(self.claim(number), pk)
        if not row.days.filter(pk=day).exists():
            raise Http404
        employees.drop_days(employee_id=row.pk, day_ids=[day], **self.who())
        return Response(status=204)


class CorrectDays(EmployeeAction):
    """Answer the days that an employee disputes; he is asked anew (CMP-3.4.2-c)."""

    serializer_class = DisputedInput

    def act(self, row: EmployeeRow, given: dict[str, Any]) -> object:
        hours = {one["id"]: one["absent_hours"] for one in given["days"]}
        return amending.correct(employee_id=row.pk, hours=hours, **self.who())


class RemoveEmployee(EmployeeAction):
    """Remove an employee who will not declare, with a reason; the sheet is computed anew (CMP-3.4.2-e)."""

    serializer_class = RemovalInput

    @extend_schema(responses=SheetOutput)
    def post(self, request: Request, number: str, pk: int) -> Response:
        return super().post(request, number, pk)

    def act(self, row: EmployeeRow, given: dict[str, Any]) -> object:
        return amending.remove(employee_id=row.pk, **given, **self.who())

    def answer(self, number: str, row: EmployeeRow) -> Response:
        return self.sheet(self.claim(number))


class ResendSms(EmployeeAction):
    """Send an employee a new link and code; at most five times, by employer and clerk together (CMP-3.4.2-b)."""

    required_action = Action.RESEND_DECLARATION
    serializer_class = NothingInput

    def act(self, row: EmployeeRow, given: dict[str, Any]) -> object:
        return inviting.resend(employee_id=row.pk, **self.who())
