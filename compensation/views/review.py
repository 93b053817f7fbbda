"""The review page of a claim, and what its clerk and the manager do on it (CMP-2.3-h)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.audit.services.recording import record_read
from crm_portal.errors import Code, Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused
from crm_portal.worktime.rules.periods import day_of

from ..forms.reviewing import (
    AdjustmentForm,
    CausationForm,
    DetailsForm,
    FigureForm,
    MoreTimeForm,
    ProposalForm,
    RateForm,
    ReasonForm,
    SettlementForm,
)
from ..models import Claim, DetailsRequest, ManagerAdjustment, ReviewFinding
from ..rules.access import Action
from ..selectors.claims import claims_visible_to
from ..selectors.review_pages import review_of
from ..services import deciding, details, reviewing
from .who import user_of

READ_WITH = ("claimant__customer", "claimant__programme", "clerk", "submitted_by")
POST_ONLY = require_http_methods(["GET", "POST"])  # GET: somebody came back to a refused form by its address


@require_GET
@may(Action.VIEW)
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about a claim that its decision needs."""
    claim = found(request, number)
    record_read("claim.view", by=user_of(request), at=timezone.now(), target=claim)
    return show(request, claim)


def found(request: HttpRequest, number: str) -> Claim:
    """The claim, if this user may see it."""
    visible = claims_visible_to(user_of(request), timezone.localdate())
    return get_object_or_404(visible.select_related(*READ_WITH), number=number)


def show(
    request: HttpRequest,
    claim: Claim,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    """The page of a claim; a refused form stands in its place with what was typed."""
    page = review_of(claim, user_of(request), timezone.now())
    version = {"version": claim.version}
    drawn: dict[str, forms.Form] = {
        "causation": CausationForm(
            initial={**version, "causation": claim.causation, "reasons": claim.causation_reasons}
        ),
        "figure": FigureForm(initial=version, paths=page.paths),
        "adjustment": AdjustmentForm(initial=version),
        "rate": RateForm(),
        "details": DetailsForm(initial={**version, "due_on": day_of(timezone.now()) + details.PROPOSED}),
        "proposal": ProposalForm(initial={**version, "amount": page.proposed, "reasons": claim.proposed_reasons}),
        "reason": ReasonForm(),
        "more_time": MoreTimeForm(initial=version),
        "settlement": SettlementForm(),
    }
    context = {"claim": claim, "page": page, "refused": refused, "f": {**drawn, **(forms_in_place or {})}}
    return pages.show(request, "compensation/review/claim.html", context, status=status)


def _act(
    request: HttpRequest,
    claim: Claim,
    command: Callable[..., object],
    said: Promise | str,
    *,
    place: str = "",
    form: forms.Form | None = None,
    arguments: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Parse, do one thing, and go back to the page; a refusal is shown on it with everything that was typed."""
    to = reverse("claims:review", args=[claim.number])
    if request.method != "POST":
        return redirect(to)
    in_place = {place: form} if form is not None else {}
    if form is not None and not form.is_valid():
        note_refused(request, form, timezone.now(), target=("claim", claim.pk))
        return show(request, claim, status=422, forms_in_place=in_place)
    try:
        command(by=user_of(request), at=timezone.now(), **(arguments or {}), **(form.cleaned_data if form else {}))
    except Refused as refused:
        claim = found(request, claim.number)
        if form is not None and refused.code is not Code.STALE_VERSION:
            explain(form, refused)
            return show(request, claim, status=422, forms_in_place=in_place)
        return show(request, claim, status=422, refused=sentences(refused), forms_in_place=in_place)
    return pages.done(request, said, to=f"{to}#{place}" if place else to)


@POST_ONLY
@may(Action.REVIEW)
def take(request: HttpRequest, number: str) -> HttpResponseBase:
    claim = found(request, number)
    return _act(request, claim, reviewing.take, _("The claim is yours to review."), arguments={"claim_id": claim.pk})


@POST_ONLY
@may(Action.REVIEW)
def causation(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), CausationForm(request.POST)
    return _act(
        request, claim, reviewing.find_causation, _("The finding was saved."), place="causation", form=form,
        arguments={"claim_id": claim.pk},
    )  # fmt: skip


@POST_ONLY
@may(Action.REVIEW)
def figure(request: HttpRequest, number: str) -> HttpResponseBase:
    claim = found(request, number)
    form = FigureForm(request.POST, paths=review_of(claim, user_of(request), timezone.now()).paths)
    return _act(
        request, claim, reviewing.correct_figure, _("The figure was put in, and the amount computed anew."),
        place="figure", form=form, arguments={"claim_id": claim.pk},
    )  # fmt: skip


@POST_ONLY
@may(Action.REVIEW)
def adjust(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), AdjustmentForm(request.POST)
    return _act(
        request, claim, reviewing.adjust, _("The adjustment was kept, and the amount computed anew."),
        place="adjustment", form=form, arguments={"claim_id": claim.pk},
    )  # fmt: skip


@POST_ONLY
@may(Action.REVIEW)
def remove_adjustment(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim = found(request, number)
    get_object_or_404(ManagerAdjustment, pk=pk, claim=claim)
    said = _("The adjustment was taken back.")
    return _act(request, claim, reviewing.remove_adjustment, said, arguments={"adjustment_id": pk})


@POST_ONLY
@may(Action.DECIDE)
def rate(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), RateForm(request.POST)

    def command(*, percent: object, **given: Any) -> object:
        return reviewing.set_rate(rate=form.rate, **given)

    return _act(
        request, claim, command, _("The rate was set, and the amount computed anew."), place="rate", form=form,
        arguments={"claim_id": claim.pk},
    )  # fmt: skip


@POST_ONLY
@may(Action.REVIEW)
def settle(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, form = found(request, number), SettlementForm(request.POST)
    get_object_or_404(ReviewFinding, pk=pk, claim=claim)
    said = _("The finding was settled.")
    return _act(
        request, claim, reviewing.settle_finding, said, place="settlement", form=form, arguments={"finding_id": pk}
    )


@POST_ONLY
@may(Action.REVIEW)
def request_details(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), DetailsForm(request.POST)
    return _act(
        request, claim, details.request_details, _("The demand was served. The clock stands still."), place="details",
        form=form, arguments={"claim_id": claim.pk},
    )  # fmt: skip


@POST_ONLY
@may(Action.REVIEW)
def accept_details(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim = found(request, number)
    get_object_or_404(DetailsRequest, pk=pk, claim=claim)
    said = _("The details are complete. The clock goes on from the day they were delivered.")
    return _act(request, claim, details.accept_details, said, arguments={"request_id": pk})


@POST_ONLY
@may(Action.REVIEW)
def propose(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), ProposalForm(request.POST)

    def command(*, by: Any, at: Any, claim_id: int, amount: Any, reasons: str, version: int, **_gaps: object) -> object:
        return reviewing.propose(
            claim_id=claim_id, by=by, at=at, amount=amount, reasons=reasons, gaps=form.gaps, version=version
        )

    return _act(
        request, claim, command, _("The proposal waits for the manager's approval."), place="proposal", form=form,
        arguments={"claim_id": claim.pk},
    )  # fmt: skip


@POST_ONLY
@may(Action.DECIDE)
def approve(request: HttpRequest, number: str) -> HttpResponseBase:
    claim = found(request, number)
    form = _Version(request.POST)
    return _act(
        request, claim, deciding.approve, _("The decision was given and served."), place="decision", form=form,
        arguments={"claim_id": claim.pk},
    )  # fmt: skip


@POST_ONLY
@may(Action.DECIDE)
def send_back(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), ReasonForm(request.POST)
    said = _("The proposal was sent back to its clerk.")
    return _act(request, claim, deciding.send_back, said, place="reason", form=form, arguments={"claim_id": claim.pk})


class _Version(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
