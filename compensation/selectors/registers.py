"""What the authority itself holds about a claimant, beside what the claim says (CMP-2.3-k)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from crm_portal.facts import InvalidInput
from crm_portal.worktime.rules.periods import add_months

from ..models import Claim, ReportedFact
from ..rules.codes import ClaimantFlag, NewBusinessCase, Track
from ..rules.overlay import leaves
from ..rules.programme import Programme
from ..rules.rounding import to_shekel
from ..rules.turnover.entry import position_of
from ..rules.turnover.rows import Month, Position, Row
from .inputs import claimants_inputs, reviewed_inputs
from .programmes import programme_on

HALF_YEAR = 6
_REPORTERS = frozenset({Row.REPORTER, Row.CASH_BASIS})


@dataclass(frozen=True, slots=True)
class Sought:
    """Which reported figure stands against an input of the turnover track."""

    path: str
    kind: str  # of `ReportedFact`
    period_from: date
    months: int
    received_until: date | None = None  # reports and corrections that came later do not count (CMP-4.6-d)
    factor: int = 1  # of an average
    divisor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Difference:
    """An input that differs from the register, or of which the register has no row."""

    path: str
    claimed: Decimal
    reported: Decimal | None


def sought(claim: Claim) -> tuple[Sought, ...]:
    """
    What is compared, in the periods of the claimant's row of the table of clause 4.6.

    What nobody reports is not: the certified income of an exempt dealer or an institution, or a share of an income.
    Facts that cannot be read have no row, and nothing is compared.
    """
    if claim.track != Track.TURNOVER.value:
        return ()
    programme = programme_on(claim.filed_on or claim.created_at.date(), code=claim.claimant.programme.code)
    try:
        position = position_of(claimants_inputs(claim), programme)
    except InvalidInput:
        return ()
    is_half_year = ClaimantFlag.HALF_YEAR_WITHHOLDING.value in claim.flags
    return (*_turnovers(position, programme), *_wages(position, is_half_year=is_half_year))


def _turnovers(position: Position, programme: Programme) -> Iterator[Sought]:
    if position.row is Row.EXEMPT:
        yield from _in(position.base_window, "base.gross", "s131_income")
    if position.row in {Row.EXEMPT, Row.EPI}:
        yield from _in(position.complement, "complement.denominator", "s131_income")
        return
    if position.new_case is NewBusinessCase.EXEMPT:  # from the opening, as the dealer declares
        return
    bar = programme.base_reports_received_until if position.row in _REPORTERS else None
    yield from _in(position.base_window, "base.gross", "vat_turnover", received_until=bar)
    yield from _in(position.eligibility, "eligibility.gross", "vat_turnover")
    yield from _in(position.complement, "complement.denominator", "vat_turnover")
    yield from _in(position.complement, "complement.reported_inputs", "vat_inputs")


def _wages(position: Position, *, is_half_year: bool) -> Iterator[Sought]:
    """Form 102: of the months that are compared, or their average; the whole year of who has one (CMP-4.6-z, ab)."""
    kind = "form_102_wages"
    average = (position.base_factor, position.base_divisor) if position.averaged else (1, Decimal(1))
    yield from _in(position.base_window, "wages.wage_base", kind, average=average)
    months = position.eligibility
    if is_half_year:  # the report is of a half-year, and so is the figure
        year, month = months[0]
        first = month - (month - 1) % HALF_YEAR
        months = tuple((year, first + place) for place in range(HALF_YEAR))
    yield from _in(months, "wages.wage_eligibility", kind)
    if position.row is not Row.NEW:
        yield from _in(position.complement, "wages.annual_wage_2022", kind)


def _in(
    window: Sequence[Month],
    path: str,
    kind: str,
    *,
    received_until: date | None = None,
    average: tuple[int, Decimal] = (1, Decimal(1)),
) -> Iterator[Sought]:
    if window:
        yield Sought(path, kind, date(*window[0], 1), len(window), received_until, *average)


def reported(claim: Claim) -> dict[str, Decimal | None]:
    """The register's sum for each input that is compared; None where a month has no row."""
    wanted = sought(claim)
    rows = list(
        ReportedFact.objects.filter(customer=claim.claimant.customer_id, amount__isnull=False).order_by("received_on")
    )
    return {one.path: _sum(rows, one) for one in wanted}


def differences(claim: Claim) -> Iterator[Difference]:
    """The inputs of the review that differ from the register, or are not in it."""
    given = dict(leaves(reviewed_inputs(claim)))
    for path, held in reported(claim).items():
        claimed = _number(given.get(path))
        if claimed is not None and (held is None or not agree(claimed, held)):
            yield Difference(path, claimed, held)


def agree(claimed: Decimal, held: Decimal) -> bool:
    """Whether two figures are the same in whole ILS, in which the form asks for them."""
    return to_shekel(claimed) == to_shekel(held)


def _sum(rows: list[ReportedFact], one: Sought) -> Decimal | None:
    """Of reports that cover the period from end to end, each by its last version; the rows come as received."""
    starting: dict[date, dict[int, ReportedFact]] = {}
    for row in rows:
        if row.kind == one.kind and (one.received_until is None or row.received_on <= one.received_until):
            starting.setdefault(row.period_from, {})[_months(row)] = row
    day, left, total = one.period_from, one.months, Decimal(0)
    while left > 0:
        here = starting.get(day, {})
        months = left if left in here else min(here, default=0)  # one report of the whole, else one after another
        if not 0 < months <= left:
            return None
        total += here[months].amount or Decimal(0)
        day, left = add_months(day, months), left - months
    return total if one.divisor == 1 else to_shekel(total * one.factor / one.divisor)


def _months(row: ReportedFact) -> int:
    return (row.period_until.year - row.period_from.year) * 12 + row.period_until.month - row.period_from.month + 1


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
