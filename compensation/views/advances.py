"""The fund's desk of advances: what time proposed, what was asked before a claim (7.3, 8.4.3)."""

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
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.worktime.rules.periods import day_of

from .. import labels
from ..forms.granting import AmountForm, ConfirmForm, ReasonsForm
from ..models import AdvanceProposal, AdvanceRequest
from ..models.advances import WAITING
from ..rules.access import Action
from ..rules.advance_requests import served_as
from ..rules.codes import AdvanceState
from ..selectors.asked import proposals_at, requests_at
from ..selectors.programmes import programme_on
from ..services import advance_requests, advancing
from .acting import FORM, act
from .who import user_of

PER_PAGE = 25


@require_GET
@may(Action.VIEW)
def advances(request: HttpRequest, key: str = "open") -> HttpResponse:
    """What waits, the longest first; or everything that was decided."""
    is_open = key == "open"
    context = {
        "is_open": is_open,
        "proposals": Paginator(proposals_at(is_open=is_open), PER_PAGE).get_page(request.GET.get("page")),
        "requests": Paginator(requests_at(is_open=is_open), PER_PAGE).get_page(request.GET.get("asked")),
    }
    return pages.show(request, "compensation/granting/advances.html", context)


@require_GET
@may(Action.VIEW)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """An advance that time proposed, and its manager's forms."""
    found = get_object_or_404(AdvanceProposal.objects.select_related("claim"), pk=pk)
    record_read("advance.view", by=user_of(request), at=timezone.now(), target=found.claim)
    return _proposal(request, pk)


def _proposal(
    request: HttpRequest, pk: int, *, status: int = 200, refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:  # fmt: skip
    found = get_object_or_404(
        AdvanceProposal.objects.select_related("claim__claimant__customer", "claim__clerk", "decided_by", "payment"),
        pk=pk,
    )
    user = user_of(request)
    drawn: dict[str, forms.Form] = {"confirm": ConfirmForm(initial={"base": found.base}), "refuse": ReasonsForm()}
    waits = found.state in WAITING
    context = {
        "proposal": found,
        "percent": found.share * 100,
        "given": advancing.given_before(found.claim) if waits else found.paid_before,
        "decides": user.may(Action.CONFIRM_ADVANCE) and waits and found.claim.clerk_id != user.pk,
        "is_own": user.may(Action.CONFIRM_ADVANCE) and waits and found.claim.clerk_id == user.pk,
        "refused": refused,
        "f": {**drawn, **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/granting/proposal.html", context, status=status)


def _decide(request: HttpRequest, pk: int, command: Any, said: Any, place: str, form: forms.Form) -> HttpResponseBase:
    get_object_or_404(AdvanceProposal, pk=pk)
    return act(
        request, command, said=said, to=reverse("granting:proposal", args=[pk]), again=partial(_proposal, request, pk),
        form=form, place=place, names={"amount": "base"}, arguments={"proposal_id": pk},
    )  # fmt: skip


@FORM
@may(Action.CONFIRM_ADVANCE)
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The advance was confirmed; its payment waits for the treasurer.")
    return _decide(request, pk, advancing.confirm, said, "confirm", ConfirmForm(request.POST))


@FORM
@may(Action.CONFIRM_ADVANCE)
def refuse_proposal(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The advance was refused.")
    return _decide(request, pk, advancing.refuse_proposal, said, "refuse", ReasonsForm(request.POST))


@require_GET
@may(Action.VIEW)
def advance_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A request before a claim, with the forms of the clerk and the manager."""
    found = get_object_or_404(AdvanceRequest.objects.select_related("claimant"), pk=pk)
    record_read("advance.view", by=user_of(request), at=timezone.now(), target=found.claimant)
    return _asked(request, pk)


def _asked(
    request: HttpRequest, pk: int, *, status: int = 200, refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:  # fmt: skip
    found = get_object_or_404(
        AdvanceRequest.objects.select_related("claimant__customer", "campaign", "proposed_by", "decided_by", "payment"),
        pk=pk,
    )
    user = user_of(request)
    drawn: dict[str, forms.Form] = {"amount": AmountForm(), "refuse": ReasonsForm()}
    decides = user.may(Action.CONFIRM_ADVANCE) and found.proposed_by_id != user.pk
    place = programme_on(day_of(found.requested_at)).towns.find(found.town)
    served = served_as(place) if place is not None else None
    context = {
        "asked": found,
        "served": dict(labels.SERVED)[served] if served else "",
        "reference": advance_requests.reference(found),
        "proposes": user.may(Action.PROPOSE_ADVANCE) and found.state == AdvanceState.REQUESTED.value,
        "approves": decides and found.state in WAITING,
        "refuses": decides and found.state in {*WAITING, AdvanceState.REQUESTED.value},
        "pays": user.may(Action.VIEW_PAYMENTS),
        "refused": refused,
        "f": {**drawn, **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/granting/advance_request.html", context, status=status)


def _act(request: HttpRequest, pk: int, command: Any, said: Any, **more: Any) -> HttpResponseBase:
    get_object_or_404(AdvanceRequest, pk=pk)
    return act(
        request, command, said=said, to=reverse("granting:advance_request", args=[pk]),
        again=partial(_asked, request, pk), arguments={"request_id": pk}, **more,
    )  # fmt: skip


@FORM
@may(Action.PROPOSE_ADVANCE)
def propose(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The amount waits for the manager's approval.")
    return _act(request, pk, advance_requests.propose, said, form=AmountForm(request.POST), place="amount")


@FORM
@may(Action.CONFIRM_ADVANCE)
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(
        request, pk, advance_requests.approve, _("The advance was confirmed; its payment waits for the treasurer.")
    )


@FORM
@may(Action.CONFIRM_ADVANCE)
def refuse_request(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The advance was refused.")
    return _act(request, pk, advance_requests.refuse_request, said, form=ReasonsForm(request.POST), place="refuse")
