"""Improvement suggestions of employees and representatives (screen E21, CRM-8-b, CRM-9-a)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import HTTP_STATUS, Code, Refused
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.suggesting import ReasonForm, SuggestionForm
from ..labels import SUGGESTION_STEP
from ..models import ImprovementSuggestion
from ..rules.access import Action
from ..rules.codes import SuggestionState
from ..rules.suggestions import Step, steps_from
from ..selectors.suggesting import (
    may_step,
    own,
    settled_for,
    units_to_suggest_to,
    visible_suggestions,
    waiting_for,
)
from ..services import suggesting
from .who import user_of

SENT = _("The suggestion was sent. You see here what becomes of it.")
both = require_http_methods(["GET", "POST"])


@require_GET
@may(Action.SUGGEST_IMPROVEMENT)
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """One's own suggestions, and those of others that wait for one's step."""
    user = user_of(request)
    if not user.is_employee:
        return redirect("personal:suggestions")
    context = {"waiting": waiting_for(user), "mine": own(user), "settled": settled_for(user)}
    return render(request, "inquiries/suggestions.html", context)


@both
@may(Action.SUGGEST_IMPROVEMENT)
def new(request: HttpRequest) -> HttpResponseBase:
    """Suggest to one's unit or to the head team."""
    user = user_of(request)
    if not user.is_employee:
        return redirect("personal:suggestions")
    form = SuggestionForm(request.POST if request.method == "POST" else None, units=units_to_suggest_to(user))
    if _submitted(request, form):
        return pages.done(request, SENT, to=reverse("inquiries:suggestions"))
    return render(request, "inquiries/suggestion_new.html", {"form": form}, status=_status(request))


@both
@may(Action.SUGGEST_IMPROVEMENT)
def of_office(request: HttpRequest) -> HttpResponseBase:
    """A representative suggests to the head team, and sees what became of it (representatives' network)."""
    user = user_of(request)
    if user.is_employee:
        return redirect("inquiries:suggestions")
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if _submitted(request, form):
        return pages.done(request, SENT, to=reverse("personal:suggestions"))
    context = {"form": form, "mine": own(user)}
    return render(request, "inquiries/portal/suggestions.html", context, status=_status(request))


@both
@may(Action.SUGGEST_IMPROVEMENT)
def suggestion(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read one, and take the step that is due."""
    user = user_of(request)
    found = visible_suggestions(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _show(request, found, form)
    form.is_valid()
    step = request.POST.get("step", "")
    try:
        suggesting.take_step(
            suggestion_id=pk, step=step, by=user, at=timezone.now(), reason=form.cleaned_data.get("reason", "")
        )
    except Refused as refused:
        found.refresh_from_db()
        if refused.code is Code.FIELD_REQUIRED:
            explain(form, refused)
            return _show(request, found, form, status=422)
        return _show(request, found, form, status=HTTP_STATUS[refused.code], refused=sentences(refused))
    return pages.done(request, _("Saved."), to=reverse("inquiries:suggestions"))


def _submitted(request: HttpRequest, form: SuggestionForm) -> bool:
    if request.method != "POST":
        return False
    if not form.is_valid():
        note_refused(request, form, timezone.now())
        return False
    try:
        suggesting.submit(by=user_of(request), at=timezone.now(), **form.given)
    except Refused as refused:
        explain(form, refused, {"unit": "to"})
        return False
    return True


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _show(
    request: HttpRequest, found: ImprovementSuggestion, form: ReasonForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    user = user_of(request)
    context = {"suggestion": found, "form": form, "steps": _steps(user, found), **more}
    return render(request, "inquiries/suggestion.html", context, status=status)


def _steps(user: User, found: ImprovementSuggestion) -> list[tuple[Step, Any]]:
    """The buttons: what the table allows now, on this user's desk."""
    if not may_step(user, found):
        return []
    words = dict(SUGGESTION_STEP)
    steps = steps_from(SuggestionState(found.state), to_unit=found.unit_id is not None)
    return [(step, words[step.value]) for step in steps]
