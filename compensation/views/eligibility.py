"""What is open to a business: asked by anybody before any form; and the request for an eligibility check."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import Refusal, Refused
from crm_portal.facts import InvalidInput
from crm_portal.people.permissions import may, public
from crm_portal.sentences import sentence
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.own import CheckForm, EligibilityForm
from ..rules.access import Action
from ..rules.codes import Track
from ..selectors import eligible
from ..selectors.claims import customers_of
from ..selectors.programmes import current
from ..services import claimants
from .who import user_of

MOST_READ = 80  # characters of a town's name


@public
@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Where a business is, and what is open to it; a GET, so that an answer can be sent to somebody else."""
    form = EligibilityForm(request.GET if "town" in request.GET else None)
    answer = None
    if form.is_bound and form.is_valid():
        try:
            answer = eligible.answer(form.inputs(), current())
        except InvalidInput as invalid:
            place = invalid.where.split(".", 1)[0]
            told = sentence(Refusal(invalid.code, (place,), invalid.details))
            form.add_error(place if place in form.fields else None, told)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "answer": answer}
    return pages.show(request, "compensation/own/check.html", context, status=status)


@public
@require_GET
def towns(request: HttpRequest) -> HttpResponse:
    """Towns that fit what is being typed (HTMX)."""
    typed = request.GET.get(request.GET.get("field", "town"), "")[:MOST_READ]
    return pages.show(request, "compensation/_towns.html", {"towns": eligible.towns_like(typed, current())})


@public
@require_GET
def instruction(request: HttpRequest) -> HttpResponse:
    """The clauses that a computation names, in short."""
    return pages.show(request, "compensation/own/instruction.html", {"programme": current()})


@never_cache
@may(Action.REQUEST_CHECK)
@require_http_methods(["GET", "POST"])
def request_check(request: HttpRequest) -> HttpResponse:
    """Ask the fund to open a track for a branch or an employee (CMP-2.1-b)."""
    user, at = user_of(request), timezone.now()
    customers = [(one.pk, str(one)) for one in customers_of(user, timezone.localdate()).order_by("pk")[:200]]
    initial = {"customer": customers[0][0]} if len(customers) == 1 else {}
    form = CheckForm(request.POST if request.method == "POST" else None, customers=customers, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            claimants.request_check(
                customer_id=given.pop("customer"), track=Track(given.pop("track")), by=user, at=at, **given
            )
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(request, _("The request was received."), to=reverse("asking:own"))
    elif request.method == "POST":
        note_refused(request, form, at)
    status = 422 if form.is_bound else 200
    return pages.show(request, "compensation/own/check_request.html", {"form": form}, status=status)
