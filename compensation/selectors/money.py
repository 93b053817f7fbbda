"""What a claim has had and what it is owed: its ledger, the certificate of a day, debts, liens, and the sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from ..models import (
    Claim,
    Claimant,
    IndexValue,
    InterestRate,
    LedgerEntry,
    Lien,
    Payment,
    TaxDebt,
    WithholdingCertificate,
)
from ..rules import payments
from ..rules.codes import PaymentState
from ..rules.ledger import Entry, EntryKind, Ledger
from ..rules.linkage import Tables, Tranche
from ..rules.payments import Paid, Sheet
from .programmes import programme_on

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A sheet with what it was made of, ready to be kept as a payment."""

    sheet: Sheet
    pay_on: date
    rate: Decimal
    principal: Decimal
    debts: tuple[TaxDebt, ...]
    liens: tuple[Lien, ...]
    spans: tuple[tuple[date, date], ...]  # of the tranches


def entries_of(claim: Claim) -> QuerySet[LedgerEntry]:
    """The ledger of a claim, with the advances before it that are set off from it (CMP-7.3.7-a)."""
    return LedgerEntry.objects.filter(Q(claim=claim) | Q(payment__claim=claim))


def as_ledger(entries: Iterable[LedgerEntry]) -> Ledger:
    """Rows as the rules know them."""
    return Ledger(tuple(Entry(EntryKind(row.kind), row.amount) for row in entries))


def ledger_of(claim: Claim) -> Ledger:
    """What a claim is entitled to against what was paid of it."""
    return as_ledger(entries_of(claim))


def entered_payments(claim: Claim) -> list[Payment]:
    """The payments of a claim that are in its ledger, in the order of their days."""
    return list(Payment.objects.entered().filter(claim=claim).order_by("pay_on", "pk"))


def withholding_rate(claimant: Claimant, day: date) -> Decimal:
    """The rate of the certificate that is valid on the day, the latest recorded of several; else the programme's."""
    certificate = certificate_on(claimant, day)
    if certificate is not None:
        return certificate.rate
    return programme_on(day, code=claimant.programme.code).withholding_rate


def certificate_on(claimant: Claimant, day: date) -> WithholdingCertificate | None:
    """The certificate on record for a day (CMP-8.8.5-a)."""
    valid = WithholdingCertificate.objects.filter(
        customer_id=claimant.customer_id, valid_from__lte=day, valid_until__gte=day
    )
    return valid.order_by("-recorded_at", "-pk").first()


def debts_on(claimant: Claimant, day: date, besides: Payment | None = None) -> list[tuple[TaxDebt, Decimal]]:
    """Tax debts of a day that the manager did not waive, with what is still to be deducted (CMP-8.8.1-a)."""
    owed = TaxDebt.objects.filter(claimant=claimant, since_on__lte=day, waived_at__isnull=True).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    )
    left = owed.annotate(left=F("amount") - _taken(besides)).filter(left__gt=0).order_by("since_on", "pk")
    return [(debt, debt.left) for debt in left]


def liens_on(claimant: Claimant, day: date, besides: Payment | None = None) -> list[tuple[Lien, Decimal]]:
    """Liens that bind on a day, in the order of their service, with what is still to be attached (CMP-8.8.2-a)."""
    binding = Lien.objects.filter(claimant=claimant, served_on__lte=day).filter(
        Q(released_on__isnull=True) | Q(released_on__gt=day)
    )
    left = binding.annotate(left=F("amount") - _taken(besides)).filter(left__gt=0).order_by("served_on", "pk")
    return [(lien, lien.left) for lien in left]


def _taken(besides: Payment | None) -> Coalesce:
    """What other payments deduct of a debt or a lien."""
    counted = ~Q(deductions__payment__state=PaymentState.CANCELLED.value)
    if besides is not None:
        counted &= ~Q(deductions__payment=besides)
    return Coalesce(Sum("deductions__amount", filter=counted), Value(_NOTHING))


def tables() -> Tables:
    """Indexes and rates of linkage and interest."""
    return Tables(
        tuple(IndexValue.objects.values_list("published_on", "value")),
        tuple(InterestRate.objects.values_list("from_on", "rate")),
    )


def sheet_of(claim: Claim, *, approved: Decimal, pay_on: date, besides: Payment | None = None) -> Reckoned:
    """
    The payment sheet of a determination on a day (CMP-8.5.1-a); `besides` is the payment that it is the sheet of.

    Each earlier payment is a tranche that ended on its own day (CMP-8.4.7-a). What the claimant returned is taken off
    the latest of them: he has not got it.

    :raises LookupError: when the tables of linkage and interest do not reach back to the filing
    """
    earlier = entered_payments(claim)
    ledger = ledger_of(claim)
    before = Paid(ledger.paid, sum((payment.withheld_now for payment in earlier), _NOTHING))
    filed_on = claim.filed_on or pay_on
    parts = payments.parts(approved, _still_had(earlier, ledger.total(EntryKind.REPAYMENT)))
    spans = tuple((filed_on, until) for until in [*(payment.pay_on for payment in earlier), pay_on])
    law = tables()
    tranches = [law.tranche(part, *span) if part else Tranche(part) for part, span in zip(parts, spans, strict=True)]
    debts, liens = debts_on(claim.claimant, pay_on, besides), liens_on(claim.claimant, pay_on, besides)
    rate = withholding_rate(claim.claimant, pay_on)
    sheet = payments.sheet(
        approved=approved,
        withholding_rate=rate,
        tranches=tranches,
        before=before,
        tax_debts=[left for _, left in debts],
        liens=[left for _, left in liens],
    )
    owed, bound = tuple(debt for debt, _ in debts), tuple(lien for lien, _ in liens)
    return Reckoned(sheet, pay_on, rate, parts[-1], owed, bound, spans)


def _still_had(earlier: list[Payment], returned: Decimal) -> list[Decimal]:
    """The principal of each earlier payment that was not returned, the latest being returned first."""
    kept = []
    for payment in reversed(earlier):
        part = min(payment.principal, returned)
        returned -= part
        kept.append(payment.principal - part)
    return kept[::-1]
