"""What was paid too much: demands, returns, what is handed over to be collected (clause 8.6)."""

import csv
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.errors import Refused
from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.money import DayForm, ReturnForm
from ..models import Claim, Overpayment
from ..money_words import OVERPAYMENT_STATE
from ..rules.access import Action
from ..rules.codes import OverpaymentState
from ..selectors.treasury import COLLECTION_COLUMNS, claims_to_demand, collection_rows, overpayments_at
from ..services import overpaying
from .acting import FORM, act
from .who import user_of

PER_PAGE = 25
_OPEN = {OverpaymentState.DEMANDED.value, OverpaymentState.COLLECTED.value}


@require_GET
@may(Action.VIEW_PAYMENTS)
def show_list(request: HttpRequest, key: str) -> HttpResponse:
    """The overpayments in one state, and the claims that must be demanded from."""
    return _list(request, key)


def _list(
    request: HttpRequest,
    key: str,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    states = {state.value.lower(): state for state in OverpaymentState}
    if key not in states:
        raise Http404
    context = {
        "key": key,
        "states": [(value.lower(), label) for value, label in OVERPAYMENT_STATE],
        "page": Paginator(overpayments_at(states[key]), PER_PAGE).get_page(request.GET.get("page")),
        "to_demand": claims_to_demand()[:PER_PAGE] if key == "demanded" else [],
        "pays": user_of(request).may(Action.PAY),
        "today": timezone.localdate(),
        "refused": refused,
        **(forms_in_place or {}),
    }
    return pages.show(request, "compensation/treasury/overpayments.html", context, status=status)


@require_GET
@may(Action.VIEW_PAYMENTS)
def overpayment(request: HttpRequest, pk: int) -> HttpResponse:
    """One overpayment, what came back of it, and what is owed today."""
    found = get_object_or_404(Overpayment, pk=pk)
    record_read("overpayment.view", by=user_of(request), at=timezone.now(), target=found.claim or found.claimant)
    return show(request, pk)


def show(
    request: HttpRequest,
    pk: int,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    """The page of an overpayment; a refused form stands in its place with what was typed."""
    found = get_object_or_404(Overpayment.objects.select_related("claimant__customer", "claim", "notice"), pk=pk)
    today = timezone.localdate()
    left = overpaying.left_of(found)
    is_open = found.state in _OPEN
    try:
        interest = overpaying.interest_on(found, left, today) if is_open else None
    except Refused:
        interest = None  # the tables of linkage do not reach so far back; the form says so when it is used
    drawn: dict[str, forms.Form] = {
        "return": ReturnForm(initial={"received_on": today}), "service": DayForm(initial={"on": today})
    }  # fmt: skip
    pays = user_of(request).may(Action.PAY)
    context = {
        "overpayment": found,
        "left": left,
        "interest": interest,
        "owed": left + interest if interest is not None else None,
        "returns": found.returns.select_related("recorded_by"),
        "may_return": pays and is_open,
        "may_serve": pays and found.state == OverpaymentState.DEMANDED.value and found.served_on is None,
        "may_collect": pays
        and found.state == OverpaymentState.DEMANDED.value
        and found.due_on is not None
        and found.due_on < today,
        "refused": refused,
        "f": {**drawn, **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/treasury/overpayment.html", context, status=status)


@FORM
@may(Action.PAY)
def demand(request: HttpRequest, number: str) -> HttpResponseBase:
    """Demand back what a rejected claim was paid."""
    claim = get_object_or_404(Claim, number=number)
    return act(
        request, overpaying.demand, said=_("The demand was made and served."),
        to=reverse("treasury:overpayments", args=["demanded"]), again=partial(_list, request, "demanded"),
        arguments={"claim_id": claim.pk},
    )  # fmt: skip


def _change(request: HttpRequest, pk: int, command: Any, said: Any, **more: Any) -> HttpResponseBase:
    get_object_or_404(Overpayment, pk=pk)
    return act(
        request, command, said=said, to=reverse("treasury:overpayment", args=[pk]), again=partial(show, request, pk),
        arguments={"overpayment_id": pk}, **more,
    )  # fmt: skip


@FORM
@may(Action.PAY)
def record_return(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = ReturnForm(request.POST)
    return _change(request, pk, overpaying.record_return, _("The sum was recorded."), form=form, place="return")


@FORM
@may(Action.PAY)
def record_service(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _change(
        request, pk, overpaying.record_service, _("The day of service was recorded."), form=DayForm(request.POST),
        place="service", names={"served_on": "on"}, given=lambda form: {"served_on": form.cleaned_data["on"]},
    )  # fmt: skip


@FORM
@may(Action.PAY)
def collect(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _change(request, pk, overpaying.collect, _("The rest was handed over to be collected as tax."))


@require_GET
@may(Action.PAY)
def collection_file(request: HttpRequest) -> HttpResponse:
    """The rows for the collection of taxes (CMP-8.6.2-a); docs/payments.md has their columns."""
    record_read("overpayment.export", by=user_of(request), at=timezone.now())
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="collection.csv"'
    rows = csv.writer(answer)
    rows.writerow(COLLECTION_COLUMNS)
    rows.writerows(collection_rows())
    return answer
