"""Saved wages: the positive difference of the wages of two periods, for a year (4.6, letters z to ab)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..programme import Programme
from ..rounding import to_agora
from .rows import Position

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Wages:
    """Wages by form 102 of all employees, refunds of reserve duty, and tips: of both periods."""

    wage_base: Decimal = NONE
    wage_eligibility: Decimal = NONE
    reserve_refund_base: Decimal = NONE
    reserve_refund_eligibility: Decimal = NONE
    tips_base: Decimal = NONE
    tips_eligibility: Decimal = NONE
    annual_wage_2022: Decimal | None = None  # a new business has no full year (decision 10)
    half_year_divisor: int | None = None  # the eligibility wage is of a half-year (CMP-4.6-ab)

    @property
    def base(self) -> Decimal:
        """Wb − Rb."""
        return self.wage_base - self.reserve_refund_base

    @property
    def eligibility(self) -> Decimal:
        """We − Re, of the months of the claim."""
        net = self.wage_eligibility - self.reserve_refund_eligibility
        return net if self.half_year_divisor is None else net / self.half_year_divisor


@dataclass(frozen=True, slots=True)
class SavedWages:
    """Saved wages and how they came about; not rounded on the way to the rate (decision 14)."""

    before_cap: Decimal
    cap: Decimal | None
    tips: Decimal
    total: Decimal


def saved_wages(wages: Wages, position: Position, programme: Programme) -> SavedWages:
    """The difference × 12 or 6 × 1.25; the cap of a year's payroll first, then the tips (decision 9)."""
    factor = position.wage_factor
    divisor = wages.half_year_divisor or 1
    eligibility = wages.wage_eligibility - wages.reserve_refund_eligibility
    difference = wages.base * divisor - eligibility  # divided last, so that no digit is lost on the way
    before_cap = max(NONE, difference) * factor * programme.wages_loaded / divisor
    cap = None if wages.annual_wage_2022 is None else wages.annual_wage_2022 * programme.wages_loaded
    capped = before_cap if cap is None else min(before_cap, cap)
    tips = max(NONE, wages.tips_base - wages.tips_eligibility) * factor
    return SavedWages(before_cap, cap, tips, max(NONE, capped - tips))


def as_figure(amount: Decimal) -> Decimal:
    """An amount as it is told: whole when it is whole, otherwise with agorot."""
    whole = amount.to_integral_value()
    return whole if whole == amount else to_agora(amount)


def pooled(wages: Sequence[Wages]) -> Wages:
    """The wages of all branches that are entitled in this track (CMP-4.6-w)."""
    if len(wages) == 1:
        return wages[0]
    payrolls = [one.annual_wage_2022 for one in wages]
    return Wages(
        wage_base=sum((one.wage_base for one in wages), NONE),
        wage_eligibility=sum((one.wage_eligibility for one in wages), NONE),
        reserve_refund_base=sum((one.reserve_refund_base for one in wages), NONE),
        reserve_refund_eligibility=sum((one.reserve_refund_eligibility for one in wages), NONE),
        tips_base=sum((one.tips_base for one in wages), NONE),
        tips_eligibility=sum((one.tips_eligibility for one in wages), NONE),
        annual_wage_2022=None
        if any(payroll is None for payroll in payrolls)
        else sum((payroll for payroll in payrolls if payroll is not None), NONE),
        half_year_divisor=wages[0].half_year_divisor if wages else None,
    )
