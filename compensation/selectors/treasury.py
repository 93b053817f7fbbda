"""The treasurer's lists: what is to be paid and by when, what waits at which step, who owes what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractYear

from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Claimant, Decision, LedgerEntry, Overpayment, Payment, PaymentLine
from ..rules.codes import TO_BE_PAID, ClaimState, OverpaymentState, PaymentState

STEPS = {  # a list, and the states of its payments
    "prepared": (PaymentState.PREPARED,),
    "approved": (PaymentState.APPROVED,),
    "sent": (PaymentState.EXPORTED,),
    "returned": (PaymentState.RETURNED,),
    "paid": (PaymentState.SETTLED,),
    "cancelled": (PaymentState.CANCELLED,),
}
TO_PREPARE = "to_prepare"
LISTS = (TO_PREPARE, *STEPS)
COLLECTION_COLUMNS = (
    "id_number", "claim", "demanded_on", "served_on", "due_on", "amount", "returned", "left", "handed_over_on",
)  # fmt: skip
_READ_WITH = ("claimant__customer", "claim")


@dataclass(frozen=True, slots=True)
class Year:
    """What a claimant was paid in one year, and the tax withheld of it (CMP-8.8.3-a)."""

    year: int
    gross: Decimal
    withheld: Decimal


def claims_to_prepare() -> QuerySet[Claim]:
    """Determined claims whose determination has no sheet yet, by the day on which they must be paid (CMP-8.4.3-a)."""
    latest = Decision.objects.filter(claim=OuterRef("pk")).order_by("-version").values("pk")[:1]
    sheets = Payment.objects.valid().filter(claim=OuterRef("pk"))
    waiting = Claim.objects.filter(state__in=[state.value for state in TO_BE_PAID]).annotate(latest=Subquery(latest))
    return (
        waiting.filter(~Exists(sheets.filter(decision=OuterRef("latest"))), latest__isnull=False)
        .select_related("claimant__customer")
        .order_by(F("pay_by_on").asc(nulls_last=True), "pk")
    )


def late_to_pay(today: date) -> QuerySet[Claim]:
    """Determined claims that were not paid within the 14 days (CMP-8.4.3-f)."""
    return Claim.objects.filter(state__in=[state.value for state in TO_BE_PAID], pay_by_on__lt=today)


def payments_at(step: str) -> QuerySet[Payment]:
    """The payments of one list, the oldest first; those that are done, the latest first."""
    found = Payment.objects.filter(state__in=[state.value for state in STEPS[step]]).select_related(*_READ_WITH)
    return found.order_by("-settled_on", "-pk") if step in {"paid", "cancelled"} else found.order_by("pay_on", "pk")


def totals() -> dict[str, tuple[int, Decimal]]:
    """How many payments stand at each step, and their sum."""
    rows = Payment.objects.values_list("state").annotate(Sum("net"), count=Sum(1))
    by_state = {state: (count, net) for state, net, count in rows}
    return {step: by_state.get(states[0].value, (0, Decimal(0))) for step, states in STEPS.items()}


def claims_to_demand() -> QuerySet[Claim]:
    """Rejected claims that were paid something which nobody has demanded back (CMP-8.6.1-a)."""
    had = (
        LedgerEntry.objects.filter(Q(claim=OuterRef("pk")) | Q(payment__claim=OuterRef("pk")))
        .order_by()
        .values_list(Sum("amount") - Sum("amount", filter=Q(kind__in=["ENTITLEMENT", "LINKAGE"]), default=0))
    )
    had.query.group_by = True
    demanded = Overpayment.objects.filter(
        claim=OuterRef("pk"), state__in=[OverpaymentState.DEMANDED.value, OverpaymentState.COLLECTED.value]
    )
    return (
        Claim.objects.filter(~Exists(demanded), state=ClaimState.REJECTED.value)
        .annotate(had=Subquery(had))
        .filter(had__lt=0)
        .select_related("claimant__customer")
        .order_by("pk")
    )


def overpayments_at(state: OverpaymentState) -> QuerySet[Overpayment]:
    """Overpayments in one state with what came back of each, by the day they are due."""
    return (
        Overpayment.objects.filter(state=state.value)
        .select_related(*_READ_WITH)
        .annotate(back=Coalesce(Sum("returns__principal"), Decimal(0)))
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def collection_rows() -> Iterator[tuple[object, ...]]:
    """What was handed over to be collected as tax, one row each in the order of COLLECTION_COLUMNS (CMP-8.6.2-a)."""
    collected = Overpayment.objects.filter(state=OverpaymentState.COLLECTED.value).select_related(*_READ_WITH)
    for row in collected.annotate(back=Coalesce(Sum("returns__principal"), Decimal(0))).order_by("collected_at", "pk"):
        yield (
            row.claimant.customer.shown_number,
            row.claim.number if row.claim is not None else "",
            day_of(row.demanded_at),
            row.served_on,
            row.due_on,
            row.amount,
            row.back,
            row.amount - row.back,
            day_of(row.collected_at) if row.collected_at is not None else "",
        )


def years_of(claimant: Claimant) -> list[Year]:
    """Payments and tax withheld by the year in which they were received, the latest first (CMP-8.8.3-a)."""
    rows = (
        Payment.objects.filter(claimant=claimant, state=PaymentState.SETTLED.value)
        .annotate(year=ExtractYear("settled_on"))
        .values("year")
        .annotate(withheld=Sum("withheld_now"), gross=Sum(F("withheld_now") + F("tax_debt") + F("liens") + F("net")))
        .order_by("-year")
    )
    return [Year(row["year"], row["gross"], row["withheld"]) for row in rows]


def payments_of(claim: Claim) -> QuerySet[Payment]:
    """What a claimant sees of his payments: those that were approved, the latest first (CMP-8.10-b)."""
    return Payment.objects.entered().filter(claim=claim).order_by("-pay_on", "-pk")


def transfers_of(payment: Payment) -> QuerySet[PaymentLine]:
    """The transfers of a payment, with what the bank said."""
    return payment.lines.select_related("batch").order_by("pk")


def claimants_like(term: str) -> QuerySet[Claimant]:
    """Claimants by the number of a claim, or by an ID or company number."""
    digits = "".join(sign for sign in term if sign.isdigit())
    found = Q(claims__number=term.strip().upper())
    if digits and len(digits) <= 9:
        found |= Q(customer__id_number=digits.zfill(9))
    return Claimant.objects.filter(found).select_related("customer").distinct().order_by("pk")
