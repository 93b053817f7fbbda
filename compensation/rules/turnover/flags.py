"""Signs that the drop may stem from something else: advice to the clerk, never a decision (CMP-4.6-f)."""

from collections.abc import Mapping
from decimal import Decimal

from ..assessment import Finding
from ..programme import Programme
from ..reasons import Reason
from .rows import MONTHS_OF_YEAR, Month, Position

NONE = Decimal(0)
_CLAUSE = "CMP-4.6-f"
_QUARTER = (7, 8, 9)  # July to September, just before the eligibility period


def red_flags(
    monthly: Mapping[Month, Decimal], base: Decimal, eligibility: Decimal, position: Position, programme: Programme
) -> list[Finding]:
    """
    A period far from the mean of its year, and a drop that had begun before.

    :param monthly: turnovers of the months before each period, as far as they are known
    """
    if not monthly:
        return []
    found = []
    for name, turnover, last in (("base", base, position.base), ("eligibility", eligibility, position.eligibility)):
        mean = _mean_of_year(monthly, last[0]) if last else None
        if mean is not None and abs(turnover / position.months - mean) > mean * programme.red_flag_deviation:
            found.append(
                Finding(Reason.TUR_UNUSUAL_TURNOVER, _CLAUSE, f"{name}.gross", is_final=False, details={"mean": mean})
            )
    before, then = (_sum_of(monthly, year) for year in (programme.base_year, programme.determining_from.year))
    if before is not None and then is not None and then < before * (1 - programme.red_flag_earlier_drop):
        found.append(Finding(Reason.TUR_EARLIER_DROP, _CLAUSE, "monthly_turnovers", is_final=False))
    return found


def _mean_of_year(monthly: Mapping[Month, Decimal], first: Month) -> Decimal | None:
    """The mean of the twelve months before a period; None when one of them is not known."""
    end = first[0] * MONTHS_OF_YEAR + first[1] - 1
    months = [divmod(place, MONTHS_OF_YEAR) for place in range(end - MONTHS_OF_YEAR, end)]
    known = [monthly.get((year, month + 1)) for year, month in months]
    values = [value for value in known if value is not None]
    return sum(values, NONE) / MONTHS_OF_YEAR if len(values) == MONTHS_OF_YEAR else None


def _sum_of(monthly: Mapping[Month, Decimal], year: int) -> Decimal | None:
    values = [monthly[year, month] for month in _QUARTER if (year, month) in monthly]
    return sum(values, NONE) if len(values) == len(_QUARTER) else None
