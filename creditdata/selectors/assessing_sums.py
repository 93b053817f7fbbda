"""Groups of what licensees must hold and must pay: securities (68 to 70), payments to banks (82 to 85)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import Facts, InvalidInput

from ..rules import bank_payments, securities
from ..rules.bank_payments import Distribution, Filing, LicenseeShare, Pool
from ..rules.codes import LicenceType
from ..rules.parameters import DEFAULTS, PayFormula
from .calendars import Calendars
from .groups import Group, money, stop_at

LICENCES = {"combined_or_business_only": LicenceType.COMBINED, "credit_data_only": LicenceType.CREDIT_DATA_ONLY}
MOST_REPORTS = 10**9
FIRST_YEAR, LAST_YEAR = 1900, 2199


def insurance(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """What a licensee owes at a number of reports a year, by either route (CRD-68-a, 69-a, 69-c)."""
    owed = securities.required(_licence(case), case.whole("reports_per_year", most=MOST_REPORTS))
    return {
        "insurance_min": money(owed.insurance),
        "guarantee_instead_of_insurance": money(owed.guarantee),
        "supplementary_guarantee_min": money(owed.supplement_least),
        "supplementary_guarantee_max": money(owed.supplement_most),
    }


def insurance_basis(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """The insurance by the higher of delivered and planned (CRD-69-a)."""
    numbers = [case.whole(name, most=MOST_REPORTS) for name in ("delivered", "planned")]
    owed = securities.required(_licence(case), securities.counted_reports(*numbers))
    return {"insurance_min": money(owed.insurance)}


def _licence(case: Facts) -> LicenceType:
    return case.choice("licence", LicenceType, also=LICENCES)


def distribution_pool(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """The amount for distribution at a total income (CRD-82-e…g)."""
    return _pool(bank_payments.pool_of(case.number("total_income", places=2)))


def _pool(pool: Pool) -> dict[str, Any]:
    return {
        "counted_income": money(pool.counted),
        "rate_percent": None if pool.percent is None else str(pool.percent),
        "distribution_amount": money(pool.amount),
    }


def payments(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """The payments of a year by both readings of the Second Schedule, and the operating fee (CRD-82-h…k, 83-a)."""
    run = _run(case)
    return {
        "total_income": money(run.pool.total),
        **_pool(run.pool),
        "licensees": {name: _share(share) for name, share in run.licensees.items()},
    }


def _run(case: Facts) -> Distribution:
    year = _year(case)
    incomes, accounts = _filings(case, "incomes", places=2), _filings(case, "bank_accounts", places=0)
    stop_at(bank_payments.refusals(incomes, accounts))
    return bank_payments.distribute(year, incomes, accounts)


def _filings(case: Facts, name: str, places: int) -> dict[str, Filing]:
    if not case.has(name):
        raise InvalidInput(Code.FIELD_REQUIRED, case.where(name))
    filed = case.part(name)
    return {party: Filing(filed.number(party, places=places)) for party in filed.names()}


def _share(share: LicenseeShare) -> dict[str, Any]:
    return {
        "share_percent": f"{share.share_percent:f}",
        "X": money(share.x),
        "literal": {name: money(bank.literal) for name, bank in share.banks.items()},
        "literal_total": money(share.total(PayFormula.LITERAL)),
        "literal_undistributed": money(share.undistributed),
        "conserving": {name: money(bank.conserving) for name, bank in share.banks.items()},
        "conserving_total": money(share.total(PayFormula.CONSERVING)),
        "conserving_rounding": money(share.conserving_rounding),
        "operating_fee_total": money(share.fee),
        "operating_fee_per_bank": {name: money(bank.operating_fee) for name, bank in share.banks.items()},
        "operating_fee_rounding": money(share.fee_rounding),
    }


def reduction(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """What is paid to a bank's subsidiary after the Registrar reduced the computed amount (CRD-82-l)."""
    computed, less = case.number("formula_amount", places=2), case.number("reduction", places=2)
    bank, parent = case.text("bank"), case.text("subsidiary_of")
    stop_at(bank_payments.reduction_refusals(computed, less, bank=bank, parent=parent))
    return {"payable": money(computed - less)}


def with_base(case: Facts, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The computed amount of a reduction that names the case it comes of and not the sum."""
    if case.has("formula_amount"):
        return {}
    base, licensee, bank = (case.text(name) for name in ("base_case", "licensee", "bank"))
    others = document.get("bank_payments")
    cases = others if isinstance(others, list) else []
    found = [one for one in cases if isinstance(one, Mapping) and one.get("id") == base]
    if not base or not found:
        return {}
    share = _run(Facts(found[0])).licensees.get(licensee)
    if share is None or bank not in share.banks:
        raise InvalidInput(Code.INVALID_VALUE, case.where("licensee" if share is None else "bank"))
    return {"formula_amount": money(share.banks[bank].by(DEFAULTS.pay_formula))}


def liability_year(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Whether a licensee owes for a year: its second or later, due while the chapter holds (CRD-82-b, 85-a)."""
    year = _year(case)
    is_liable = bank_payments.is_liable(case.known_day("operation_start"), year)
    return {"liable": is_liable and bank_payments.is_in_force(year)}


def _year(case: Facts) -> int:
    return case.whole("year", least=FIRST_YEAR, most=LAST_YEAR)


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "insurance": Group(
            insurance,
            (
                "insurance_min",
                "guarantee_instead_of_insurance",
                "supplementary_guarantee_min",
                "supplementary_guarantee_max",
            ),
        ),
        "insurance_basis": Group(insurance_basis, ("insurance_min",)),
        "distribution_pool": Group(distribution_pool, ("counted_income", "rate_percent", "distribution_amount")),
        "bank_payments": Group(
            payments, ("total_income", "counted_income", "rate_percent", "distribution_amount", "licensees")
        ),
        "bank_payment_reduction": Group(reduction, ("payable",), with_base, is_one=True),
        "liability_year": Group(liability_year, ("liable",)),
    }
)
