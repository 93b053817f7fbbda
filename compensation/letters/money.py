"""Letters about money: an advance, a demand to return an overpayment, the yearly certificate."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from crm_portal.letters.content import Letter, Table, box, day, facts, ltr, money, percent, table, text

from ..labels import ADVANCE_KIND
from ..models import Claim, Payment
from ..rules.rounding import to_shekel
from .common import LANGUAGE, letter, section, taxation


def advance(claim: Claim, *, kind: str, amount: Decimal, rate: Decimal, on: date) -> Letter:
    """An advance on account, which proves nothing about the final entitlement (CMP-8.4.8-a)."""
    withheld = to_shekel(amount * rate)
    with override(LANGUAGE):
        rows = [
            (_("Kind of advance"), dict(ADVANCE_KIND)[kind]),
            (_("Advance"), money(amount)),
            (_("Tax withheld at source, %(rate)s") % {"rate": percent(rate)}, money(-withheld)),
            (_("To be paid"), money(amount - withheld)),
        ]
        blocks = [
            text(_("An advance on account of the compensation was approved.")),
            facts(rows),
            box(proves_nothing()),
            *section(_("Tax"), taxation()),
        ]
        title = _("Advance in claim %(number)s") % {"number": ltr(claim.number)}
        return letter(claim, title, blocks, on=on)


def proves_nothing() -> str:
    return _("An advance proves nothing about the claimant's entitlement to compensation or its amount. It is set off "
             "from the final amount.")  # fmt: skip


def demand(claim: Claim, *, amount: Decimal, due_on: date, on: date) -> Letter:
    """What is to be returned, by when, and what follows (CMP-8.6.1-a, CMP-8.6.2-a, CMP-8.6.4-a)."""
    with override(LANGUAGE):
        collected = _(
            "What is not returned in time is collected as tax (section %(section)s of the Collection Ordinance)."
        ) % {"section": ltr("33") + "א"}
        blocks = [
            text(_("More was paid on account of the claim than is due, advances and tax withheld included.")),
            facts([(_("To be returned"), money(amount)), (_("Last day to return it"), day(due_on))]),
            text(_("Linkage and interest are added from the day of the payment to the day of the return.")),
            box(collected),
            text(stays_nothing()),
        ]  # fmt: skip
        title = _("Demand to return an overpayment in claim %(number)s") % {"number": ltr(claim.number)}
        return letter(claim, title, blocks, on=on)


def stays_nothing() -> str:
    return _("Filing an objection or an appeal does not stay the return of what was paid too much.")


def certificate(claim: Claim, payments: Sequence[Payment], *, year: int, on: date) -> Letter:
    """Payments of one year and the tax withheld from them (CMP-8.8.3-a)."""
    with override(LANGUAGE):
        rows = [
            (
                day(payment.settled_on or payment.pay_on),
                money(payment.withheld_now + _had(payment)),
                money(payment.withheld_now),
            )
            for payment in payments
        ]
        withheld = sum((payment.withheld_now for payment in payments), Decimal(0))
        gross = sum((_had(payment) for payment in payments), withheld)
        rows.append((_("Together"), money(gross), money(withheld)))
        head = [_("Day of payment"), _("Compensation paid, before tax"), _("Tax withheld")]
        blocks = [
            text(_("Payments made in the tax year %(year)s, and the tax withheld from them.") % {"year": ltr(year)}),
            table(Table(head, rows, sums=True)),
            taxation(),
        ]  # fmt: skip
        title = _("Certificate of payments and tax withheld, %(year)s") % {"year": ltr(year)}
        return letter(claim, title, blocks, on=on)


def _had(payment: Payment) -> Decimal:
    """What a payment brought the claimant, to himself or to whom he owed it."""
    return payment.net + payment.tax_debt + payment.liens
