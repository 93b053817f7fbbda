"""The fund's pages after a decision: letters, corrections, objections and appeals; the officer's queue; tasks."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
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
    TaskForm,
)
from ..models import AppealFile, Claim, ClerkTask, Objection, ObjectionFile, ObjectionRequest
from ..rules.access import Action
from ..selectors.after_decision import after_decision
from ..selectors.objections import objections_for
from ..services import appealing, correcting, examining, notices
from .acting import FORM, act
from .review import found
from .who import user_of

A_PAGE = 25


@require_GET
@may(Action.DECIDE_OBJECTION)
def queue(request: HttpRequest) -> HttpResponse:
    """Objections that this officer may decide; the one that is due first stands on top."""
    page = Paginator(objections_for(user_of(request)), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "today": timezone.localdate()}
    return pages.show(request, "compensation/objections/queue.html", context)


@require_GET
@may(Action.VIEW)
def of_claim(request: HttpRequest, number: str) -> HttpResponse:
    claim = found(request, number)
    record_read("claim.view_reviews", by=user_of(request), at=timezone.now(), target=claim)
    return _show(request, claim)


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
    return _act(
        request, claim, correcting.correct, said, "correction", form, {"claim_id": claim.pk}, given=given, names=names
    )


@FORM
@may(Action.DECIDE_OBJECTION)
def take(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = _with_objection(request, number, pk), _("The objection is yours to decide.")
    return _act(request, claim, examining.take, said, arguments={"objection_id": pk})


@FORM
@may(Action.DECIDE_OBJECTION)
def ask(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = _with_objection(request, number, pk), _("What is needed was asked for.")
    return _act(request, claim, examining.ask, said, "ask", AskForm(request.POST), {"objection_id": pk})


@FORM
@may(Action.DECIDE_OBJECTION)
def accept_answer(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim = found(request, number)
    get_object_or_404(ObjectionRequest, pk=pk, objection__claim=claim)
    return _act(request, claim, examining.accept_answer, _("The objection goes on."), arguments={"request_id": pk})


@FORM
@may(Action.DECIDE_OBJECTION)
def confirm_complete(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = _with_objection(request, number, pk), _("It was confirmed that all documents were supplied.")
    return _act(request, claim, examining.confirm_complete, said, arguments={"objection_id": pk})


@FORM
@may(Action.DECIDE)
def extend(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = _with_objection(request, number, pk), _("The time to decide was extended.")
    return _act(request, claim, examining.extend, said, "extend", ExtendForm(request.POST), {"objection_id": pk})


@FORM
@may(Action.DECIDE_OBJECTION)
def decide(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, form = _with_objection(request, number, pk), ObjectionDecisionForm(request.POST)

    def given(sent: forms.Form) -> dict[str, Any]:
        return {name: sent.cleaned_data[name] for name in ("amount", "reasons", "version")} | {"gaps": form.gaps}

    said, names = _("The objection was decided and its decision served."), {"gaps": "amount"}
    return _act(request, claim, examining.decide, said, "verdict", form, {"objection_id": pk}, given=given, names=names)


@FORM
@may(Action.RECORD_APPEAL)
def record_appeal(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim = _with_objection(request, number, pk)
    form = RecordedAppealForm(request.POST, request.FILES)

    def given(sent: forms.Form) -> dict[str, Any]:
        clean = dict(sent.cleaned_data)
        del clean["has_copies"]
        return {**clean, "copies": form.copies}

    arguments = {"objection_id": pk, "claims": [claim.pk]}
    return _act(request, claim, appealing.file, _("The appeal was recorded."), "appeal", form, arguments, given=given)


@FORM
@may(Action.RECORD_APPEAL)
def hearing(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = _with_appeal(request, number, pk), _("The hearing was recorded.")
    return _act(request, claim, appealing.set_hearing, said, "hearing", HearingForm(request.POST), {"appeal_id": pk})


@FORM
@may(Action.RECORD_APPEAL)
def committee(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = _with_appeal(request, number, pk), _("The committee's decision was recorded.")
    return _act(request, claim, appealing.decide, said, "committee", CommitteeForm(request.POST), {"appeal_id": pk})


@FORM
@may(Action.RECORD_APPEAL)
def court(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = _with_appeal(request, number, pk), _("The appeal to the District Court was recorded.")
    return _act(request, claim, appealing.appeal_to_court, said, "court", CourtForm(request.POST), {"appeal_id": pk})


@FORM
@may(Action.RECORD_APPEAL)
def court_decision(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, form = _with_appeal(request, number, pk), CourtDecisionForm(request.POST)
    said = _("The court's decision was recorded.")
    return _act(request, claim, appealing.decide_in_court, said, "court_decision", form, {"appeal_id": pk})


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


@require_GET
@may(Action.REVIEW)
def tasks(request: HttpRequest) -> HttpResponse:
    return _show_tasks(request)


@FORM
@may(Action.REVIEW)
def do_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    def again(**shown: Any) -> HttpResponse:
        return _show_tasks(request, failed=pk, **shown)

    return act(
        request, notices.do_task, said=_("The task is done."), to=reverse("objections:tasks"), again=again,
        form=TaskForm(request.POST), place="task", arguments={"task_id": pk},
    )  # fmt: skip


def _show_tasks(
    request: HttpRequest,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
    failed: int | None = None,
) -> HttpResponse:
    rows = ClerkTask.objects.filter(done_at__isnull=True).select_related("claim__claimant__customer", "notice")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "refused": refused,
        "form": (forms_in_place or {}).get("task", TaskForm()),
        "failed": failed,
    }
    return pages.show(request, "compensation/objections/tasks.html", context, status=status)


def _show(
    request: HttpRequest,
    claim: Claim,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    page = after_decision(claim, user_of(request))
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


def _act(
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
        return _show(request, found(request, claim.number), **shown)

    to = reverse("claims:reviews", args=[claim.number])
    return act(request, command, said=said, to=to, again=again, form=form, place=place, arguments=arguments, **more)


def _with_objection(request: HttpRequest, number: str, pk: int) -> Claim:
    claim = found(request, number)
    get_object_or_404(Objection, pk=pk, claim=claim)
    return claim


def _with_appeal(request: HttpRequest, number: str, pk: int) -> Claim:
    claim = found(request, number)
    get_object_or_404(claim.appeals, pk=pk)
    return claim
