"""The payment sheet as a workbook (CMP-8.5.1-c)."""

from io import BytesIO

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.people.permissions import may

from ..models import Payment
from ..rules.access import Action
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


def _written(payment: Payment) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold, money, total = (
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
            sheet.write_number(place, 1, int(line.amount), total if line.is_sum else money)
            sheet.write_string(place, 2, line.clause)
            sheet.write_string(place, 3, line.note)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 3, 18)
        titles = [_("Part"), _("From"), _("Until"), _("Index ratio"), _("Interest"), _("Added")]
        tranches.write_row(0, 0, titles, bold)
        for place, row in enumerate(payment.tranches, start=1):
            tranches.write_number(place, 0, int(row["amount"]), money)
            tranches.write_row(place, 1, [row["from"], row["until"]])
            for column, name in enumerate(("index_ratio", "interest", "added"), start=3):
                tranches.write_number(place, column, float(row[name]))
        tranches.set_column(0, 5, 14)
    return out.getvalue()
