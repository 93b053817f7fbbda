"""The inbox of dual control: what waits for a second person, read line by line, approved or rejected (CRD-77-a)."""

from functools import partial

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.acting import FORM, act

from ..control_words import PROPOSAL_LIST
from ..forms.control import ApproveForm, ReasonsForm
from ..rules.access import Action
from ..rules.codes import ProposalState
from ..selectors.proposals import LISTS, OWN, READ_WITH, WAITING, own_waiting, proposals_of, to_decide
from ..services import dual_control
from .who import user_of

PER_PAGE = 25


@require_GET
@may(Action.VIEW_PROPOSALS)
def start(request: HttpRequest) -> HttpResponse:
    """Go to what waits: for an approver what he decides, for others what they proposed."""
    return redirect("credit:proposals", WAITING if user_of(request).may(Action.DECIDE_PROPOSALS) else OWN)


@require_GET
@may(Action.VIEW_PROPOSALS)
def show_list(request: HttpRequest, key: str) -> HttpResponse:
    """One list of proposals."""
    if key not in LISTS:
        raise Http404
    user, now = user_of(request), timezone.now()
    rows = LISTS[key](user, now).select_related(*READ_WITH)
    counts = {WAITING: to_decide(user, now).count(), OWN: own_waiting(user).count()}
    context = {
        "key": key,
        "title": PROPOSAL_LIST[key],
        "lists": [
            (one, PROPOSAL_LIST[one], counts.get(one))
            for one in LISTS
            if one != WAITING or user.may(Action.DECIDE_PROPOSALS)
        ],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return pages.show(request, "creditdata/control/proposals.html", context)


@require_GET
@may(Action.VIEW_PROPOSALS)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed, as it is now and as it would be."""
    return show(request, pk)


def show(
    request: HttpRequest,
    pk: int,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    """The page of a proposal; a refused form stands in its place with what was typed."""
    user, now = user_of(request), timezone.now()
    found = get_object_or_404(proposals_of(user).select_related(*READ_WITH), pk=pk)
    waits = found.state == ProposalState.PROPOSED.value
    context = {
        "proposal": found,
        "lines": dual_control.shown(found) if waits else [],
        "is_over": waits and found.expires_at <= now,
        "decides": waits and to_decide(user, now).filter(pk=pk).exists(),
        "withdraws": waits and found.proposer_id == user.pk,
        "refused": refused,
        "f": {
            "approve": ApproveForm(initial={"seen_hash": found.payload_hash}),
            "reject": ReasonsForm(),
            **(forms_in_place or {}),
        },
    }
    return pages.show(request, "creditdata/control/proposal.html", context, status=status)


@FORM
@may(Action.DECIDE_PROPOSALS)
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve exactly what was read, and carry it out."""
    _found(request, pk)
    return act(
        request, dual_control.approve, said=_("Approved and carried out."), to=reverse("credit:proposal", args=[pk]),
        again=partial(show, request, pk), form=ApproveForm(request.POST), place="approve",
        arguments={"proposal_id": pk},
    )  # fmt: skip


@FORM
@may(Action.DECIDE_PROPOSALS)
def reject(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say no, and why."""
    _found(request, pk)
    return act(
        request, dual_control.reject, said=_("The proposal was rejected."), to=reverse("credit:proposal", args=[pk]),
        again=partial(show, request, pk), form=ReasonsForm(request.POST), place="reject",
        arguments={"proposal_id": pk},
    )  # fmt: skip


@FORM
@may(Action.VIEW_PROPOSALS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one's own proposal back."""
    _found(request, pk)
    return act(
        request, dual_control.withdraw, said=_("The proposal was withdrawn."),
        to=reverse("credit:proposal", args=[pk]), again=partial(show, request, pk), arguments={"proposal_id": pk},
    )  # fmt: skip


def _found(request: HttpRequest, pk: int) -> None:
    """Not there and not seen look alike."""
    get_object_or_404(proposals_of(user_of(request)), pk=pk)
