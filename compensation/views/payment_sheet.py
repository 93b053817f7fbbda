"""The payment sheet as a document and as a workbook (CMP-8.5.1-c), and the yearly certificate (CMP-8.8.3-a)."""

from io import BytesIO

import xlsxwriter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.letters.content import Letter
from crm_portal.letters.typesetting import pdf
from crm_portal.people.permissions import may

from ..letters import money, sheets
from ..models import Payment
from ..rules.access import Action
from ..rules.codes import PaymentState
from ..selectors.sheet_lines import lines_of
from .who import user_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@may(Action.VIEW_PAYMENTS)
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Two sheets: the lines in the order of the law, and the tranches of linkage and interest."""
    payment = get_object_or_404(Payment.objects.select_related("claimant__customer", "claim"), pk=pk)
    record_read("payment.download", by=user_of(request), at=timezone.now(), target=payment.claim or payment.claimant)
    answer = HttpResponse(_written(payment), content_type=XLSX)
    name = payment.claim.number if payment.claim is not None else f"P{payment.pk}"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{payment.pay_on}.xlsx"'
    return answer


@require_GET
@may(Action.VIEW_PAYMENTS)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as PDF."""
    payment = get_object_or_404(
        Payment.objects.select_related("claimant__customer", "claim__claimant__customer"), pk=pk, claim__isnull=False
    )
    record_read("payment.download", by=user_of(request), at=timezone.now(), target=payment.claim)
    return _as_pdf(sheets.sheet(payment), f"sheet-{payment.pk}")


@require_GET
@may(Action.VIEW_PAYMENTS)
def certificate(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """What a claimant was paid in a year, and the tax withheld of it."""
    payments = list(
        Payment.objects.filter(
            claimant=pk, state=PaymentState.SETTLED.value, settled_on__year=year, claim__isnull=False
        )
        .select_related("claim__claimant__customer")
        .order_by("settled_on", "pk")
    )
    if not payments or payments[-1].claim is None:
        raise Http404
    claim = payments[-1].claim
    record_read("payment.certificate", by=user_of(request), at=timezone.now(), target=claim)
    letter = money.certificate(claim, payments, year=year, on=timezone.localdate())
    return _as_pdf(letter, f"certificate-{claim.number}-{year}")


def _as_pdf(letter: Letter, name: str) -> HttpResponse:
    answer = HttpResponse(pdf(letter), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _written(payment: Payment) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold, amount, total = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "#,##0"}),
            book.add_format({"num_format": "#,##0", "bold": True, "top": 6}),
        )
        sheet = book.add_worksheet(_("Payment sheet"))
        tranches = book.add_worksheet(_("Linkage and interest"))
        if get_language_bidi():
            sheet.right_to_left()
            tranches.right_to_left()
        claim = payment.claim.number if payment.claim is not None else "–"
        heads = [
            (_("Claimant"), str(payment.claimant.customer)),
            (_("Claim"), claim),
            (_("Day of payment"), f"{payment.pay_on:%d.%m.%Y}"),
        ]
        for place, (words, value) in enumerate(heads):
            sheet.write_string(place, 0, words, bold)
            sheet.write_string(place, 1, value)
        for place, line in enumerate(lines_of(payment), start=len(heads) + 1):
            sheet.write_string(place, 0, str(line.words), bold if line.is_sum else None)
            sheet.write_number(place, 1, int(line.amount), total if line.is_sum else amount)
            sheet.write_string(place, 2, line.clause)
            sheet.write_string(place, 3, line.note)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 3, 18)
        titles = [_("Part"), _("From"), _("Until"), _("Index ratio"), _("Interest"), _("Added")]
        tranches.write_row(0, 0, titles, bold)
        for place, row in enumerate(payment.tranches, start=1):
            tranches.write_number(place, 0, int(row["amount"]), amount)
            tranches.write_row(place, 1, [row["from"], row["until"]])
            for column, name in enumerate(("index_ratio", "interest", "added"), start=3):
                tranches.write_number(place, column, float(row[name]))
        tranches.set_column(0, 5, 14)
    return out.getvalue()
