"""The one place that writes the ledger of a claim: each entry once, by its key."""

from collections.abc import Iterable
from datetime import datetime

from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Claimant, LedgerEntry, Overpayment, Payment
from ..rules.ledger import Entry


def enter(
    entries: Iterable[Entry],
    *,
    key: str,
    claimant: Claimant,
    at: datetime,
    claim: Claim | None = None,
    payment: Payment | None = None,
    overpayment: Overpayment | None = None,
) -> list[LedgerEntry]:
    """
    Write entries; `key` names the event, and the same event cannot be written twice.

    :raises IntegrityError: when it was written before
    """
    return LedgerEntry.objects.bulk_create(
        LedgerEntry(
            claimant=claimant,
            claim=claim,
            payment=payment,
            overpayment=overpayment,
            key=f"{key}:{place}",
            kind=entry.kind.value,
            amount=entry.amount,
            on=day_of(at),
            at=at,
        )
        for place, entry in enumerate(entries)
    )


def reverse(payment: Payment, *, at: datetime) -> None:
    """Take back everything that a payment wrote, by entries of the opposite sign."""
    written = list(payment.entries.order_by("at", "pk"))
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            claimant_id=row.claimant_id,
            claim_id=row.claim_id,
            payment=payment,
            key=f"{row.key}:reversed",
            kind=row.kind,
            amount=-row.amount,
            on=day_of(at),
            at=at,
        )
        for row in written
    )
