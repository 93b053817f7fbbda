"""
What a licensee must hold against the harm it may do: insurance, guarantee, supplement, and their forfeiture
(regulations 68 to 70).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from crm_portal.errors import Code, Refusal

from .codes import ForfeitureTitle, LicenceType
from .reasons import Reason
from .rounding import half_up

_M = Decimal(1_000_000)
_WITH_BUSINESS_INFORMATION = (  # reports up to, insurance (regulation 69)
    (20_000, 2 * _M),
    (50_000, Decimal("3.5") * _M),
    (100_000, 5 * _M),
    (150_000, Decimal("7.5") * _M),
    (250_000, 10 * _M),
    (500_000, 25 * _M),
    (None, 50 * _M),
)
_CREDIT_DATA = (
    (50_000, 2 * _M),
    (150_000, Decimal("3.5") * _M),
    (300_000, 5 * _M),
    (500_000, Decimal("7.5") * _M),
    (None, 10 * _M),
)
TIERS: Mapping[LicenceType, tuple[tuple[int | None, Decimal], ...]] = MappingProxyType(
    {
        LicenceType.CREDIT_DATA_ONLY: _CREDIT_DATA,
        LicenceType.BUSINESS_INFO_ONLY: _WITH_BUSINESS_INFORMATION,
        LicenceType.COMBINED: _WITH_BUSINESS_INFORMATION,
    }
)
SUPPLEMENT: Mapping[LicenceType, tuple[Decimal, Decimal]] = MappingProxyType(  # shares of the insurance (CRD-69-c)
    {
        LicenceType.CREDIT_DATA_ONLY: (Decimal("0.05"), Decimal("0.10")),
        LicenceType.BUSINESS_INFO_ONLY: (Decimal("0.10"), Decimal("0.20")),
        LicenceType.COMBINED: (Decimal("0.10"), Decimal("0.20")),
    }
)


@dataclass(frozen=True, slots=True)
class Required:
    """What a licensee owes at its number of reports, by either route, in NIS."""

    licence: LicenceType
    reports: int  # a year, by which the tier was found
    tier_up_to: int | None  # the tier's last number; None: without an end
    insurance: Decimal  # route 2, the least
    guarantee: Decimal  # route 1, instead of it
    supplement_least: Decimal  # beside the insurance, for what the policy does not cover
    supplement_most: Decimal

    def supplement_refusals(self, amount: Decimal) -> Iterator[Refusal]:
        """Why a supplementary guarantee of this sum is refused (CRD-69-c)."""
        if not self.supplement_least <= amount <= self.supplement_most:
            bounds = {"least": self.supplement_least, "most": self.supplement_most}
            yield Refusal(Reason.GUARANTEE_OUT_OF_RANGE, ("amount",), bounds, "CRD-69-c")


def counted_reports(delivered: int, planned: int) -> int:
    """The number that finds the tier: the higher of what was delivered in twelve months and what is intended."""
    return max(delivered, planned)


def required(licence: LicenceType, reports: int) -> Required:
    """Insurance, guarantee and supplement at this number of reports a year; "up to" is inclusive (CRD-69-a, 68-a)."""
    up_to, insurance = next((up_to, sum_) for up_to, sum_ in TIERS[licence] if up_to is None or reports <= up_to)
    least, most = SUPPLEMENT[licence]
    return Required(
        licence,
        reports,
        up_to,
        half_up(insurance),
        half_up(insurance / 2),
        half_up(insurance * least),
        half_up(insurance * most),
    )


def missing(needed: Decimal, held: Decimal, fixed_by_registrar: Decimal | None = None) -> Decimal:
    """
    How much is short of what must be held at all times; 0 when nothing is (CRD-68-d).

    A sum that the Registrar fixed for recorded reasons replaces the computed one (CRD-68-c).
    """
    return max((needed if fixed_by_registrar is None else fixed_by_registrar) - held, Decimal(0))


@dataclass(frozen=True, slots=True)
class Forfeiture:
    """A claim on a security: by what title, of which day, how much of it."""

    title: ForfeitureTitle | None
    has_document: bool
    final_on: date | None
    title_amount: Decimal
    amount: Decimal


def forfeiture_refusals(claim: Forfeiture, balance: Decimal, on: date, *, is_satisfied: bool) -> Iterator[Refusal]:
    """Why a security is not paid out on a day; `is_satisfied`: the injured party had it otherwise (CRD-70-a, b)."""
    if claim.title is None or not claim.has_document or claim.final_on is None or claim.final_on > on:
        absent = [("title", claim.title), ("document", claim.has_document or None), ("final_on", claim.final_on)]
        names = tuple(name for name, value in absent if value is None) or ("final_on",)
        yield Refusal(Reason.FORFEITURE_TITLE_MISSING, names, clause="CRD-70-b")
    if is_satisfied:
        yield Refusal(Code.INVALID_VALUE, ("is_satisfied",), clause="CRD-70-a")
    if claim.amount <= 0 or claim.amount > min(claim.title_amount, balance):
        bounds = {"title": claim.title_amount, "balance": balance}
        yield Refusal(Code.INVALID_VALUE, ("amount",), bounds, "CRD-70-b")
