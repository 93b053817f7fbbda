"""The payment sheet as a document (CMP-8.5.1-c): its lines in the order of the law, and the tranches of linkage."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from crm_portal.letters.content import Letter, Table, day, heading, ltr, money, table, text

from ..models import Payment
from ..selectors.sheet_lines import SheetLine, lines_of
from .common import LANGUAGE, clause, letter


def sheet(payment: Payment) -> Letter:
    """
    The sheet of a claim's payment, as of its day; the same payment is the same document.

    :raises ValueError: for an advance before the claim, which has no sheet of a determination
    """
    if payment.claim is None:
        raise ValueError("A payment without a claim has no sheet.")
    with override(LANGUAGE):
        rows = [
            (
                f"{line.words}, {ltr(line.note)}" if line.note else str(line.words),
                clause(line.clause),
                money(line.amount),
            )
            for line in lines_of(payment)
        ]
        blocks = [table(Table([_("Line"), _("Clause"), _("Amount")], rows, sums=True))]
        if payment.tranches:
            parts = [
                [ltr(row[name]) for name in ("from", "until", "amount", "index_ratio", "interest", "added")]
                for row in payment.tranches
            ]
            head = [
                _("From the filing"),
                _("Until the payment"),
                _("Part"),
                _("Index ratio"),
                _("Interest"),
                _("Added"),
            ]
            blocks += [heading(_("Linkage and interest")), table(Table(head, parts))]
        title = _("Payment sheet of claim %(number)s") % {"number": ltr(payment.claim.number)}
        blocks.append(text(_("Day of payment: %(day)s") % {"day": day(payment.pay_on)}))
        return letter(payment.claim, title, blocks, on=payment.pay_on, computed=True)


def _words(line: SheetLine) -> str:
    return f"{line.words}, {ltr(line.note)}" if line.note else str(line.words)
