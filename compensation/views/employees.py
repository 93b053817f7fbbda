"""The calculation sheet of a wage claim: the grid, and what the employer does while declarations are awaited."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm_portal.audit.services.recording import record_read
from crm_portal.errors import Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from .. import labels
from ..forms.employees import DaysForm, EmployeeForm, ReasonForm, UploadForm
from ..models import Claim, EmployeeRow
from ..rules.access import Action
from ..rules.codes import AbsenceGround, ClaimState
from ..selectors.claims import claims_visible_to
from ..selectors.employee_sheets import sheet_of
from ..services import amending, employees, inviting
from .who import user_of

NOT_COUNTED = "NOT_COUNTED"  # in the place of a ground: days that are told and do not count


@require_GET
@may(Action.VIEW_EMPLOYEES)
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """All employees, their days and amounts, and who declared."""
    claim = found(request, number)
    if user_of(request).is_employee:
        record_read("claim.view_employees", by=user_of(request), at=timezone.now(), target=claim)
    return show(request, claim)


def show(request: HttpRequest, claim: Claim, *, status: int = 200, **more: Any) -> HttpResponse:
    """The sheet's page, also after something was refused on it."""
    is_staff = user_of(request).is_employee
    context = {
        "layout": "portal/staff.html" if is_staff else "portal/public.html",
        "claim": claim,
        "page": sheet_of(claim, timezone.now()),
        "is_staff": is_staff,
        "may_edit": not is_staff and claim.state == ClaimState.DRAFT.value,
        "may_correct": not is_staff and claim.state == ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value,
        "may_resend": user_of(request).may(Action.RESEND_DECLARATION)
        and claim.state == ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value,
        "upload": UploadForm(),
        "reason_form": ReasonForm(auto_id=False),
        **more,
    }
    return pages.show(request, "compensation/employees/sheet.html", context, status=status)


@require_http_methods(["GET", "POST"])
@may(Action.FILE)
def add(request: HttpRequest, number: str) -> HttpResponseBase:
    """A new employee of a draft."""
    claim = found(request, number)
    form = EmployeeForm(request.POST if request.method == "POST" else None, kind=employees.kind_of(claim))
    if request.method == "POST" and (row := _save(request, claim, form)) is not None:
        return pages.done(request, _("The employee was added. Now the days of absence."), to=address("employee", row))
    return _employee(request, claim, None, form, None, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@may(Action.FILE)
def employee(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """One employee of a draft: his details, and his days."""
    claim, row = one_of(request, number, pk)
    form = EmployeeForm(
        request.POST if request.method == "POST" else None, kind=employees.kind_of(claim), initial=_initial(row)
    )
    if request.method == "POST" and _save(request, claim, form, row.pk) is not None:
        return pages.done(request, _("The employee was saved."), to=address("employee", row))
    return _employee(request, claim, row, form, None, status=422 if form.is_bound else 200)


@require_POST
@may(Action.FILE)
def add_days(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Dates of absence of one kind."""
    claim, row = one_of(request, number, pk)
    form = _days_form(request, claim, request.POST.get("ground", ""))
    at = timezone.now()
    if form.is_valid():
        typed = form.typed()
        if typed.get("ground") == NOT_COUNTED:
            typed["ground"] = ""
        try:
            employees.add_days(employee_id=row.pk, by=user_of(request), at=at, typed=typed)
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(request, _("The days were added."), to=address("employee", row))
    else:
        note_refused(request, form, at, target=("claim", claim.pk))
    return _employee(request, claim, row, None, form, status=422)


@require_POST
@may(Action.FILE)
def drop_days(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Take the marked dates out."""
    _claim, row = one_of(request, number, pk)
    marked = [int(value) for value in request.POST.getlist("day") if value.isdecimal()]
    employees.drop_days(employee_id=row.pk, by=user_of(request), at=timezone.now(), day_ids=marked)
    return pages.done(request, _("The marked days were taken out."), to=address("employee", row))


@require_POST
@may(Action.FILE)
def drop(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Take an employee out of a draft."""
    claim, row = one_of(request, number, pk)
    employees.drop(employee_id=row.pk, by=user_of(request), at=timezone.now())
    return pages.done(
        request, _("The employee was taken out."), to=reverse("claim_employees:sheet", args=[claim.number])
    )


@require_http_methods(["GET", "POST"])
@may(Action.FILE)
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Remove an employee who will not declare, with a reason (CMP-3.4.2-e)."""
    claim, row = one_of(request, number, pk)
    if request.method == "GET":
        return redirect("claim_employees:sheet", number)
    form = ReasonForm(request.POST, auto_id=False)
    form.is_valid()
    try:
        given = form.cleaned_data.get("reason", "")
        amending.remove(employee_id=row.pk, by=user_of(request), at=timezone.now(), reason=given)
    except Refused as refused:
        problem = sentences(refused)
        return show(request, claim, status=422, refused_row=row.pk, problem=problem, typed=form.data.get("reason", ""))
    return pages.done(request, _("The employee was removed."), to=reverse("claim_employees:sheet", args=[claim.number]))


@require_http_methods(["GET", "POST"])
@may(Action.FILE)
def correct(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Answer the days that an employee disputes (CMP-3.4.2-c)."""
    claim, row = one_of(request, number, pk)
    if request.method == "GET":
        return redirect("claim_employees:sheet", number)
    hours = {
        int(name.removeprefix("hours_")): str(value)
        for name, value in request.POST.items()
        if name.startswith("hours_") and name.removeprefix("hours_").isdecimal()
    }
    try:
        amending.correct(employee_id=row.pk, by=user_of(request), at=timezone.now(), hours=hours)
    except Refused as refused:
        return show(request, claim, status=422, refused_row=row.pk, problem=sentences(refused), typed_hours=hours)
    return pages.done(
        request, _("Corrected. The employee was asked again."), to=reverse("claim_employees:sheet", args=[claim.number])
    )


@require_http_methods(["GET", "POST"])
@may(Action.RESEND_DECLARATION)
def resend(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Send an employee a new link and code."""
    claim, row = one_of(request, number, pk)
    if request.method == "GET":
        return redirect("claim_employees:sheet", number)
    try:
        inviting.resend(employee_id=row.pk, by=user_of(request), at=timezone.now())
    except Refused as refused:
        return show(request, claim, status=422, refused_row=row.pk, problem=sentences(refused))
    return pages.done(
        request, _("A new message was sent to the employee."), to=reverse("claim_employees:sheet", args=[claim.number])
    )


def found(request: HttpRequest, number: str) -> Claim:
    """The claim, if this user may see it."""
    visible = claims_visible_to(user_of(request), timezone.localdate())
    return get_object_or_404(visible.select_related("claimant__customer", "claimant__programme"), number=number)


def one_of(request: HttpRequest, number: str, pk: int) -> tuple[Claim, EmployeeRow]:
    """A listed employee of a claim that this user may see."""
    claim = found(request, number)
    row = get_object_or_404(claim.employees.listed(), pk=pk)
    row.claim = claim
    return claim, row


def address(name: str, row: EmployeeRow) -> str:
    """Where a page about an employee is."""
    return reverse(f"claim_employees:{name}", args=[row.claim.number, row.pk])


def _save(request: HttpRequest, claim: Claim, form: EmployeeForm, pk: int | None = None) -> EmployeeRow | None:
    at = timezone.now()
    if not form.is_valid():
        note_refused(request, form, at, target=("claim", claim.pk))
        return None
    try:
        row = employees.save_employee(claim_id=claim.pk, by=user_of(request), at=at, typed=form.typed(), employee_id=pk)
    except Refused as refused:
        explain(form, refused)
        return None
    row.claim = claim
    return row


def _employee(
    request: HttpRequest,
    claim: Claim,
    row: EmployeeRow | None,
    form: EmployeeForm | None,
    days_form: DaysForm | None,
    *,
    status: int,
) -> HttpResponse:
    programme = employees.programme_of(claim, timezone.now())
    ground = request.POST.get("ground", "") or request.GET.get("ground", "")
    form = form or EmployeeForm(kind=employees.kind_of(claim), initial=_initial(row) if row is not None else {})
    context = {
        "claim": claim,
        "row": row,
        "form": form,
        "days": list(row.days.all()) if row is not None else [],
        "grounds": [*labels.ABSENCE_GROUND, (NOT_COUNTED, _("Days that do not count"))],
        "ground": ground,
        "days_form": days_form or (_days_form(request, claim, ground, is_sent=False) if ground else None),
        "towns": sorted({town.name for town in programme.towns.by_spelling.values() if town.annexes}),
    }
    return pages.show(request, "compensation/employees/employee.html", context, status=status)


def _days_form(request: HttpRequest, claim: Claim, ground: str, *, is_sent: bool = True) -> DaysForm:
    outside = employees.is_outside(claim, employees.programme_of(claim, timezone.now()))
    known = ground if ground in {*AbsenceGround, NOT_COUNTED} else AbsenceGround.CHILDCARE.value
    return DaysForm(request.POST if is_sent else None, ground=known, is_outside=outside, auto_id="days_%s")


def _initial(row: EmployeeRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in EmployeeForm.base_fields}
