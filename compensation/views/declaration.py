"""The employee's page: a link from a message, a code, his own days and nothing else; no sign-in (CMP-3.4.2-i)."""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from crm_portal.errors import Code, Refused, refuse
from crm_portal.people import lockout
from crm_portal.people.permissions import public
from crm_portal.people.rules.identity_numbers import padded
from crm_portal.ui.forms import explain

from ..forms.employees import DeclarationForm, OpenForm
from ..models import AbsenceDay, EmployeeRow, Invitation
from ..rules.codes import AbsenceGround, ClaimState
from ..selectors.employee_sheets import months_of
from ..services import declaring, employees

OPENED, OPEN_FOR = "declaration", timedelta(minutes=30)
WITHIN, MOST_AN_HOUR = timedelta(hours=1), 60  # sent from one address of the network


@public
@never_cache
@sensitive_post_parameters("code", "id_number")
@require_http_methods(["GET", "POST"])
def declaration(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask for number and code, then show the days, then say thank you; a link that no longer opens says why."""
    known = Invitation.objects.select_related("row__claim__claimant__customer", "row__claim__claimant__programme")
    invitation = known.filter(token_hash=Invitation.token_hashed(token)).first()
    why = _closed(invitation)
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
            _not_too_many(request)
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
    text = _text(row, days)
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


def _closed(invitation: Invitation | None) -> str:
    """Why a link does not open; empty when it does."""
    if invitation is None:
        return "unknown"
    row = invitation.row
    if row.declared_at is not None or row.disputed_at is not None:
        return "declared"
    if row.removed_at is not None or row.claim.state != ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value:
        return "over"
    latest = row.invitations.order_by("sent_at", "pk").values_list("pk", flat=True).last()
    return "" if latest == invitation.pk else "newer"


def _is_open(request: HttpRequest, invitation: Invitation) -> bool:
    kept = request.session.get(OPENED) or {}
    since = datetime.fromtimestamp(kept.get("at", 0), tz=timezone.get_current_timezone())
    return kept.get("invitation") == invitation.pk and timezone.now() - since < OPEN_FOR


def _text(row: EmployeeRow, days: list[AbsenceDay]) -> str:
    """The words that are declared, and kept with the declaration."""
    count = ngettext("one marked day", "%(count)s marked days", len(days)) % {"count": len(days)}
    said = _("I was absent from work at %(employer)s in the marked days and hours because of the security situation.")
    text = f"{said % {'employer': row.claim.claimant.customer}} ({count})"
    if any(day.ground == AbsenceGround.CHILDCARE for day in days):
        text += " " + _("My spouse was not absent from work on these days to look after the child.")
    return text


def _not_too_many(request: HttpRequest) -> None:
    """Nobody is known here, so an address of the network is held to so many tries an hour."""
    key = f"declaration:{lockout.address_of(request)}"
    cache.add(key, 0, WITHIN.total_seconds())
    if cache.incr(key) > MOST_AN_HOUR:
        raise refuse(Code.TOO_MANY_ATTEMPTS, minutes=int(WITHIN.total_seconds() // 60))
