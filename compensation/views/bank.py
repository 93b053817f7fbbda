"""The bank's files: the transfer file of a batch, and the bank's answer (CMP-8.5.1-d)."""

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

from ..forms.money import SettlementForm
from ..models import PaymentBatch
from ..money_words import FAULT
from ..rules.access import Action
from ..selectors.batches import file_of, recent
from ..selectors.treasury import totals
from ..services import transferring
from .acting import FORM, act
from .who import user_of

LARGEST = 5 * 1024 * 1024


@require_GET
@may(Action.VIEW_PAYMENTS)
def batches(request: HttpRequest) -> HttpResponse:
    """The files that were made, and where the bank's answer is taken."""
    return _page(request)


def _page(
    request: HttpRequest,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
    report: transferring.Report | None = None,
) -> HttpResponse:
    approved, total = totals()["approved"]
    context: dict[str, Any] = {
        "batches": recent(),
        "approved": approved,
        "total": total,
        "pays": user_of(request).may(Action.PAY),
        "refused": refused,
        "report": report,
        "faults": [(line, FAULT[fault]) for line, fault in report.faults] if report is not None else [],
        "f": {"settlement": SettlementForm(), **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/treasury/batches.html", context, status=status)


@FORM
@may(Action.PAY)
def export(request: HttpRequest) -> HttpResponseBase:
    """Put the approved payments into a file."""
    return act(
        request, transferring.export, said=_("The file for the bank was made. Download it and hand it over."),
        to=reverse("treasury:batches"), again=partial(_page, request),
    )  # fmt: skip


@require_GET
@may(Action.PAY)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a batch; the same bytes each time."""
    batch = get_object_or_404(PaymentBatch, pk=pk)
    record_read("payment.download_batch", by=user_of(request), at=timezone.now(), target=batch)
    answer = HttpResponse(file_of(batch), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{batch.reference}.csv"'
    return answer


@FORM
@may(Action.PAY)
def settle(request: HttpRequest) -> HttpResponseBase:
    """Take the bank's answer and say what it did, line by line where something was wrong."""
    if request.method != "POST":
        return redirect("treasury:batches")
    form = SettlementForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["file"].size > LARGEST:
        form.add_error("file", _("The file is larger than 5 MB."))
    if not form.is_valid():
        return _page(request, status=422, forms_in_place={"settlement": form})
    content = form.cleaned_data["file"].read()
    report = transferring.import_settlement(content=content, by=user_of(request), at=timezone.now())
    return _page(request, report=report, status=422 if report.faults else 200)
