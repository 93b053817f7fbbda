"""Loans, lines, their levels, and the rate that is taken (regulations 25 and 37)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdata.rules import levels
from creditdata.rules.codes import CreditLineLevel, LoanLevel
from creditdata.rules.parameters import Parameters
from crm_portal.worktime.rules.periods import add_months

days = st.dates(date(2004, 4, 25), date(2050, 12, 31))


@pytest.mark.req("CRD-25-a")
@given(days, st.integers(-400, 400))
def test_credit_is_a_loan_exactly_from_the_day_after_six_months(granted, offset):
    ends = add_months(granted, 6)
    repayable = date.fromordinal(ends.toordinal() + offset)

    assert levels.is_loan(granted, repayable) is (offset > 0)


def test_credit_without_a_set_day_of_repayment_is_no_loan():
    assert not levels.is_loan(date(2026, 1, 15), None)


@pytest.mark.req("CRD-25-b")
def test_exactly_the_limit_is_the_lower_level():
    loans = [levels.loan_level(Decimal(amount)) for amount in ("0", "25000.00", "25000.01")]
    lines = [levels.line_level(Decimal(amount)) for amount in ("0", "15000.00", "15000.01")]

    assert loans == [LoanLevel.UP_TO_25000, LoanLevel.UP_TO_25000, LoanLevel.OVER_25000]
    assert lines == [CreditLineLevel.UP_TO_15000, CreditLineLevel.UP_TO_15000, CreditLineLevel.OVER_15000]


def test_the_limits_are_settings():
    higher = Parameters(level_loan=Decimal(30_000), level_line=Decimal(20_000))

    assert levels.loan_level(Decimal(30_000), higher) is LoanLevel.UP_TO_25000
    assert levels.line_level(Decimal(20_000), higher) is CreditLineLevel.UP_TO_15000


@pytest.mark.req("CRD-37-a")
@pytest.mark.parametrize(
    ("amount", "rate", "nis"),
    [
        ("25000.004", None, "25000.00"),
        ("25000.005", None, "25000.01"),
        ("1", "0.005", "0.01"),
        ("6800.00", "3.6764", "24999.52"),
        ("10000", "2.5000004", "25000.00"),  # over the limit only before it is rounded
    ],
)
def test_the_product_is_rounded_half_up_before_it_is_compared(amount, rate, nis):
    found = levels.in_nis(Decimal(amount), None if rate is None else Decimal(rate))

    assert str(found) == nis


@pytest.mark.req("CRD-37-a")
def test_the_rate_is_that_of_the_day_or_the_last_before_it():
    rates = {date(2026, 4, 1): Decimal("3.1"), date(2026, 4, 3): Decimal("3.3")}

    assert levels.rate_on(rates, date(2026, 4, 3)) == Decimal("3.3")
    assert levels.rate_on(rates, date(2026, 4, 2)) == Decimal("3.1")  # Passover
    assert levels.rate_on(rates, date(2026, 3, 31)) is None
