"""
The ledger of a claim: what it is entitled to against what was paid, withheld, deducted and returned.

Entries are signed from the claimant's side: what is due to him is positive, what he had of it negative. The balance
is therefore what is still to be paid; below 0, it is what was paid too much (CMP-8.6.1-a).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_NOTHING = Decimal(0)


class EntryKind(StrEnum):
    ENTITLEMENT = "ENTITLEMENT"  # the determined amount, and each change of it
    LINKAGE = "LINKAGE"  # linkage and interest, and each change of them
    WITHHOLDING = "WITHHOLDING"
    TAX_DEBT = "TAX_DEBT"
    LIEN = "LIEN"
    PAYMENT = "PAYMENT"  # to the claimant's bank account
    ADVANCE = "ADVANCE"  # the same, on account
    BANK_RETURN = "BANK_RETURN"  # the bank could not pay it out
    REPAYMENT = "REPAYMENT"  # the claimant returned what was paid too much
    REPAYMENT_INTEREST = "REPAYMENT_INTEREST"  # owed on it and returned with it: a pair that sums to nothing


ENTITLING = frozenset({EntryKind.ENTITLEMENT, EntryKind.LINKAGE})


@dataclass(frozen=True, slots=True)
class Entry:
    kind: EntryKind
    amount: Decimal  # ILS, signed


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of one claim, and what they come to."""

    entries: tuple[Entry, ...] = ()

    def total(self, *kinds: EntryKind) -> Decimal:
        return sum((entry.amount for entry in self.entries if entry.kind in kinds), _NOTHING)

    @property
    def due(self) -> Decimal:
        """Compensation with its linkage and interest."""
        return self.total(*ENTITLING)

    @property
    def paid(self) -> Decimal:
        """What the claimant had of it, gross: to him, to the assessing officer, against debts and to creditors."""
        return -(self.balance - self.due)

    @property
    def balance(self) -> Decimal:
        return sum((entry.amount for entry in self.entries), _NOTHING)

    def with_entries(self, entries: Iterable[Entry]) -> "Ledger":
        return Ledger((*self.entries, *entries))


def of_payment(
    ledger: Ledger,
    *,
    approved: Decimal,
    linkage: Decimal,
    withheld: Decimal,
    tax_debt: Decimal,
    lien: Decimal,
    net: Decimal,
) -> tuple[Entry, ...]:
    """What a sheet writes to the ledger: the change of the entitlement, and where the money goes."""
    return _without_empty(
        Entry(EntryKind.ENTITLEMENT, approved - ledger.total(EntryKind.ENTITLEMENT)),
        Entry(EntryKind.LINKAGE, linkage - ledger.total(EntryKind.LINKAGE)),
        Entry(EntryKind.WITHHOLDING, -withheld),
        Entry(EntryKind.TAX_DEBT, -tax_debt),
        Entry(EntryKind.LIEN, -lien),
        Entry(EntryKind.PAYMENT, -net),
    )


def of_advance(gross: Decimal, withheld: Decimal) -> tuple[Entry, ...]:
    """What an advance writes: tax at the rate of its own day, the rest to the claimant."""
    return _without_empty(Entry(EntryKind.WITHHOLDING, -withheld), Entry(EntryKind.ADVANCE, withheld - gross))


def of_repayment(principal: Decimal, interest: Decimal) -> tuple[Entry, ...]:
    """What the claimant returned of an overpayment, with the linkage and interest owed on it."""
    return _without_empty(
        Entry(EntryKind.REPAYMENT, principal),
        Entry(EntryKind.REPAYMENT_INTEREST, -interest),
        Entry(EntryKind.REPAYMENT_INTEREST, interest),
    )


def _without_empty(*entries: Entry) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.amount)
