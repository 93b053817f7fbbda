"""The claimant's page of his objection and appeal: until when, file, answer, what became of it (CMP-9.2-b)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.objections import AnswerForm, AppealForm, ObjectionForm
from ..models import Claim, Objection, ObjectionRequest
from ..rules.access import Action
from ..selectors.objections import remedies_of
from ..services import appealing, objecting
from .acting import FORM, act
from .review import found


@require_GET
@may(Action.VIEW_OWN)
def objection(request: HttpRequest, number: str) -> HttpResponse:
    """Where the claimant also verifies that an objection arrived when no message comes (CMP-9.3-a)."""
    return _show(request, found(request, number))


@FORM
@may(Action.OBJECT)
def file(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), ObjectionForm(request.POST, request.FILES)
    said = _("The objection was filed. A message was sent to your mobile.")
    return _act(request, claim, objecting.file, said, "objection", form, {"claim_id": claim.pk, "claims": [claim.pk]})


@FORM
@may(Action.OBJECT)
def answer(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, form = found(request, number), AnswerForm(request.POST, request.FILES)
    get_object_or_404(ObjectionRequest, pk=pk, objection__claim=claim)
    said = _("Your answer was delivered.")
    return _act(request, claim, objecting.answer, said, "answer", form, {"request_id": pk, "claims": [claim.pk]})


@FORM
@may(Action.APPEAL)
def appeal(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, form = found(request, number), AppealForm(request.POST, request.FILES)
    get_object_or_404(Objection, pk=pk, claim=claim)

    def command(*, has_copies: bool, **given: Any) -> object:
        return appealing.file(copies=form.copies, **given)

    said = _("The appeal was recorded.")
    return _act(request, claim, command, said, "appeal", form, {"objection_id": pk, "claims": [claim.pk]})


def _show(
    request: HttpRequest,
    claim: Claim,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    remedies = remedies_of(claim, timezone.localdate())
    drawn: dict[str, forms.Form] = {
        "objection": ObjectionForm(initial={"amount": claim.claimed_amount, "mobile": claim.claimant.mobile}),
        "answer": AnswerForm(),
        "appeal": AppealForm(),
    }
    context = {"claim": claim, "remedies": remedies, "refused": refused, "f": {**drawn, **(forms_in_place or {})}}
    return pages.show(request, "compensation/objections/own.html", context, status=status)


def _act(
    request: HttpRequest, claim: Claim, command: Any, said: Any, place: str, form: forms.Form, arguments: dict[str, Any]
) -> HttpResponseBase:
    def again(**shown: Any) -> HttpResponse:
        return _show(request, found(request, claim.number), **shown)

    to = reverse("objections:own", args=[claim.number])
    return act(request, command, said=said, to=to, again=again, form=form, place=place, arguments=arguments)
