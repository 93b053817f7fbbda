"""
Linkage differentials and interest (CMP-8.4.7-a), on a claim's compensation and on an overpayment that is returned.

Indexes and rates are dated tables, not constants. Linkage never lowers a sum, and interest is simple, on the linked
sum (decision 28).
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from .rounding import to_shekel

_ONE = Decimal(1)
DAYS_A_YEAR = Decimal(365)


@dataclass(frozen=True, slots=True)
class Tranche:
    """A part of the compensation until the day on which it was, or is, paid."""

    amount: Decimal
    index_ratio: Decimal = _ONE
    interest: Decimal = Decimal(0)  # of the whole time: Σ annual rate × days ÷ 365

    def added(self) -> Decimal:
        """The tranche's linkage and interest, not yet rounded."""
        return self.amount * (max(_ONE, self.index_ratio) * (_ONE + self.interest) - _ONE)


def linkage_and_interest(tranches: Iterable[Tranche]) -> Decimal:
    """What is added to the tranches together, in whole ILS; rounded once, on the sum."""
    return to_shekel(sum((tranche.added() for tranche in tranches), Decimal(0)))


def simple_interest(annual_rate: Decimal, days: int) -> Decimal:
    """The fraction that one rate adds in so many days."""
    return annual_rate * days / DAYS_A_YEAR


@dataclass(frozen=True, slots=True)
class Tables:
    """Indexes by the day of their publication and annual rates by the day from which they hold, in that order."""

    indexes: tuple[tuple[date, Decimal], ...]
    rates: tuple[tuple[date, Decimal], ...]

    def index_ratio(self, from_on: date, until_on: date) -> Decimal:
        """
        The last index published by the one day over that of the other.

        :raises LookupError: when no index was published by then
        """
        return _on(self.indexes, until_on) / _on(self.indexes, from_on)

    def interest(self, from_on: date, until_on: date) -> Decimal:
        """
        The simple interest of the days, each at the rate that holds on it.

        :raises LookupError: when no rate holds on one of the days
        """
        if until_on <= from_on:
            return Decimal(0)
        changes = [day for day, _ in self.rates if from_on < day < until_on]
        parts = pairwise([from_on, *changes, until_on])
        return sum((simple_interest(_on(self.rates, start), (end - start).days) for start, end in parts), Decimal(0))

    def tranche(self, amount: Decimal, from_on: date, until_on: date) -> Tranche:
        """An amount from one day to another: the filing and the payment, or the payment and the return."""
        if until_on <= from_on:
            return Tranche(amount)
        return Tranche(amount, self.index_ratio(from_on, until_on), self.interest(from_on, until_on))


def _on(table: tuple[tuple[date, Decimal], ...], day: date) -> Decimal:
    place = bisect_right(table, day, key=lambda row: row[0])
    if not place:
        raise LookupError(f"No row of the table holds on {day}.")
    return table[place - 1][1]
