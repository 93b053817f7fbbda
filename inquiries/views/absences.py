"""Absence periods of one's people: enter, change, end (screen E16, CRM-3.4-h)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crm_portal.errors import HTTP_STATUS, Refused
from crm_portal.people.models import Absence
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.absences import AbsenceDaysForm, AbsenceForm
from ..rules.access import Action
from ..selectors.supervision import absences_of, supervised_people
from ..services import absences
from .who import user_of

both = require_http_methods(["GET", "POST"])


@both
@may(Action.KEEP_ABSENCES)
def listed(request: HttpRequest) -> HttpResponse:
    """Who is away now and later, and one more period."""
    form = _new_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            absences.enter(by=user_of(request), at=timezone.now(), **form.given)
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(request, _("The absence was entered."), to=reverse("inquiries:absences"))
    elif request.method == "POST":
        note_refused(request, form, timezone.now())
    return _show(request, form, status=422 if request.method == "POST" else 200)


@both
@may(Action.KEEP_ABSENCES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the days of a period."""
    absence = _found(request, pk)
    form = AbsenceDaysForm(
        request.POST if request.method == "POST" else None,
        initial={"from_on": absence.from_on, "until_on": absence.until_on},
    )
    if request.method == "POST" and form.is_valid():
        try:
            absences.change(absence_id=pk, by=user_of(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(request, _("Saved."), to=reverse("inquiries:absences"))
    elif request.method == "POST":
        note_refused(request, form, timezone.now(), target=("absence", pk))
    status = 422 if request.method == "POST" else 200
    return render(request, "inquiries/absence.html", {"absence": absence, "form": form}, status=status)


@both
@may(Action.KEEP_ABSENCES)
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The employee is back."""
    if request.method == "GET":
        return redirect("inquiries:absences")
    _found(request, pk)
    try:
        absences.end(absence_id=pk, by=user_of(request), at=timezone.now())
    except Refused as refused:
        status = HTTP_STATUS[refused.code]
        return _show(request, _new_form(request, bound=False), status=status, refused=sentences(refused))
    return pages.done(request, _("The absence has ended."), to=reverse("inquiries:absences"))


def _new_form(request: HttpRequest, *, bound: bool = True) -> AbsenceForm:
    people = supervised_people(user_of(request)).order_by("last_name", "first_name", "pk")
    return AbsenceForm(request.POST if bound and request.method == "POST" else None, people=people)


def _found(request: HttpRequest, pk: int) -> Absence:
    """One of this supervisor's people's; another's looks as if it were not there."""
    people = supervised_people(user_of(request)).values("pk")
    absence = Absence.objects.select_related("user").filter(pk=pk, user__in=people).first()
    if absence is None:
        raise Http404
    return absence


def _show(request: HttpRequest, form: AbsenceForm, *, status: int, **more: Any) -> HttpResponse:
    today = timezone.localdate(timezone.now())
    context = {"form": form, "absences": absences_of(user_of(request), today), "today": today, **more}
    return render(request, "inquiries/absences.html", context, status=status)
