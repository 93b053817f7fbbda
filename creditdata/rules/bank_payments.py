"""
What licensees pay the banks for giving positive data (regulations 82 to 85, First and Second Schedule).

Sums stay exact fractions until each is rounded, once; what the printed formula leaves over, and what rounding leaves,
is part of the answer and never spread.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from crm_portal.errors import Code, Refusal
from crm_portal.steps import Step, Unit

from .deadlines import payment_due
from .parameters import DEFAULTS, Parameters, PayFormula
from .reasons import Reason
from .rounding import half_up

SLABS = ((80_000_000, 7), (60_000_000, 6), (40_000_000, 5))  # from this counted income on, percent of the whole of it
LOWEST_PERCENT = 4  # from the floor on
_PLACES = 6  # of a share, for whoever reads it; sums are made of the exact share
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Filing:
    """What a licensee filed as its income of the year, or a bank as its number of accounts (CRD-82-c, d)."""

    amount: Decimal
    is_certified: bool = True  # by an accountant (CRD-84-a)


@dataclass(frozen=True, slots=True)
class Pool:
    """The amount that is distributed, by the First Schedule."""

    total: Decimal
    counted: Decimal  # the total, or the ceiling when it is above
    percent: int | None  # None: the total is below the floor and no rate is set
    amount: Decimal
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class BankShare:
    """What one licensee pays one bank: by either reading of the Second Schedule, and its part of the operating fee."""

    literal: Decimal
    conserving: Decimal
    operating_fee: Decimal
    steps: tuple[Step, ...]

    def by(self, formula: PayFormula) -> Decimal:
        """The sum by the reading in force."""
        return self.literal if formula is PayFormula.LITERAL else self.conserving


@dataclass(frozen=True, slots=True)
class LicenseeShare:
    """One licensee's part of the pool and what becomes of it; parts and differences add up to X and to the fee."""

    income: Decimal
    share_percent: Decimal
    x: Decimal
    banks: Mapping[str, BankShare]
    remainder: Decimal  # what the printed formula leaves of X, by the formula: ½·X·(1 − 1/Y)
    fee: Decimal
    steps: tuple[Step, ...]

    def total(self, formula: PayFormula) -> Decimal:
        """Paid by a reading, to all banks."""
        return sum((one.by(formula) for one in self.banks.values()), _ZERO)

    @property
    def undistributed(self) -> Decimal:
        """All that the literal reading does not pay of X: the remainder and the rounding difference."""
        return self.x - self.total(PayFormula.LITERAL)

    @property
    def literal_rounding(self) -> Decimal:
        """X less what is paid and less the remainder (CRD-82-j)."""
        return self.undistributed - self.remainder

    @property
    def conserving_rounding(self) -> Decimal:
        return self.x - self.total(PayFormula.CONSERVING)

    @property
    def fee_rounding(self) -> Decimal:
        """The licensee's part of the fee less what the banks receive of it (CRD-83-a)."""
        return self.fee - sum((one.operating_fee for one in self.banks.values()), _ZERO)


@dataclass(frozen=True, slots=True)
class Distribution:
    """A whole computation of one year."""

    year: int
    due_on: date
    is_reference: bool  # due after the chapter lapsed: it creates no payable line (CRD-85-a)
    pool: Pool
    licensees: Mapping[str, LicenseeShare]
    fee_difference: Decimal  # between the million and the licensees' rounded parts; all of it without an income


def pool_of(total: Decimal, parameters: Parameters = DEFAULTS) -> Pool:
    """The amount for distribution: one percentage of the whole counted income, not of its slices (CRD-82-e…g)."""
    counted = min(total, parameters.pay_income_cap)
    percent = None
    if total >= parameters.pay_income_floor:
        percent = next((percent for least, percent in SLABS if counted >= least), LOWEST_PERCENT)
    amount = half_up(Fraction(counted) * (percent or 0) / 100)
    rate = Decimal(percent or 0).scaleb(-2)
    return Pool(
        total,
        counted,
        percent,
        amount,
        (
            Step("pay_counted_income", counted, "CRD-82-f", "min(I, cap)",
                 (("I", total), ("cap", parameters.pay_income_cap))),
            Step("pay_rate", rate, "CRD-82-g", unit=Unit.RATE),
            Step("pay_distribution", amount, "CRD-82-g", "I × r", (("I", counted), ("r", rate))),
        ),
    )  # fmt: skip


def refusals(incomes: Mapping[str, Filing], accounts: Mapping[str, Filing]) -> Iterator[Refusal]:
    """Why a run cannot be made: a figure without a certificate blocks it and never makes it smaller (CRD-84-a)."""
    if not accounts:
        yield Refusal(Reason.NO_LISTED_BANKS, ("bank_accounts",), clause="CRD-82-o")
    elif not any(one.amount for one in accounts.values()):
        yield Refusal(Reason.NO_ACCOUNTS, ("bank_accounts",), clause="CRD-82-o")
    for field, filings in (("incomes", incomes), ("bank_accounts", accounts)):
        for name, filing in filings.items():
            if not filing.is_certified:
                yield Refusal(Reason.NOT_CERTIFIED, (f"{field}.{name}",), clause="CRD-84-a")


def distribute(
    year: int, incomes: Mapping[str, Filing], accounts: Mapping[str, Filing], parameters: Parameters = DEFAULTS
) -> Distribution:
    """
    The payments of a year, of the liable licensees to the listed banks; ask :func:`refusals` first.

    Shares are of the uncapped incomes (CRD-82-f).
    """
    total = sum((one.amount for one in incomes.values()), _ZERO)
    pool = pool_of(total, parameters)
    found = {name: _licensee(filing.amount, total, pool, accounts, parameters) for name, filing in incomes.items()}
    return Distribution(
        year,
        payment_due(year),
        not is_in_force(year, parameters),
        pool,
        MappingProxyType(found),
        parameters.operating_fee - sum((one.fee for one in found.values()), _ZERO),
    )


def _licensee(
    income: Decimal, total: Decimal, pool: Pool, accounts: Mapping[str, Filing], parameters: Parameters
) -> LicenseeShare:
    share = Fraction(income) / Fraction(total) if total else Fraction(0)
    x, fee = half_up(Fraction(pool.amount) * share), half_up(Fraction(parameters.operating_fee) * share)
    banks = len(accounts)
    everybody = sum((one.amount for one in accounts.values()), _ZERO)
    remainder = half_up(Fraction(x) / 2 * (1 - Fraction(1, banks)))
    return LicenseeShare(
        income,
        half_up(share * 100, _PLACES),
        x,
        MappingProxyType(
            {name: _bank(x, fee, Fraction(one.amount) / Fraction(everybody), banks) for name, one in accounts.items()}
        ),
        remainder,
        fee,
        (
            Step("pay_x", x, "CRD-82-h", "D × i / I", (("D", pool.amount), ("i", income), ("I", total))),
            Step("pay_remainder", remainder, "CRD-82-j", "½ × X × (1 − 1/Y)", (("X", x), ("Y", Decimal(banks)))),
            Step("pay_fee", fee, "CRD-83-a", "F × i / I",
                 (("F", parameters.operating_fee), ("i", income), ("I", total))),
        ),
    )  # fmt: skip


def _bank(x: Decimal, fee: Decimal, share: Fraction, banks: int) -> BankShare:
    """½·Z·X/Y + ½·X/Y as it is printed, ½·X·Z + ½·X/Y as it would add up, and an equal part of the fee."""
    equal = Fraction(x) / (2 * banks)
    literal, conserving = half_up(share * equal + equal), half_up(Fraction(x) * share / 2 + equal)
    operating_fee = half_up(Fraction(fee) / banks)
    z, y = half_up(share, _PLACES), Decimal(banks)
    return BankShare(
        literal,
        conserving,
        operating_fee,
        (
            Step("pay_bank_literal", literal, "CRD-82-i", "½ × Z × X/Y + ½ × X/Y", (("Z", z), ("X", x), ("Y", y))),
            Step("pay_bank_conserving", conserving, "CRD-82-k", "½ × X × Z + ½ × X/Y",
                 (("X", x), ("Z", z), ("Y", y))),
            Step("pay_bank_fee", operating_fee, "CRD-83-a", "f / Y", (("f", fee), ("Y", y))),
        ),
    )  # fmt: skip


def reduction_refusals(computed: Decimal, reduction: Decimal, *, bank: str, parent: str) -> Iterator[Refusal]:
    """Why the Registrar may not reduce a payment: only to a bank's subsidiary, and not below nothing (CRD-82-l)."""
    if not parent or parent == bank:
        yield Refusal(Code.INVALID_VALUE if parent else Code.FIELD_REQUIRED, ("subsidiary_of",), clause="CRD-82-l")
    if not 0 <= reduction <= computed:
        yield Refusal(Code.INVALID_VALUE, ("reduction",), {"most": computed}, "CRD-82-l")


def is_in_force(year: int, parameters: Parameters = DEFAULTS) -> bool:
    """Whether the payments of a year fall due while the chapter holds (CRD-85-a)."""
    return payment_due(year) <= parameters.chapter_h_last_day


def is_liable(operation_start: date, year: int) -> bool:
    """Whether a licensee pays for a calendar year: from the second of its operation on (CRD-82-b)."""
    return year - operation_start.year + 1 >= 2
