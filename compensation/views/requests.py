"""The fund's desk of requests: more time to file (8.2), eligibility checks (2.1-b, 2.6-n)."""

from functools import partial
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

from ..forms.granting import AidPlanForm, GrantCheckForm, GrantTimeForm, ReasonsForm
from ..models import EligibilityCheckRequest, FilingExtension
from ..rules.access import Action
from ..rules.codes import RequestState
from ..selectors.asked import checks_at, extensions_at
from ..services import granting
from .acting import FORM, act
from .who import user_of

PER_PAGE = 25


@require_GET
@may(Action.VIEW)
def requests(request: HttpRequest, key: str = "open") -> HttpResponse:
    """What waits for a decision, or what was decided."""
    is_open = key == "open"
    context = {
        "is_open": is_open,
        "extensions": Paginator(extensions_at(is_open=is_open), PER_PAGE).get_page(request.GET.get("page")),
        "checks": Paginator(checks_at(is_open=is_open), PER_PAGE).get_page(request.GET.get("checks")),
    }
    return pages.show(request, "compensation/granting/requests.html", context)


@require_GET
@may(Action.VIEW)
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(FilingExtension.objects.select_related("claimant"), pk=pk)
    record_read("filing_extension.view", by=user_of(request), at=timezone.now(), target=found.claimant)
    return _extension(request, pk)


def _extension(
    request: HttpRequest, pk: int, *, status: int = 200, refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:  # fmt: skip
    rows = FilingExtension.objects.select_related("claimant__customer", "requested_by", "decided_by", "evidence")
    found, user = get_object_or_404(rows, pk=pk), user_of(request)
    waits = found.state == RequestState.PENDING.value
    drawn: dict[str, forms.Form] = {
        "grant": GrantTimeForm(initial={"until": found.wanted_until}),
        "refuse": ReasonsForm(),
    }
    context = {
        "asked": found,
        "decides": waits and user.may(Action.DECIDE_EXTENSION) and (user.may(Action.DECIDE) or not found.is_late),
        "waits_for_manager": waits and found.is_late and not user.may(Action.DECIDE),
        "refused": refused,
        "f": {**drawn, **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/granting/extension.html", context, status=status)


def _decide_time(
    request: HttpRequest, pk: int, command: Any, said: Any, form: forms.Form, place: str
) -> HttpResponseBase:
    get_object_or_404(FilingExtension, pk=pk)
    return act(
        request, command, said=said, to=reverse("granting:extension", args=[pk]),
        again=partial(_extension, request, pk), form=form, place=place, arguments={"extension_id": pk},
    )  # fmt: skip


@FORM
@may(Action.DECIDE_EXTENSION)
def grant_time(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("More time was granted; the wizard is open for this claimant.")
    return _decide_time(request, pk, granting.grant_time, said, GrantTimeForm(request.POST), "grant")


@FORM
@may(Action.DECIDE_EXTENSION)
def refuse_time(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The request was refused.")
    return _decide_time(request, pk, granting.refuse_time, said, ReasonsForm(request.POST), "refuse")


@require_GET
@may(Action.VIEW)
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The clean copy of what was sent with a request for more time."""
    found = get_object_or_404(FilingExtension.objects.select_related("evidence"), pk=pk, evidence__state="clean")
    what = {"extension": found.pk, "file": found.evidence.name}
    record_read("filing_extension.open", by=user_of(request), at=timezone.now(), target=found.claimant, what=what)
    return clean_file(found.evidence)


@require_GET
@may(Action.VIEW)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(EligibilityCheckRequest.objects.select_related("claimant"), pk=pk)
    record_read("eligibility_check.view", by=user_of(request), at=timezone.now(), target=found.claimant)
    return _check(request, pk)


def _check(
    request: HttpRequest, pk: int, *, status: int = 200, refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:  # fmt: skip
    rows = EligibilityCheckRequest.objects.select_related("claimant__customer", "requested_by", "decided_by")
    found, user = get_object_or_404(rows, pk=pk), user_of(request)
    percent = found.drop_rate * 100 if found.drop_rate is not None else None
    known = {
        "aid_plan_claim_no": found.aid_plan_claim_no, "aid_plan_claim": found.aid_plan_claim or "PENDING",
        "percent": percent,
    }  # fmt: skip
    drawn: dict[str, forms.Form] = {
        "grant": GrantCheckForm(), "refuse": ReasonsForm(), "aid_plan": AidPlanForm(initial=known)
    }  # fmt: skip
    decides = user.may(Action.DECIDE_CHECK)
    context = {
        "asked": found,
        "percent": percent,
        "claims": found.claims.submitted(),
        "decides": decides and found.state == RequestState.PENDING.value,
        "keeps": decides and found.state != RequestState.REFUSED.value,
        "refused": refused,
        "f": {**drawn, **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/granting/check.html", context, status=status)


def _decide_check(
    request: HttpRequest, pk: int, command: Any, said: Any, form: forms.Form, place: str, **more: Any
) -> HttpResponseBase:
    get_object_or_404(EligibilityCheckRequest, pk=pk)
    return act(
        request, command, said=said, to=reverse("granting:check", args=[pk]), again=partial(_check, request, pk),
        form=form, place=place, arguments={"check_id": pk}, **more,
    )  # fmt: skip


@FORM
@may(Action.DECIDE_CHECK)
def grant_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The check was granted; a claim can be filed.")
    return _decide_check(request, pk, granting.grant_check, said, GrantCheckForm(request.POST), "grant")


@FORM
@may(Action.DECIDE_CHECK)
def refuse_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The request was refused.")
    return _decide_check(request, pk, granting.refuse_check, said, ReasonsForm(request.POST), "refuse")


@FORM
@may(Action.DECIDE_CHECK)
def keep_aid_plan(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The claim under the Aid Plan Law was kept.")
    form = AidPlanForm(request.POST)
    return _decide_check(
        request, pk, granting.keep_aid_plan, said, form, "aid_plan", names={"drop_rate": "percent"},
        given=lambda _form: form.arguments,
    )  # fmt: skip
