"""The one rounding of the credit-data service: NIS with two decimals, half up, of an exact fraction."""

from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(value: Fraction | Decimal, places: int = 2) -> Decimal:
    """A value that is not negative, rounded once; until then nothing was rounded away."""
    return Decimal(floor(Fraction(value) * 10**places + Fraction(1, 2))).scaleb(-places)
