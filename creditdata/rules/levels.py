"""Loans, credit lines and their levels (regulations 25 and 37)."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from crm_portal.worktime.rules.periods import add_months

from .codes import CreditLineLevel, LoanLevel
from .parameters import DEFAULTS, Parameters

CENT = Decimal("0.01")
LOCAL = "ILS"
LOAN_MONTHS = 6


def is_loan(granted_on: date, repayable_on: date | None) -> bool:
    """Whether credit has a fixed term of more than six months; exactly six are no loan (CRD-25-a)."""
    return repayable_on is not None and repayable_on > add_months(granted_on, LOAN_MONTHS)


def in_nis(amount: Decimal, rate: Decimal | None = None) -> Decimal:
    """An amount in NIS, by the representative rate of one unit of its currency, to the agora (CRD-37-a)."""
    return (amount if rate is None else amount * rate).quantize(CENT, ROUND_HALF_UP)


def rate_on(rates: Mapping[date, Decimal], day: date) -> Decimal | None:
    """The representative rate of the granting day, or the last one published before it; None without one (CRD-37-a)."""
    published = max((one for one in rates if one <= day), default=None)
    return None if published is None else rates[published]


def loan_level(amount_nis: Decimal, parameters: Parameters = DEFAULTS) -> LoanLevel:
    """The level of a loan; exactly the limit is the lower one (CRD-25-b)."""
    return LoanLevel.UP_TO_25000 if amount_nis <= parameters.level_loan else LoanLevel.OVER_25000


def line_level(amount_nis: Decimal, parameters: Parameters = DEFAULTS) -> CreditLineLevel:
    """The level of a credit line; exactly the limit is the lower one (CRD-25-b)."""
    return CreditLineLevel.UP_TO_15000 if amount_nis <= parameters.level_line else CreditLineLevel.OVER_15000
