"""Requests for limited powers of attorney: the customer decides (P6), the office submits and withdraws (N4)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm_portal.errors import Code, Refused
from crm_portal.people.permissions import may
from crm_portal.people.rules.poa_requests import OF_CUSTOMER, Step
from crm_portal.people.services import poa_requests
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.powers import PoaRequestForm
from ..rules.access import Action
from ..selectors.powers import power_of, powers_of, requests_of_office
from .who import user_of

DONE = {
    Step.APPROVE: _("You approved. The representative may now write to us in your name in this topic."),
    Step.DECLINE: _("You declined. The representative may not act in your name."),
    Step.REVOKE: _("The power of attorney was revoked."),
}


@may(Action.ANSWER_POA_REQUEST)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the customer who asks to represent him and who may."""
    return render(request, "inquiries/portal/powers.html", {"powers": powers_of(user_of(request))})


@may(Action.ANSWER_POA_REQUEST)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Approve, decline or revoke; asked for by its address, the step is first put as a question."""
    found = power_of(user_of(request), pk)
    if found is None or step not in OF_CUSTOMER:
        raise Http404
    if request.method == "GET":
        return render(request, "inquiries/portal/power.html", {"power": found, "step": step})
    try:
        poa_requests.decide(request_id=pk, step=Step(step), by=user_of(request), at=timezone.now())
    except Refused as refused:
        return _settled(request, refused, "personal:powers")
    return pages.done(request, DONE[Step(step)], to=reverse("personal:powers"))


@may(Action.SUBMIT_POA_REQUEST)
@require_http_methods(["GET", "POST"])
def of_office(request: HttpRequest) -> HttpResponse:
    """List what the office asked for, and ask for another."""
    user, now = user_of(request), timezone.now()
    if request.method == "GET":
        form = PoaRequestForm(initial={"topic": request.GET.get("topic", "")})
        return _show(request, form)
    form = PoaRequestForm(request.POST)
    if form.is_valid():
        try:
            poa_requests.submit(by=user, at=now, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            told = _("The request was sent. The customer gets a message and decides in the personal area.")
            return pages.done(request, told, to=reverse("personal:poa_requests"))
    else:
        note_refused(request, form, now)
    return _show(request, form, status=422)


@may(Action.SUBMIT_POA_REQUEST)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a request that the customer has not decided."""
    try:
        poa_requests.withdraw(request_id=pk, by=user_of(request), at=timezone.now())
    except Refused as refused:
        return _settled(request, refused, "personal:poa_requests")
    return pages.done(request, _("The request was withdrawn."), to=reverse("personal:poa_requests"))


def _show(request: HttpRequest, form: PoaRequestForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "requests": requests_of_office(user_of(request))}
    return render(request, "inquiries/portal/poa_requests.html", context, status=status)


def _settled(request: HttpRequest, refused: Refused, name: str) -> HttpResponse:
    """Back to the list, which shows how the request stands now, and say why nothing was done."""
    if refused.code == Code.OUT_OF_SCOPE:
        raise Http404 from refused
    messages.warning(request, " ".join(sentences(refused)))
    return redirect(name)
