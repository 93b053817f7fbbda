"""The treasurer's payments: what is to be paid, the sheets, their approval (clause 8.5.1)."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.money import FindForm, ReasonForm
from ..models import Claim, Payment
from ..money_words import LIST
from ..rules.access import Action
from ..rules.codes import PaymentState
from ..rules.machines import Actor
from ..rules.money_states import PAYMENT
from ..selectors.money import as_ledger, entries_of
from ..selectors.sheet_lines import lines_of
from ..selectors.treasury import LISTS, TO_PREPARE, claims_to_prepare, late_to_pay, payments_at, totals, transfers_of
from ..services import paying
from .acting import FORM, act
from .who import user_of

PER_PAGE = 25
READ_WITH = ("claimant__customer", "claim", "decision", "prepared_by", "approved_by")


@require_GET
@may(Action.VIEW_PAYMENTS)
def start(request: HttpRequest) -> HttpResponseBase:
    """Go to what is to be paid."""
    return redirect("treasury:list", TO_PREPARE)


@require_GET
@may(Action.VIEW_PAYMENTS)
def show_list(request: HttpRequest, key: str) -> HttpResponse:
    """One list of payments, or of claims that have no sheet yet."""
    return _list(request, key)


def _list(
    request: HttpRequest,
    key: str,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    if key not in LISTS:
        raise Http404
    today = timezone.localdate()
    rows = claims_to_prepare() if key == TO_PREPARE else payments_at(key)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    by_step = totals()
    counts = {TO_PREPARE: claims_to_prepare().count(), **{step: count for step, (count, _net) in by_step.items()}}
    context = {
        "key": key,
        "title": LIST[key],
        "lists": [(one, LIST[one], counts[one]) for one in LISTS],
        "page": page,
        "total": by_step[key][1] if key in by_step else None,
        "late": late_to_pay(today).count(),
        "today": today,
        "pays": user_of(request).may(Action.PAY),
        "refused": refused,
        "find": FindForm(),
        **(forms_in_place or {}),
    }
    return pages.show(request, "compensation/treasury/list.html", context, status=status)


@FORM
@may(Action.PAY)
def prepare(request: HttpRequest, number: str) -> HttpResponseBase:
    """Make the sheet of a claim, and go to it."""
    claim = get_object_or_404(Claim, number=number)
    made: list[Payment] = []
    answer = act(
        request, lambda **given: made.append(paying.prepare(claim_id=claim.pk, **given)),
        said=_("The payment sheet was prepared."), to=reverse("treasury:start"),
        again=partial(_list, request, TO_PREPARE),
    )  # fmt: skip
    return redirect("treasury:payment", made[0].pk) if made else answer


@require_GET
@may(Action.VIEW_PAYMENTS)
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """A payment sheet, its transfers, and the ledger of its claim."""
    found = get_object_or_404(Payment.objects.select_related(*READ_WITH), pk=pk)
    record_read("payment.view", by=user_of(request), at=timezone.now(), target=found.claim or found.claimant)
    return show_payment(request, pk)


def show_payment(
    request: HttpRequest,
    pk: int,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    """The page of a payment; a refused form stands in its place with what was typed."""
    found = get_object_or_404(Payment.objects.select_related(*READ_WITH), pk=pk)
    entries = list(entries_of(found.claim) if found.claim is not None else found.entries.all())
    moves = {row.id for row in PAYMENT.allowed(PaymentState(found.state), Actor.PAYMENTS)}
    context = {
        "payment": found,
        "lines": list(lines_of(found)),
        "transfers": list(transfers_of(found)),
        "entries": entries,
        "ledger": as_ledger(entries),
        "moves": moves if user_of(request).may(Action.PAY) else set(),
        "is_renewed": found.state == PaymentState.PREPARED.value and found.approved_at is None,
        "refused": refused,
        "f": {"reason": ReasonForm(), **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/treasury/payment.html", context, status=status)


def _change(
    request: HttpRequest, pk: int, command: Callable[..., object], said: Promise | str, form: forms.Form | None = None
) -> HttpResponseBase:
    get_object_or_404(Payment, pk=pk)
    return act(
        request, command, said=said, to=reverse("treasury:payment", args=[pk]), form=form, place="reason",
        again=partial(show_payment, request, pk), arguments={"payment_id": pk},
    )  # fmt: skip


@FORM
@may(Action.PAY)
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _change(request, pk, paying.approve, _("The payment was approved, and entered in the ledger."))


@FORM
@may(Action.PAY)
def renew(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _change(request, pk, paying.renew, _("The sheet was reckoned anew, as of today."))


@FORM
@may(Action.PAY)
def prepare_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    said = _("The payment can be approved again, to the account as it is now.")
    return _change(request, pk, paying.prepare_again, said)


@FORM
@may(Action.PAY)
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _change(request, pk, paying.cancel, _("The payment was cancelled."), ReasonForm(request.POST))


@FORM
@may(Action.PAY)
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close the claim of a payment."""
    found = get_object_or_404(Payment, pk=pk, claim__isnull=False)
    return act(
        request, paying.close, said=_("The claim was closed."), to=reverse("treasury:payment", args=[pk]),
        again=partial(show_payment, request, pk), arguments={"claim_id": found.claim_id},
    )  # fmt: skip
