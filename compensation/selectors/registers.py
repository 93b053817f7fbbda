"""What the authority itself holds about a claimant, beside what the claim says (CMP-2.3-k)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from crm_portal.worktime.rules.periods import add_months

from ..models import Claim, ReportedFact
from ..rules.codes import VatReporting
from ..rules.exclusions import eligibility_period_from
from ..rules.overlay import leaves
from ..rules.reading import Facts
from .inputs import reviewed_inputs
from .programmes import programme_on


@dataclass(frozen=True, slots=True)
class Sought:
    """Which reported figure stands against an input of the turnover track."""

    path: str
    kind: str  # of `ReportedFact`
    period_from: date
    months: int


@dataclass(frozen=True, slots=True)
class Difference:
    """An input that differs from the register, or of which the register has no row."""

    path: str
    claimed: Decimal
    reported: Decimal | None


def sought(claim: Claim) -> tuple[Sought, ...]:
    """What is compared: the turnover of both periods, the year's turnover and inputs, the wages of form 102."""
    if claim.track != "TURNOVER":
        return ()
    programme = programme_on(claim.filed_on or claim.created_at.date(), code=claim.claimant.programme.code)
    reporting = Facts(claim.answers.get("figures", {})).choice("reporting", VatReporting, VatReporting.MONTHLY)
    months = 2 if reporting is VatReporting.BI_MONTHLY else 1
    eligibility = eligibility_period_from(reporting, programme)
    base, year = eligibility.replace(year=programme.base_year), date(programme.base_year, 1, 1)
    return (
        Sought("base.gross", "vat_turnover", base, months),
        Sought("eligibility.gross", "vat_turnover", eligibility, months),
        Sought("complement.denominator", "vat_turnover", year, 12),
        Sought("complement.reported_inputs", "vat_inputs", year, 12),
        Sought("wages.wage_base", "form_102_wages", base, months),
        Sought("wages.wage_eligibility", "form_102_wages", eligibility, months),
    )


def reported(claim: Claim) -> dict[str, Decimal | None]:
    """The register's sum for each input that is compared; None where a month has no row."""
    wanted = sought(claim)
    rows = list(ReportedFact.objects.filter(customer=claim.claimant.customer_id, amount__isnull=False))
    return {one.path: _sum(rows, one) for one in wanted}


def differences(claim: Claim) -> Iterator[Difference]:
    """The inputs of the review that differ from the register, or are not in it."""
    given = dict(leaves(reviewed_inputs(claim)))
    for path, held in reported(claim).items():
        claimed = _number(given.get(path))
        if claimed is not None and claimed != held:
            yield Difference(path, claimed, held)


def _sum(rows: list[ReportedFact], one: Sought) -> Decimal | None:
    until = add_months(one.period_from, one.months)
    found = [row for row in rows if row.kind == one.kind and one.period_from <= row.period_from < until]
    covered = sum(_months(row) for row in found)
    if covered < one.months:
        return None
    return sum((row.amount for row in found if row.amount is not None), Decimal(0))


def _months(row: ReportedFact) -> int:
    return (row.period_until.year - row.period_from.year) * 12 + row.period_until.month - row.period_from.month + 1


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
