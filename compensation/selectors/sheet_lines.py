"""The lines of a payment sheet in the order of the law, for the page, the sheet file and the letter (CMP-8.5.1-c)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Payment


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: what, how much, under which clause; what is taken off has a minus."""

    words: str | Promise
    amount: Decimal
    clause: str
    note: str = ""
    is_sum: bool = False


def lines_of(payment: Payment) -> Iterator[SheetLine]:
    """Compensation and linkage, then withholding, debts, liens, advances, and what is paid (CMP-8.5.1-a)."""
    percent = f"{payment.withholding_rate * 100:.2f}%"
    taken = list(payment.deductions.select_related("tax_debt", "lien").order_by("pk"))
    yield SheetLine(_("Compensation determined"), payment.approved, "8.5.1")
    yield SheetLine(_("Linkage differentials and interest"), payment.linkage_and_interest, "8.4.7")
    yield SheetLine(_("Compensation with linkage and interest"), payment.gross, "8.5.1", is_sum=True)
    before = payment.withholding_total - payment.withheld_now
    if before:
        yield SheetLine(_("Tax withheld of earlier payments"), -before, "8.8.5")
    yield SheetLine(_("Tax withheld of this payment"), -payment.withheld_now, "8.8.5", percent)
    for one in taken:
        if one.tax_debt is not None:
            words = f"{one.tax_debt.tax} {one.tax_debt.reference}"
            yield SheetLine(_("Tax debt"), -one.amount, "8.8.1", words)
    for one in taken:
        if one.lien is not None:
            yield SheetLine(_("Lien"), -one.amount, "8.8.2", f"{one.lien.creditor}, {one.lien.reference}")
    yield SheetLine(_("Set-off of what was paid before, net"), -payment.advance_set_off, "8.4.6")
    yield SheetLine(_("To be paid"), payment.net, "8.5.1", is_sum=True)
