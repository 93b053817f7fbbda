"""
Which row of the table of clause 4.6 applies: the base period, the eligibility period, and months of activity.

Months are computed from dates; nobody types them (CMP-4.6-n). Periods are months as `(year, month)`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from crm_portal.errors import Code
from crm_portal.facts import InvalidInput

from ..codes import ClaimantKind, NewBusinessCase, VatReporting
from ..programme import Programme
from ..reasons import Reason
from ..rounding import to_months

Month = tuple[int, int]
MONTHS_OF_YEAR = 12


class Row(StrEnum):
    """A row of the table, in the order in which one is chosen where several fit (CMP-4.6-aj)."""

    NEW = "NEW"
    EXEMPT = "EXEMPT"
    EPI = "EPI"
    CASH_BASIS = "CASH_BASIS"
    REPORTER = "REPORTER"


@dataclass(frozen=True, slots=True)
class Opening:
    """When a new business opened; without the end of its first report's period the law's period is taken."""

    opened_on: date
    first_report_period_end: date | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """The row of one claimant, and what follows from it."""

    row: Row
    months: int  # in the eligibility period: 1 or 2
    base: tuple[Month, ...]  # empty when the base is an average
    eligibility: tuple[Month, ...]
    new_case: NewBusinessCase | None = None
    base_divisor: Decimal = Decimal(1)
    base_factor: int = 1
    complement_months: Decimal = Decimal(MONTHS_OF_YEAR)
    is_unnamed_combination: bool = False  # computed in this order, and looked at by hand
    averaged: tuple[Month, ...] = ()  # months whose average is the base
    complement: tuple[Month, ...] = ()  # months of the complement's inputs and turnover

    @property
    def wage_factor(self) -> int:
        """12 for a month and 6 for two (CMP-4.6-z)."""
        return MONTHS_OF_YEAR // self.months

    @property
    def base_window(self) -> tuple[Month, ...]:
        """The months whose turnover is the base, or whose average is."""
        return self.base or self.averaged

    @property
    def has_base(self) -> bool:
        """Whether the window of a new business has any month (CMP-4.6-p)."""
        return self.base_divisor > 0

    @property
    def has_complement(self) -> bool:
        """Whether there are months before September 2023 to compute the complement from (CMP-4.6-q)."""
        return self.complement_months > 0


def place(
    kind: ClaimantKind, method: VatReporting, *, is_cash_basis: bool, opening: Opening | None, programme: Programme
) -> Position:
    """
    The row that applies, by the order of CMP-4.6-aj.

    :raises InvalidInput: when the business opened after the law's last day, or who reports to VAT has no method
    """
    is_new = is_new_business(opening, programme)
    fits = [
        is_new,
        kind is ClaimantKind.EXEMPT_DEALER,
        kind is ClaimantKind.EPI,
        is_cash_basis,
    ]
    unnamed = sum(fits) > 1 and not (is_new and kind is ClaimantKind.EXEMPT_DEALER and not is_cash_basis)
    if is_new and opening is not None:
        return _new(kind, method, opening, programme, unnamed)
    october = (_determining_month(programme),)
    year = _months((programme.base_year, 1), (programme.base_year, MONTHS_OF_YEAR))
    if kind in {ClaimantKind.EXEMPT_DEALER, ClaimantKind.EPI}:
        row = Row.EXEMPT if kind is ClaimantKind.EXEMPT_DEALER else Row.EPI
        return Position(
            row,
            1,
            (),
            october,
            base_divisor=Decimal(MONTHS_OF_YEAR),
            is_unnamed_combination=unnamed,
            averaged=year,
            complement=year,
        )
    if method is VatReporting.NONE:
        raise InvalidInput(Code.INVALID_VALUE, "reporting")
    after = _period_of(october[0], method, is_cash_basis=is_cash_basis)
    row = Row.CASH_BASIS if is_cash_basis else Row.REPORTER
    before = tuple((programme.base_year, month) for _, month in after)
    return Position(row, len(after), before, after, complement=year)


def is_new_business(opening: Opening | None, programme: Programme) -> bool:
    """
    Opened after 2.9.2022 and up to 30.9.2023 (CMP-4.6-n).

    :raises InvalidInput: TUR_OPENED_LATE when it opened later
    """
    if opening is None:
        return False
    if opening.opened_on > programme.new_business_until:
        raise InvalidInput(Reason.TUR_OPENED_LATE, "new_business.opened_on")
    return opening.opened_on >= programme.new_business_from


def active_months(opened_on: date, until: Month) -> Decimal:
    """Months from the day of opening: its days ÷ the days of that month, and the whole months after it (13)."""
    days = monthrange(opened_on.year, opened_on.month)[1]
    whole = months_between((opened_on.year, opened_on.month), until)
    if whole < 0:
        return Decimal(0)
    return to_months(Decimal(days - opened_on.day + 1) / days + whole)


def months_between(first: Month, last: Month) -> int:
    """How many months the last is after the first."""
    return (last[0] - first[0]) * MONTHS_OF_YEAR + last[1] - first[1]


def _new(kind: ClaimantKind, method: VatReporting, opening: Opening, programme: Programme, unnamed: bool) -> Position:
    until = programme.new_business_until
    september, august = (until.year, until.month), (until.year, until.month - 1)
    october = (_determining_month(programme),)
    opened = (opening.opened_on.year, opening.opened_on.month)
    complement_months = active_months(opening.opened_on, august)
    if opened == september:  # October alone, also for who reports once in two months (CMP-4.6-q)
        return Position(
            Row.NEW,
            1,
            (september,),
            october,
            NewBusinessCase.OPENED_2023_09,
            complement_months=Decimal(0),
            is_unnamed_combination=unnamed,
        )
    if kind is ClaimantKind.EXEMPT_DEALER:
        return Position(
            Row.NEW,
            1,
            (),
            october,
            NewBusinessCase.EXEMPT,
            base_divisor=active_months(opening.opened_on, september),
            complement_months=complement_months,
            is_unnamed_combination=unnamed,
            averaged=_months(opened, september),
            complement=_months(opened, august),
        )
    is_bi_monthly = method is VatReporting.BI_MONTHLY
    first_report = opening.first_report_period_end or first_report_end(opening.opened_on, method)
    if first_report < opening.opened_on:
        raise InvalidInput(Code.INVALID_VALUE, "new_business.first_report_period_end")
    window_from = _after((first_report.year, first_report.month))
    window = _months(window_from, august if is_bi_monthly else september)
    after = _period_of(october[0], method, is_cash_basis=False)
    return Position(
        Row.NEW,
        len(after),
        (),
        after,
        NewBusinessCase.BI_MONTHLY if is_bi_monthly else NewBusinessCase.MONTHLY,
        base_divisor=Decimal(len(window)),
        base_factor=len(after),
        complement_months=complement_months,
        is_unnamed_combination=unnamed,
        averaged=window,
        complement=_months(opened, august),
    )


def first_report_end(opened_on: date, method: VatReporting) -> date:
    """The last day of the month, or of the pair of months, in which the business opened."""
    month = opened_on.month + opened_on.month % 2 if method is VatReporting.BI_MONTHLY else opened_on.month
    return date(opened_on.year, month, monthrange(opened_on.year, month)[1])


def _months(first: Month, last: Month) -> tuple[Month, ...]:
    """From one month to another, both with it; none when the last comes before the first."""
    months = []
    while first <= last:
        months.append(first)
        first = _after(first)
    return tuple(months)


def _after(month: Month) -> Month:
    return (month[0] + 1, 1) if month[1] == MONTHS_OF_YEAR else (month[0], month[1] + 1)


def _determining_month(programme: Programme) -> Month:
    return programme.determining_from.year, programme.determining_from.month


def _period_of(october: Month, method: VatReporting, *, is_cash_basis: bool) -> tuple[Month, ...]:
    year, month = october
    if is_cash_basis:
        month += 1  # the main receipts arrive in the month after the deal (CMP-4.6-o)
    if method is not VatReporting.BI_MONTHLY:
        return ((year, month),)
    return ((year, month - 1), (year, month)) if month % 2 == 0 else ((year, month), (year, month + 1))
