"""
The payment sheet and the advances (clauses 8.4.3 to 8.8).

Compensation and linkage are the gross; then withholding, tax debts, liens and the set-off of what was paid before, in
this order, and the payment is what remains (CMP-8.5.1-a).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .linkage import Tranche, linkage_and_interest
from .rounding import to_shekel

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Paid:
    """
    What a claim was paid before and has not returned, advances among it: gross, and the tax that was withheld of it.

    What is returned is returned gross, and its tax stays credited at the assessing officer (decision 21): tax beyond
    the gross that is kept is no part of it.
    """

    gross: Decimal = _NOTHING
    withheld: Decimal = _NOTHING

    @property
    def kept_as_tax(self) -> Decimal:
        return min(self.withheld, self.gross)

    @property
    def net(self) -> Decimal:
        return self.gross - self.kept_as_tax


@dataclass(frozen=True, slots=True)
class Sheet:
    """One payment sheet; all amounts in whole ILS and none below 0."""

    approved: Decimal
    linkage_and_interest: Decimal
    gross: Decimal
    withholding_total: Decimal  # with what was withheld of earlier payments
    withheld_now: Decimal
    tax_debts: tuple[Decimal, ...]  # what is deducted of each, in the order given
    liens: tuple[Decimal, ...]  # the same, in the order of their service
    advance_set_off: Decimal
    net_payment: Decimal
    overpayment_demand: Decimal  # gross, for the tax stays credited at the assessing officer (decision 21)
    tranches: tuple[Tranche, ...] = ()

    @property
    def tax_debt(self) -> Decimal:
        return sum(self.tax_debts, _NOTHING)

    @property
    def lien(self) -> Decimal:
        return sum(self.liens, _NOTHING)


def sheet(
    *,
    approved: Decimal,
    withholding_rate: Decimal,
    tranches: Iterable[Tranche] = (),
    before: Paid | None = None,
    tax_debts: Sequence[Decimal] = (),
    liens: Sequence[Decimal] = (),
) -> Sheet:
    """
    Reckon what is paid now, at the rate of this day (CMP-8.8.5-b), and what was paid too much.

    Debts and liens take only what is left after withholding and after reserving the set-off of what was paid before:
    that cannot be attached any more (CMP-8.5.1-b, decision 19).
    """
    before = before or Paid()
    tranches = tuple(tranches)
    added = linkage_and_interest(tranches)
    gross = approved + added
    withheld_now = to_shekel(withholding_rate * max(_NOTHING, gross - before.gross))
    withholding = before.kept_as_tax + withheld_now
    left = max(_NOTHING, gross - withholding)
    set_off = min(before.net, left)
    left -= set_off
    taken_as_tax, left = _take(tax_debts, left)
    attached, left = _take(liens, left)
    return Sheet(
        approved, added, gross, withholding, withheld_now, taken_as_tax, attached, set_off, left,
        max(_NOTHING, before.gross - gross), tranches,
    )  # fmt: skip


def advance(provisional_amount: Decimal, share: Decimal, paid_before: Decimal) -> Decimal:
    """
    The advance that is proposed, gross: a share of the provisional amount (CMP-8.4.3-b, CMP-8.4.4-a).

    All advances together, those before the claim among them, never exceed the provisional amount (CMP-8.4.3-c).
    """
    return max(_NOTHING, min(to_shekel(provisional_amount * share), provisional_amount - paid_before))


def parts(approved: Decimal, paid: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """
    How the approved compensation divides among the payments made before, in their order, and the one made now.

    The last part is what is still to be paid of it. What was paid beyond the compensation bears no linkage to the
    claimant's benefit, so it takes no part (CMP-8.4.7-a).
    """
    found, left = [], approved
    for amount in paid:
        part = min(amount, left)
        found.append(part)
        left -= part
    return (*found, left)


def _take(wanted: Sequence[Decimal], left: Decimal) -> tuple[tuple[Decimal, ...], Decimal]:
    """Take each amount in its order as far as something is left, and what then is left."""
    taken = []
    for amount in wanted:
        part = min(amount, left)
        taken.append(part)
        left -= part
    return tuple(taken), left
