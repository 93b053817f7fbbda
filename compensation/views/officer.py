"""What the objection officer does: his queue, and an objection from the taking to the decision (clause 9)."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.objections import AskForm, ExtendForm, ObjectionDecisionForm
from ..models import ObjectionRequest
from ..review_words import OBJECTION_LIST
from ..rules.access import Action
from ..selectors.objections import ObjectionList, listed
from ..services import examining
from .acting import FORM
from .review import found
from .reviews import act_on, with_objection
from .who import user_of

A_PAGE = 25


@require_GET
@may(Action.VIEW)
def queue(request: HttpRequest, key: str = ObjectionList.OPEN.value) -> HttpResponse:
    """Objections to decide, the one that is due first on top; those decided; those appealed against."""
    if key not in OBJECTION_LIST:
        raise Http404
    user = user_of(request)
    context = {
        "key": key,
        "lists": OBJECTION_LIST.items(),
        "page": Paginator(listed(ObjectionList(key), user), A_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "decides": user.may(Action.DECIDE_OBJECTION),
    }
    return pages.show(request, "compensation/objections/queue.html", context)


@FORM
@may(Action.DECIDE_OBJECTION)
def take(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = with_objection(request, number, pk), _("The objection is yours to decide.")
    return act_on(request, claim, examining.take, said, arguments={"objection_id": pk})


@FORM
@may(Action.DECIDE_OBJECTION)
def ask(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = with_objection(request, number, pk), _("What is needed was asked for.")
    return act_on(request, claim, examining.ask, said, "ask", AskForm(request.POST), {"objection_id": pk})


@FORM
@may(Action.DECIDE_OBJECTION)
def accept_answer(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim = found(request, number)
    get_object_or_404(ObjectionRequest, pk=pk, objection__claim=claim)
    return act_on(request, claim, examining.accept_answer, _("The objection goes on."), arguments={"request_id": pk})


@FORM
@may(Action.DECIDE_OBJECTION)
def confirm_complete(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = with_objection(request, number, pk), _("It was confirmed that all documents were supplied.")
    return act_on(request, claim, examining.confirm_complete, said, arguments={"objection_id": pk})


@FORM
@may(Action.DECIDE)
def extend(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = with_objection(request, number, pk), _("The time to decide was extended.")
    return act_on(request, claim, examining.extend, said, "extend", ExtendForm(request.POST), {"objection_id": pk})


@FORM
@may(Action.DECIDE_OBJECTION)
def decide(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, form = with_objection(request, number, pk), ObjectionDecisionForm(request.POST)

    def given(sent: forms.Form) -> dict[str, Any]:
        return {name: sent.cleaned_data[name] for name in ("amount", "reasons", "version")} | {"gaps": form.gaps}

    said, names = _("The objection was decided and its decision served."), {"gaps": "amount"}
    return act_on(
        request, claim, examining.decide, said, "verdict", form, {"objection_id": pk}, given=given, names=names
    )
