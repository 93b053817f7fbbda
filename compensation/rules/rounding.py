"""The roundings of the law, each named by what it rounds; always half up (conventions, CMP-4.6-x)."""

from decimal import ROUND_HALF_UP, Decimal

SHEKEL, AGORA, RATE = Decimal(1), Decimal("0.01"), Decimal("0.0001")


def to_shekel(amount: Decimal) -> Decimal:
    """An amount in whole ILS: a compensation, a base turnover that came from a division."""
    return amount.quantize(SHEKEL, ROUND_HALF_UP)


def to_agora(amount: Decimal) -> Decimal:
    """An amount with agorot: the wage track's amount of one employee (CMP-3.3.1-a)."""
    return amount.quantize(AGORA, ROUND_HALF_UP)


def to_rate(rate: Decimal) -> Decimal:
    """A rate with two decimals of a percent, rounded before it is multiplied (CMP-4.6-x)."""
    return rate.quantize(RATE, ROUND_HALF_UP)


def to_months(months: Decimal) -> Decimal:
    """Months of activity with two decimals, where a month is broken (decision 13)."""
    return months.quantize(AGORA, ROUND_HALF_UP)
