"""
Who gets no compensation on a track: clauses 3.5 (wage), 4.8 (turnover) and 5.4.3 (agriculture), and 2.5.

Each exclusion is one object. All of them are evaluated, and all that hit are shown (CMP-2.1-c, CMP-2.3-a).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .assessment import Finding
from .codes import ClaimantKind, Sector, Track, VatReporting
from .programme import Programme
from .reading import Facts
from .reasons import Reason

SELF_EMPLOYED = frozenset({ClaimantKind.SELF_EMPLOYED_EDU, ClaimantKind.SELF_EMPLOYED_RESIDENT})
KIND_ALSO = {
    "employer": ClaimantKind.REGULAR,
    "branches": ClaimantKind.REGULAR,
    "eligible_public_institution": ClaimantKind.EPI,
}
_LAST_REPORTS = 3  # that 3.5(6), 4.8(6) and 5.4.3(6) speak of


@dataclass(frozen=True, slots=True)
class ClaimantFacts:
    """What an exclusion asks about a claimant; the defaults neither exclude nor change an amount."""

    kind: ClaimantKind = ClaimantKind.REGULAR
    reporting: VatReporting = VatReporting.MONTHLY
    sector: Sector = Sector.GENERAL
    is_state: bool = False
    is_budgeted_body_or_health_corporation: bool = False
    is_hmo: bool = False
    is_public_institution_9_2_b: bool = False
    own_income_share: Decimal = Decimal(1)  # of the income of the base year, not from support and donations
    activity_income_share: Decimal = Decimal(1)  # of it, from regular sales in most months
    closure_reported_on: date | None = None
    opened_on: date | None = None
    vat_reports_due_of_last_three: int = _LAST_REPORTS
    vat_reports_missing_of_last_three: int = 0
    proved_active: bool = False
    form_102_filed_2023_10: bool = True
    has_absent_employees: bool = True
    wages_paid_for_absence: bool = True
    is_financial_institution: bool = False
    is_provident_fund: bool = False
    is_mutual_fund: bool = False
    is_stock_exchange_member: bool = False
    sells_real_estate_inventory: bool = False
    long_works_share_2022: Decimal = Decimal(0)
    long_works_share_2023: Decimal = Decimal(0)
    vat_s33_exempt_years: frozenset[int] = frozenset()
    has_employees: bool = True
    withholding_file: bool = True
    employees_before_war: int | None = None


Predicate = Callable[[ClaimantFacts, Programme], bool]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One line of a list of exclusions; `compensation.labels.REASON` has its words."""

    code: Reason
    clause: str
    applies: Predicate
    asks: str = ""  # the fact that a reader of the finding is led to


def read(facts: Facts) -> ClaimantFacts:
    """The facts of a claimant from plain data."""
    one, none = Decimal(1), Decimal(0)
    count = None
    if facts.has("employees_before_war"):
        count = facts.whole("employees_before_war", code=Reason.AGR_BAD_COUNT)
    return ClaimantFacts(
        kind=facts.choice("kind", ClaimantKind, ClaimantKind.REGULAR, KIND_ALSO),
        reporting=facts.choice("reporting", VatReporting, VatReporting.MONTHLY),
        sector=facts.choice("sector", Sector, Sector.GENERAL),
        is_state=facts.flag("is_state", False),
        is_budgeted_body_or_health_corporation=facts.flag("is_budgeted_body_or_health_corporation", False),
        is_hmo=facts.flag("is_hmo", False),
        is_public_institution_9_2_b=facts.flag("is_public_institution_9_2_b", False),
        own_income_share=facts.fraction("own_income_share", one, places=None),
        activity_income_share=facts.fraction("activity_income_share", one, places=None),
        closure_reported_on=facts.day("closure_reported_on"),
        opened_on=facts.day("opened_on"),
        vat_reports_due_of_last_three=facts.whole("vat_reports_due_of_last_three", _LAST_REPORTS, most=_LAST_REPORTS),
        vat_reports_missing_of_last_three=facts.whole("vat_reports_missing_of_last_three", 0, most=_LAST_REPORTS),
        proved_active=facts.flag("proved_active", False),
        form_102_filed_2023_10=facts.flag("form_102_filed_2023_10", True),
        has_absent_employees=facts.flag("has_absent_employees", True),
        wages_paid_for_absence=facts.flag("wages_paid_for_absence", True),
        is_financial_institution=facts.flag("is_financial_institution", False),
        is_provident_fund=facts.flag("is_provident_fund", False),
        is_mutual_fund=facts.flag("is_mutual_fund", False),
        is_stock_exchange_member=facts.flag("is_stock_exchange_member", False),
        sells_real_estate_inventory=facts.flag("sells_real_estate_inventory", False),
        long_works_share_2022=facts.fraction("long_works_share_2022", none, places=None),
        long_works_share_2023=facts.fraction("long_works_share_2023", none, places=None),
        vat_s33_exempt_years=_years(facts, "vat_s33_exempt_years"),
        has_employees=facts.flag("has_employees", True),
        withholding_file=facts.flag("withholding_file", True),
        employees_before_war=count,
    )


def hits(track: Track, facts: ClaimantFacts, programme: Programme) -> tuple[Finding, ...]:
    """Every exclusion of the track that the claimant hits, in the order of the instruction."""
    return tuple(
        Finding(exclusion.code, exclusion.clause, exclusion.asks)
        for exclusion in EXCLUSIONS.get(track, ())
        if exclusion.applies(facts, programme)
    )


def is_eligible_public_institution(own: Decimal, activity: Decimal, programme: Programme) -> bool:
    """At least a quarter of the income is not support and donations, and a quarter is of regular sales (3.3.3)."""
    return own >= programme.least_epi_share and activity >= programme.least_epi_share


def _is_state(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.is_state


def _is_budgeted_body(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.is_budgeted_body_or_health_corporation


def _is_hmo(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.is_hmo


def _is_public_institution(facts: ClaimantFacts, programme: Programme) -> bool:
    is_public = facts.is_public_institution_9_2_b or facts.kind is ClaimantKind.EPI
    return is_public and not is_eligible_public_institution(
        facts.own_income_share, facts.activity_income_share, programme
    )


def _closed_before_period(facts: ClaimantFacts, programme: Programme) -> bool:
    closed = facts.closure_reported_on
    return closed is not None and closed < programme.determining_from


def _closed_before_eligibility_period(facts: ClaimantFacts, programme: Programme) -> bool:
    closed = facts.closure_reported_on
    return closed is not None and closed < eligibility_period_from(facts.reporting, programme)


def eligibility_period_from(reporting: VatReporting, programme: Programme) -> date:
    """The first day of the month, or of the pair of months, in which the determining period lies (5.4.3)."""
    first = programme.determining_from.replace(day=1)
    if reporting is VatReporting.BI_MONTHLY and first.month % 2 == 0:
        return first.replace(month=first.month - 1)
    return first


def _is_inactive(facts: ClaimantFacts, programme: Programme) -> bool:
    """Opened too late; or presumed, when of the last reports due too many are missing, unless it is proved active."""
    if facts.opened_on is not None and facts.opened_on > programme.active_before:
        return True
    due = 0 if facts.reporting is VatReporting.NONE else facts.vat_reports_due_of_last_three
    missing = min(facts.vat_reports_missing_of_last_three, due)  # what was never due is not missing
    return missing >= programme.missing_reports_presume_inactive and not facts.proved_active


def _has_no_form_102(facts: ClaimantFacts, programme: Programme) -> bool:
    return not facts.form_102_filed_2023_10 and facts.kind not in SELF_EMPLOYED  # CMP-3.1-d


def _paid_no_wages(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.has_absent_employees and not facts.wages_paid_for_absence  # decision 40


def _paid_no_wages_to_employees(facts: ClaimantFacts, programme: Programme) -> bool:
    return _paid_no_wages(facts, programme) and facts.kind not in SELF_EMPLOYED  # CMP-3.1-d


def _is_financial_institution(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.is_financial_institution


def _is_provident_fund(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.is_provident_fund


def _is_mutual_fund(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.is_mutual_fund


def _is_stock_exchange_member(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.is_stock_exchange_member


def _sells_real_estate(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.sells_real_estate_inventory


def _does_long_works(facts: ClaimantFacts, programme: Programme) -> bool:
    return max(facts.long_works_share_2022, facts.long_works_share_2023) > programme.highest_long_works_share


def _is_exempt_by_section_33(facts: ClaimantFacts, programme: Programme) -> bool:
    return not facts.vat_s33_exempt_years.isdisjoint({programme.base_year, programme.determining_from.year})


def _is_agriculture(facts: ClaimantFacts, programme: Programme) -> bool:
    return facts.sector is Sector.AGRICULTURE


def _employs_nobody(facts: ClaimantFacts, programme: Programme) -> bool:
    return not facts.has_employees or not facts.withholding_file or facts.employees_before_war == 0


_VAT_REPORTS = "vat_reports_missing_of_last_three"
_INSTITUTION, _WAGES = "is_public_institution_9_2_b", "wages_paid_for_absence"

EXCLUSIONS: dict[Track, tuple[Exclusion, ...]] = {
    Track.WAGE: (
        Exclusion(Reason.WAG_STATE, "CMP-3.5-a", _is_state, "is_state"),
        Exclusion(Reason.WAG_BUDGETED_BODY, "CMP-3.5-b", _is_budgeted_body, "is_budgeted_body_or_health_corporation"),
        Exclusion(Reason.WAG_HMO, "CMP-3.5-c", _is_hmo, "is_hmo"),
        Exclusion(Reason.WAG_PUBLIC_INSTITUTION, "CMP-3.5-d", _is_public_institution, _INSTITUTION),
        Exclusion(Reason.WAG_CLOSED_BEFORE_PERIOD, "CMP-3.5-e", _closed_before_period, "closure_reported_on"),
        Exclusion(Reason.WAG_INACTIVE, "CMP-3.5-f", _is_inactive, _VAT_REPORTS),
        Exclusion(Reason.WAG_NO_FORM_102_2023_10, "CMP-3.5-g", _has_no_form_102, "form_102_filed_2023_10"),
        Exclusion(Reason.WAG_WAGES_NOT_PAID, "CMP-3.5-h", _paid_no_wages_to_employees, _WAGES),
    ),
    Track.TURNOVER: (
        Exclusion(Reason.TUR_STATE, "CMP-4.8-a", _is_state, "is_state"),
        Exclusion(Reason.TUR_BUDGETED_BODY, "CMP-4.8-b", _is_budgeted_body, "is_budgeted_body_or_health_corporation"),
        Exclusion(Reason.TUR_HMO, "CMP-4.8-c", _is_hmo, "is_hmo"),
        Exclusion(Reason.TUR_PUBLIC_INSTITUTION, "CMP-4.8-d", _is_public_institution, _INSTITUTION),
        Exclusion(Reason.TUR_CLOSED_BEFORE_PERIOD, "CMP-4.8-e", _closed_before_period, "closure_reported_on"),
        Exclusion(Reason.TUR_INACTIVE, "CMP-4.8-f", _is_inactive, _VAT_REPORTS),
        Exclusion(Reason.TUR_FINANCIAL_INSTITUTION, "CMP-4.8-g", _is_financial_institution, "is_financial_institution"),
        Exclusion(Reason.TUR_PROVIDENT_FUND, "CMP-4.8-h", _is_provident_fund, "is_provident_fund"),
        Exclusion(Reason.TUR_MUTUAL_FUND, "CMP-4.8-i", _is_mutual_fund, "is_mutual_fund"),
        Exclusion(Reason.TUR_STOCK_EXCHANGE_MEMBER, "CMP-4.8-j", _is_stock_exchange_member, "is_stock_exchange_member"),
        Exclusion(Reason.TUR_REAL_ESTATE_INVENTORY, "CMP-4.8-k", _sells_real_estate, "sells_real_estate_inventory"),
        Exclusion(Reason.TUR_LONG_WORKS, "CMP-4.8-l", _does_long_works, "long_works_share_2022"),
        Exclusion(Reason.TUR_VAT_S33, "CMP-4.8-m", _is_exempt_by_section_33, "vat_s33_exempt_years"),
        Exclusion(Reason.TUR_AGRICULTURE, "CMP-4.8-n", _is_agriculture, "sector"),
        Exclusion(Reason.TUR_WAGES_NOT_PAID, "CMP-4.8-o", _paid_no_wages, _WAGES),
    ),
    Track.AGRICULTURE: (
        Exclusion(Reason.AGR_STATE, "CMP-5.4.3-a", _is_state, "is_state"),
        Exclusion(Reason.AGR_BUDGETED_BODY, "CMP-5.4.3-b", _is_budgeted_body, "is_budgeted_body_or_health_corporation"),
        Exclusion(Reason.AGR_HMO, "CMP-5.4.3-c", _is_hmo, "is_hmo"),
        Exclusion(Reason.AGR_PUBLIC_INSTITUTION, "CMP-5.4.3-d", _is_public_institution, _INSTITUTION),
        Exclusion(Reason.AGR_CLOSED_BEFORE_PERIOD, "CMP-5.4.3-e", _closed_before_period, "closure_reported_on"),
        Exclusion(Reason.AGR_INACTIVE, "CMP-5.4.3-f", _is_inactive, _VAT_REPORTS),
        Exclusion(Reason.AGR_NO_EMPLOYEES, "CMP-5.4.3-g", _employs_nobody, "employees_before_war"),
        Exclusion(
            Reason.AGR_CLOSED_BEFORE_ELIGIBILITY_PERIOD,
            "CMP-5.4.3-h",
            _closed_before_eligibility_period,
            "closure_reported_on",
        ),
        Exclusion(Reason.AGR_WAGES_NOT_PAID, "CMP-5.2-a", _paid_no_wages, _WAGES),
    ),
    Track.EXECUTION_CONTRACTOR: (Exclusion(Reason.GEN_WAGES_NOT_PAID, "CMP-2.5-a", _paid_no_wages, _WAGES),),
    Track.RED: (Exclusion(Reason.GEN_WAGES_NOT_PAID, "CMP-2.5-a", _paid_no_wages, _WAGES),),
}


def _years(facts: Facts, name: str) -> frozenset[int]:
    """Years, each a whole number."""
    items = Facts({str(place): item for place, item in enumerate(facts.items(name))}, facts.where(name))
    return frozenset(items.whole(str(place), least=1900, most=9999) for place, _ in enumerate(facts.items(name)))
