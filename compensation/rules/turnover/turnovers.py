"""Base turnover B and eligibility turnover E: what is reported, less what is neutralised (4.6, letters b to m)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from ..rounding import to_shekel
from .rows import Month, Position

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Turnover:
    """What was reported of one period, and what of it does not count."""

    gross: Decimal = NONE
    capital_sales: Decimal = NONE  # CMP-4.6-e
    buyer_reported: Decimal = NONE  # sections 20 and 21 of the VAT law, CMP-4.6-e
    reg_6z: Decimal = NONE  # CMP-4.6-l
    group_internal: Decimal = NONE  # between members that may claim in this track, CMP-4.6-i
    group_internal_excluded_member: Decimal = NONE  # stays in, CMP-4.6-i
    related_party_unapproved: Decimal = NONE  # CMP-4.6-g
    manager_adjustment: Decimal = NONE  # signed, CMP-4.6-f

    @property
    def neutralised(self) -> Decimal:
        """The sums that are taken out."""
        return (
            self.capital_sales + self.buyer_reported + self.reg_6z + self.group_internal + self.related_party_unapproved
        )

    @property
    def net(self) -> Decimal:
        """What counts of the period."""
        return self.gross - self.neutralised + self.manager_adjustment


@dataclass(frozen=True, slots=True)
class Report:
    """A periodic report or a correction of it, with the day on which the authority received it."""

    period: Month
    gross: Decimal
    received_on: date


def base_turnover(base: Turnover, position: Position) -> Decimal:
    """B: of the period itself, or an average that is rounded to whole ILS (decision 14)."""
    if position.base_divisor == 1 and position.base_factor == 1:
        return base.net
    return to_shekel(base.net * position.base_factor / position.base_divisor)


def counted(reports: Sequence[Report], until: date | None) -> dict[Month, Decimal]:
    """The turnover of each period by its last report; those received after the bar do not count (CMP-4.6-d)."""
    found: dict[Month, Report] = {}
    for report in reports:
        if until is not None and report.received_on > until:
            continue
        if report.period not in found or report.received_on >= found[report.period].received_on:
            found[report.period] = report
    return {period: report.gross for period, report in found.items()}


def pooled(turnovers: Sequence[Turnover]) -> Turnover:
    """The turnovers of all branches that are entitled in this track (CMP-4.6-k)."""
    if len(turnovers) == 1:
        return turnovers[0]
    return Turnover(
        **{field.name: sum((getattr(one, field.name) for one in turnovers), NONE) for field in fields(Turnover)}
    )
