"""Giving inquiries to an employee or a team, and giving them back: one or many (screen E3)."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from crm_portal.errors import Code
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import note_refused

from ..forms.assigning import AssignForm, ReleaseForm
from ..models import Inquiry
from ..rules.access import Action
from ..selectors.assignees import assignees_for
from ..selectors.views import Desk
from ..services import assigning
from ..services.assigning import Outcome
from .who import user_of

MOST = 100  # inquiries in one action


@require_http_methods(["GET", "POST"])
@may(Action.ASSIGN)
def assign(request: HttpRequest) -> HttpResponseBase:
    """Ask to whom, and give the marked inquiries there."""
    user, now = user_of(request), timezone.now()
    inquiries = marked(request)
    if not inquiries:
        return nothing_marked(request)
    assignees = assignees_for(inquiries, timezone.localdate(now))
    chosen = {"target": request.GET.get("target", "me")}  # a page may know that it is not for oneself
    form = AssignForm(request.POST or None, assignees=assignees, initial=chosen)
    outcomes: Sequence[Outcome] = ()
    if request.method == "POST" and form.is_valid():
        outcomes = assigning.assign_many(
            inquiry_ids=[inquiry.pk for inquiry in inquiries],
            by=user,
            at=now,
            note=form.cleaned_data["note"],
            confirm_absent=form.cleaned_data["confirm_absent"],
            **form.receiver_ids,
        )
        if all(outcome.ok for outcome in outcomes):
            return pages.done(request, assigned(len(outcomes)), to=next_address(request))
    elif request.method == "POST":
        note_refused(request, form, now, target=("inquiry", inquiries[0].pk))
    context = {
        "form": form,
        "absent": any(refused_with(outcome, Code.CONFIRMATION_REQUIRED) for outcome in outcomes),
        **results(outcomes, assigned),
    }
    return dialog(request, "assign", inquiries, context)


@require_http_methods(["GET", "POST"])
@may(Action.RELEASE)
def release(request: HttpRequest) -> HttpResponseBase:
    """Ask why, and give the marked inquiries back to their teams."""
    user = user_of(request)
    inquiries = marked(request)
    if not inquiries:
        return nothing_marked(request)
    form = ReleaseForm(request.POST or None)
    outcomes: Sequence[Outcome] = ()
    if request.method == "POST" and form.is_valid():
        outcomes = assigning.release_many(
            inquiry_ids=[inquiry.pk for inquiry in inquiries],
            by=user,
            at=timezone.now(),
            note=form.cleaned_data["note"],
        )
        if all(outcome.ok for outcome in outcomes):
            return pages.done(request, released(len(outcomes)), to=next_address(request))
    return dialog(request, "release", inquiries, {"form": form, **results(outcomes, released)})


def marked(request: HttpRequest) -> list[Inquiry]:
    """The marked inquiries, of those the user may see."""
    numbers = (request.POST if request.method == "POST" else request.GET).getlist("n")[:MOST]
    visible = Desk.of(user_of(request)).visible.filter(number__in=numbers)
    return list(visible.select_related("customer", "triplet", "owner").order_by("opened_at", "pk"))


def nothing_marked(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Mark at least one inquiry first."))
    to = next_address(request)
    return HttpResponseClientRedirect(to) if pages.wants_fragment(request) else redirect(to)


def results(outcomes: Sequence[Outcome], words: Any) -> dict[str, Any]:
    """What succeeded and what was refused, each with its reason."""
    done = sum(outcome.ok for outcome in outcomes)
    refused = [(outcome.number, sentences(outcome.refusal)) for outcome in outcomes if outcome.refusal is not None]
    return {"done": words(done) if done else "", "refused": refused, "refused_numbers": [n for n, _why in refused]}


def refused_with(outcome: Outcome, code: Code) -> bool:
    return outcome.refusal is not None and any(refusal.code == code for refusal in outcome.refusal.refusals)


def assigned(count: int) -> str:
    return ngettext("One inquiry was assigned.", "%(count)s inquiries were assigned.", count) % {"count": count}


def released(count: int) -> str:
    return ngettext("One inquiry was released.", "%(count)s inquiries were released.", count) % {"count": count}


def dialog(request: HttpRequest, name: str, inquiries: Sequence[Inquiry], context: dict[str, Any]) -> HttpResponse:
    """Show the dialog, or without HTMX the page of the same form; a refused one keeps only what was refused."""
    refused = context.get("refused_numbers")
    context |= {
        "inquiries": [one for one in inquiries if not refused or one.number in refused],
        "next": next_address(request),
        "action": reverse(f"inquiries:{name}"),
    }
    failed = request.method == "POST"
    return pages.show(
        request,
        f"inquiries/{name}.html",
        context,
        fragment=f"inquiries/_{name}_dialog.html",
        status=422 if failed else 200,
    )


def next_address(request: HttpRequest) -> str:
    """Where the person came from, inside this site."""
    asked = (request.POST if request.method == "POST" else request.GET).get("next", "")
    inside = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    return asked if asked.startswith("/") and inside else reverse("inquiries:queue")
