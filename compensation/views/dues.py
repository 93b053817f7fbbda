"""A claimant's debts, liens and certificates, and what he was paid by year (clause 8.8)."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.money import CertificateForm, DayForm, FindForm, LienForm, ReasonForm, TaxDebtForm
from ..models import Claimant, Lien, Payment, TaxDebt
from ..rules.access import Action
from ..selectors.money import certificate_on, withholding_rate
from ..selectors.treasury import claimants_like, years_of
from ..services import owing
from .acting import FORM, act
from .who import user_of


@require_GET
@may(Action.VIEW_PAYMENTS)
def find(request: HttpRequest) -> HttpResponseBase:
    """Find a claimant by the number of a claim, or by his own."""
    form = FindForm(request.GET or None)
    found = list(claimants_like(form.cleaned_data["q"])[:10]) if form.is_valid() else []
    if len(found) == 1:
        return redirect("treasury:claimant", found[0].pk)
    context = {"form": form, "found": found, "is_asked": form.is_bound}
    return pages.show(request, "compensation/treasury/find.html", context, status=422 if form.errors else 200)


@require_GET
@may(Action.VIEW_PAYMENTS)
def claimant(request: HttpRequest, pk: int) -> HttpResponse:
    """What is deducted from a claimant's payments."""
    found = get_object_or_404(Claimant, pk=pk)
    record_read("dues.view", by=user_of(request), at=timezone.now(), target=found)
    return show(request, pk)


def show(
    request: HttpRequest,
    pk: int,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    """The page of a claimant's dues; a refused form stands in its place with what was typed."""
    found = get_object_or_404(Claimant.objects.select_related("customer", "programme"), pk=pk)
    user, today = user_of(request), timezone.localdate()
    drawn: dict[str, forms.Form] = {
        "debt": TaxDebtForm(), "lien": LienForm(), "certificate": CertificateForm(), "waiver": ReasonForm(),
        "day": DayForm(initial={"on": today}),
    }  # fmt: skip
    context = {
        "claimant": found,
        "debts": found.tax_debts.select_related("waived_by"),
        "liens": found.liens.all(),
        "certificates": found.customer.withholding_certificates.order_by("-valid_from", "-pk"),
        "valid": certificate_on(found, today),
        "rate": withholding_rate(found, today),
        "payments": Payment.objects.filter(claimant=found).select_related("claim").order_by("-pay_on", "-pk"),
        "claims": found.claims.submitted().order_by("-submitted_at"),
        "years": years_of(found),
        "pays": user.may(Action.PAY),
        "decides": user.may(Action.DECIDE),
        "today": today,
        "refused": refused,
        "f": {**drawn, **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/treasury/claimant.html", context, status=status)


def _record(
    request: HttpRequest, pk: int, command: Any, said: Any, place: str, form: forms.Form, **more: Any
) -> HttpResponseBase:
    get_object_or_404(Claimant, pk=pk)
    return act(
        request, command, said=said, to=f"{reverse('treasury:claimant', args=[pk])}#{place}", form=form, place=place,
        again=partial(show, request, pk), arguments={"claimant_id": pk}, **more,
    )  # fmt: skip


@FORM
@may(Action.PAY)
def record_debt(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = TaxDebtForm(request.POST)
    return _record(request, pk, owing.record_debt, _("The tax debt was recorded."), "debt", form)


@FORM
@may(Action.PAY)
def record_lien(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _record(request, pk, owing.record_lien, _("The lien was recorded."), "lien", LienForm(request.POST))


@FORM
@may(Action.PAY)
def record_certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = CertificateForm(request.POST)
    said = _("The certificate was recorded.")
    return _record(
        request, pk, owing.record_certificate, said, "certificate", form, given=lambda _form: form.arguments,
        names={"rate": "percent"},
    )  # fmt: skip


@FORM
@may(Action.PAY)
def close_debt(request: HttpRequest, pk: int, debt: int) -> HttpResponseBase:
    get_object_or_404(TaxDebt, pk=debt, claimant_id=pk)
    said = _("From this day the debt is not deducted.")
    return _end(request, pk, owing.close_debt, said, {"debt_id": debt}, "closed_on")


@FORM
@may(Action.PAY)
def release_lien(request: HttpRequest, pk: int, lien: int) -> HttpResponseBase:
    get_object_or_404(Lien, pk=lien, claimant_id=pk)
    said = _("From this day the lien binds no payment.")
    return _end(request, pk, owing.release_lien, said, {"lien_id": lien}, "released_on")


@FORM
@may(Action.DECIDE)
def waive_debt(request: HttpRequest, pk: int, debt: int) -> HttpResponseBase:
    """The manager decides that a debt is not deducted (CMP-8.8.1-a)."""
    get_object_or_404(TaxDebt, pk=debt, claimant_id=pk)
    return act(
        request, owing.waive_debt, said=_("The debt is not deducted."), to=reverse("treasury:claimant", args=[pk]),
        form=ReasonForm(request.POST), place="waiver", again=partial(show, request, pk), arguments={"debt_id": debt},
    )  # fmt: skip


def _end(request: HttpRequest, pk: int, command: Any, said: Any, which: dict[str, int], day: str) -> HttpResponseBase:
    return act(
        request, command, said=said, to=reverse("treasury:claimant", args=[pk]), form=DayForm(request.POST),
        place="day", again=partial(show, request, pk), arguments=which, names={day: "on"},
        given=lambda form: {day: form.cleaned_data["on"]},
    )  # fmt: skip
