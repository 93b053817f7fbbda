"""The fund's page after a decision: letters, corrections, objections and appeals of one claim."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.files.responses import clean_file
from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.objections import (
    AskForm,
    CommitteeForm,
    CorrectionForm,
    CourtDecisionForm,
    CourtForm,
    ExtendForm,
    HearingForm,
    ObjectionDecisionForm,
    RecordedAppealForm,
)
from ..models import AppealFile, Claim, Objection, ObjectionFile
from ..rules.access import Action
from ..selectors.after_decision import after_decision
from ..services import correcting
from .acting import FORM, act
from .review import found
from .who import user_of


@require_GET
@may(Action.VIEW)
def of_claim(request: HttpRequest, number: str) -> HttpResponse:
    claim = found(request, number)
    record_read("claim.view_reviews", by=user_of(request), at=timezone.now(), target=claim)
    return show(request, claim)


@FORM
@may(Action.CORRECT)
def correct(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), CorrectionForm(request.POST)

    def given(sent: forms.Form) -> dict[str, Any]:
        clean = sent.cleaned_data
        words = {"explanation": clean["reasons"], "ground": clean["ground"], "gaps": form.gaps}
        return {**words, "amount": clean["amount"], "version": clean["version"]}

    said = _("The determination was corrected and served.")
    names = {"explanation": "reasons", "gaps": "amount"}
    return act_on(
        request, claim, correcting.correct, said, "correction", form, {"claim_id": claim.pk}, given=given, names=names
    )


@require_GET
@may(Action.VIEW)
def document(request: HttpRequest, number: str, kind: str, pk: int) -> HttpResponseBase:
    """A document of an objection or an appeal, its clean copy."""
    claim = found(request, number)
    if kind == "objection":
        file = get_object_or_404(ObjectionFile, pk=pk, objection__claim=claim, file__state="clean").file
    else:
        file = get_object_or_404(AppealFile, pk=pk, appeal__claim=claim, file__state="clean").file
    record_read("claim.open_document", by=user_of(request), at=timezone.now(), target=claim, what={"file": file.name})
    return clean_file(file)


def show(
    request: HttpRequest,
    claim: Claim,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    page = after_decision(claim, user_of(request), timezone.localdate())
    objection = page.objection
    drawn: dict[str, forms.Form] = {
        "correction": CorrectionForm(initial={"version": claim.version, "amount": claim.determined_amount}),
        "ask": AskForm(),
        "extend": ExtendForm(),
        "verdict": ObjectionDecisionForm(
            initial={"version": objection.version, "amount": objection.amount} if objection is not None else {}
        ),
        "appeal": RecordedAppealForm(),
        "hearing": HearingForm(),
        "committee": CommitteeForm(),
        "court": CourtForm(),
        "court_decision": CourtDecisionForm(),
    }
    context = {"claim": claim, "page": page, "refused": refused, "f": {**drawn, **(forms_in_place or {})}}
    return pages.show(request, "compensation/objections/claim.html", context, status=status)


def act_on(
    request: HttpRequest,
    claim: Claim,
    command: Any,
    said: Any,
    place: str = "",
    form: forms.Form | None = None,
    arguments: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponseBase:
    def again(**shown: Any) -> HttpResponse:
        return show(request, found(request, claim.number), **shown)

    to = reverse("claims:reviews", args=[claim.number])
    return act(request, command, said=said, to=to, again=again, form=form, place=place, arguments=arguments, **more)


def with_objection(request: HttpRequest, number: str, pk: int) -> Claim:
    claim = found(request, number)
    get_object_or_404(Objection, pk=pk, claim=claim)
    return claim


def with_appeal(request: HttpRequest, number: str, pk: int) -> Claim:
    claim = found(request, number)
    get_object_or_404(claim.appeals, pk=pk)
    return claim
