"""The employee's page: a link from a message, a code, his own days and nothing else; no sign-in (CMP-3.4.2-i)."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from crm_portal.errors import Refused
from crm_portal.people.permissions import public
from crm_portal.people.rules.identity_numbers import padded
from crm_portal.ui.forms import explain

from ..forms.employees import DeclarationForm, OpenForm
from ..models import Invitation
from ..selectors import declarations
from ..selectors.employee_sheets import months_of
from ..services import declaring, employees

OPENED, OPEN_FOR = "declaration", timedelta(minutes=30)


@public
@never_cache
@sensitive_post_parameters("code", "id_number")
@require_http_methods(["GET", "POST"])
def declaration(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask for number and code, then show the days, then say thank you; a link that no longer opens says why."""
    invitation = declarations.invitation_of(token)
    why = declarations.why_closed(invitation)
    if invitation is None or why:
        done = invitation.row.declared_at or invitation.row.disputed_at if invitation is not None else None
        status = {"unknown": 404, "declared": 200}.get(why, 410)
        return render(request, "compensation/declaration/closed.html", {"why": why, "at": done}, status=status)
    if _is_open(request, invitation):
        return _declare(request, token, invitation)
    return _open(request, token, invitation)


def _open(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponseBase:
    form = OpenForm(request.POST) if request.method == "POST" else OpenForm()
    if request.method == "POST" and form.is_valid():
        at, given = timezone.now(), form.cleaned_data
        try:
            refusal = declaring.open_with(
                invitation_id=invitation.pk, id_number=padded(given["id_number"]), code=given["code"], at=at
            )
            if refusal is not None:
                raise Refused(refusal)
        except Refused as refused:
            explain(form, refused)
        else:
            request.session.cycle_key()
            request.session[OPENED] = {"invitation": invitation.pk, "at": at.timestamp()}
            return redirect("claim_employees:declaration", token)
    context = {"form": form, "employer": invitation.row.claim.claimant.customer, "tail": invitation.row.mobile[-3:]}
    return render(request, "compensation/declaration/open.html", context, status=422 if form.is_bound else 200)


def _declare(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponseBase:
    row, days = invitation.row, list(invitation.row.days.all())
    form = DeclarationForm(request.POST if request.method == "POST" else None, days=[day.pk for day in days])
    text = declarations.words_of(row, days)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        confirmed = [] if "none" in request.POST else given["day"]
        try:
            declaring.declare(
                invitation_id=invitation.pk, by=None, at=timezone.now(), confirmed=confirmed, text=text,
                remark=given["remark"],
            )  # fmt: skip
        except Refused as refused:
            explain(form, refused)
        else:
            request.session.pop(OPENED, None)
            return redirect("claim_employees:declaration", token)
    marked = set(request.POST.getlist("day")) if form.is_bound else {str(day.pk) for day in days}
    programme = employees.programme_of(row.claim, timezone.now())
    context: dict[str, Any] = {
        "form": form,
        "row": row,
        "employer": row.claim.claimant.customer,
        "days": days,
        "partial": [day for day in days if day.absent_hours < (row.scheduled_hours or row.full_time_daily_hours)],
        "grounds": sorted({day.get_ground_display() for day in days if day.ground}),
        "months": [*months_of(days, programme)],
        "marked": marked,
        "count": len(marked),
        "text": text,
        "tail": row.mobile[-3:],
    }
    return render(request, "compensation/declaration/days.html", context, status=422 if form.is_bound else 200)


def _is_open(request: HttpRequest, invitation: Invitation) -> bool:
    kept = request.session.get(OPENED) or {}
    since = datetime.fromtimestamp(kept.get("at", 0), tz=timezone.get_current_timezone())
    return kept.get("invitation") == invitation.pk and timezone.now() - since < OPEN_FOR
