"""Who gets no compensation: each line of 3.5, 4.8 and 5.4.3 with its boundary, and 2.5 for the other tracks."""

import re
from datetime import date
from decimal import Decimal

import pytest

from compensation.rules import exclusions
from compensation.rules.assessment import InvalidInput
from compensation.rules.codes import ClaimantKind, Sector, Track, VatReporting
from compensation.rules.exclusions import ClaimantFacts
from compensation.rules.reading import Facts
from compensation.rules.reasons import Reason
from compensation.selectors.shipped import from_files

QUARTER, LESS = Decimal("0.25"), Decimal("0.2499")
SHARED = (  # last part of the code, letter in 3.5, 4.8 and 5.4.3, facts that hit
    ("STATE", "a", {"is_state": True}),
    ("BUDGETED_BODY", "b", {"is_budgeted_body_or_health_corporation": True}),
    ("HMO", "c", {"is_hmo": True}),
    ("PUBLIC_INSTITUTION", "d", {"is_public_institution_9_2_b": True, "own_income_share": LESS}),
    ("PUBLIC_INSTITUTION", "d", {"is_public_institution_9_2_b": True, "activity_income_share": LESS}),
    ("PUBLIC_INSTITUTION", "d", {"kind": ClaimantKind.EPI, "activity_income_share": LESS}),
    ("CLOSED_BEFORE_PERIOD", "e", {"closure_reported_on": date(2023, 10, 6)}),
    ("INACTIVE", "f", {"vat_reports_missing_of_last_three": 2}),
    ("INACTIVE", "f", {"opened_on": date(2023, 10, 1), "proved_active": True}),
)
OWN = (
    (Track.WAGE, "WAG_NO_FORM_102_2023_10", "CMP-3.5-g", {"form_102_filed_2023_10": False}),
    (Track.WAGE, "WAG_WAGES_NOT_PAID", "CMP-3.5-h", {"wages_paid_for_absence": False}),
    (Track.TURNOVER, "TUR_FINANCIAL_INSTITUTION", "CMP-4.8-g", {"is_financial_institution": True}),
    (Track.TURNOVER, "TUR_PROVIDENT_FUND", "CMP-4.8-h", {"is_provident_fund": True}),
    (Track.TURNOVER, "TUR_MUTUAL_FUND", "CMP-4.8-i", {"is_mutual_fund": True}),
    (Track.TURNOVER, "TUR_STOCK_EXCHANGE_MEMBER", "CMP-4.8-j", {"is_stock_exchange_member": True}),
    (Track.TURNOVER, "TUR_REAL_ESTATE_INVENTORY", "CMP-4.8-k", {"sells_real_estate_inventory": True}),
    (Track.TURNOVER, "TUR_LONG_WORKS", "CMP-4.8-l", {"long_works_share_2022": Decimal("0.5001")}),
    (Track.TURNOVER, "TUR_LONG_WORKS", "CMP-4.8-l", {"long_works_share_2023": Decimal("0.5001")}),
    (Track.TURNOVER, "TUR_VAT_S33", "CMP-4.8-m", {"vat_s33_exempt_years": frozenset({2022})}),
    (Track.TURNOVER, "TUR_VAT_S33", "CMP-4.8-m", {"vat_s33_exempt_years": frozenset({2023, 2021})}),
    (Track.TURNOVER, "TUR_AGRICULTURE", "CMP-4.8-n", {"sector": Sector.AGRICULTURE}),
    (Track.TURNOVER, "TUR_WAGES_NOT_PAID", "CMP-4.8-o", {"wages_paid_for_absence": False}),
    (Track.AGRICULTURE, "AGR_NO_EMPLOYEES", "CMP-5.4.3-g", {"has_employees": False}),
    (Track.AGRICULTURE, "AGR_NO_EMPLOYEES", "CMP-5.4.3-g", {"withholding_file": False, "employees_before_war": 12}),
    (Track.AGRICULTURE, "AGR_NO_EMPLOYEES", "CMP-5.4.3-g", {"employees_before_war": 0}),
    (
        Track.AGRICULTURE,
        "AGR_CLOSED_BEFORE_ELIGIBILITY_PERIOD",
        "CMP-5.4.3-h",
        {"closure_reported_on": date(2023, 9, 30)},
    ),
    (
        Track.AGRICULTURE,
        "AGR_CLOSED_BEFORE_ELIGIBILITY_PERIOD",
        "CMP-5.4.3-h",
        {"closure_reported_on": date(2023, 8, 31), "reporting": VatReporting.BI_MONTHLY},
    ),
    (Track.AGRICULTURE, "AGR_WAGES_NOT_PAID", "CMP-5.2-a", {"wages_paid_for_absence": False}),
    (Track.EXECUTION_CONTRACTOR, "GEN_WAGES_NOT_PAID", "CMP-2.5-a", {"wages_paid_for_absence": False}),
    (Track.RED, "GEN_WAGES_NOT_PAID", "CMP-2.5-a", {"wages_paid_for_absence": False}),
)
LISTS = ((Track.WAGE, "WAG_", "CMP-3.5"), (Track.TURNOVER, "TUR_", "CMP-4.8"), (Track.AGRICULTURE, "AGR_", "CMP-5.4.3"))
HIT = [
    pytest.param(track, prefix + name, f"{clause}-{letter}", facts, marks=pytest.mark.req(f"{clause}-{letter}"))
    for track, prefix, clause in LISTS
    for name, letter, facts in SHARED
] + [pytest.param(*row, marks=pytest.mark.req(row[2])) for row in OWN]


@pytest.mark.parametrize(("track", "code", "clause", "facts"), HIT)
def test_a_claimant_of_the_list_is_excluded(track, code, clause, facts):
    found = exclusions.hits(track, ClaimantFacts(**facts), from_files())

    assert (Reason(code), clause) in [(finding.code, finding.clause) for finding in found]
    assert all(finding.is_final for finding in found)


@pytest.mark.parametrize("track", [*Track])
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({}, id="nothing named"),
        pytest.param(
            {"is_public_institution_9_2_b": True, "own_income_share": QUARTER, "activity_income_share": QUARTER},
            id="exactly a quarter twice is an eligible public institution",
        ),
        pytest.param({"closure_reported_on": date(2023, 10, 7)}, id="closed on the first day of the period"),
        pytest.param({"vat_reports_missing_of_last_three": 1}, id="one report missing"),
        pytest.param({"vat_reports_missing_of_last_three": 3, "proved_active": True}, id="proved active"),
        pytest.param({"opened_on": date(2023, 9, 30)}, id="opened on the last day counts as active"),
        pytest.param(
            {"vat_reports_missing_of_last_three": 3, "vat_reports_due_of_last_three": 1},
            id="a report that was never due is not missing",
        ),
        pytest.param(
            {"vat_reports_missing_of_last_three": 2, "reporting": VatReporting.NONE}, id="who reports nothing"
        ),
        pytest.param(
            {"long_works_share_2022": Decimal("0.5"), "long_works_share_2023": Decimal("0.5")},
            id="exactly half of the works were long",
        ),
        pytest.param({"vat_s33_exempt_years": frozenset({2021, 2024})}, id="section 33 in other years"),
        pytest.param(
            {"has_absent_employees": False, "wages_paid_for_absence": False}, id="nobody was absent (decision 40)"
        ),
        pytest.param({"employees_before_war": 1}, id="one employee before the war"),
    ],
)
@pytest.mark.req("CMP-2.1-c")
def test_who_is_just_not_of_the_list_is_not_excluded(track, facts):
    assert exclusions.hits(track, ClaimantFacts(**facts), from_files()) == ()


@pytest.mark.req("CMP-5.4.3-h")
def test_the_two_closures_of_agriculture_are_two_rules():
    between = ClaimantFacts(closure_reported_on=date(2023, 10, 1))
    bi_monthly = ClaimantFacts(closure_reported_on=date(2023, 9, 1), reporting=VatReporting.BI_MONTHLY)

    for facts in (between, bi_monthly):
        found = {finding.code for finding in exclusions.hits(Track.AGRICULTURE, facts, from_files())}
        assert found == {Reason.AGR_CLOSED_BEFORE_PERIOD}


@pytest.mark.parametrize("kind", sorted(exclusions.SELF_EMPLOYED))
@pytest.mark.req("CMP-3.1-d")
def test_the_self_employed_need_no_form_102_and_no_wages(kind):
    facts = ClaimantFacts(kind=kind, form_102_filed_2023_10=False, wages_paid_for_absence=False)

    assert exclusions.hits(Track.WAGE, facts, from_files()) == ()


@pytest.mark.req("CMP-2.3-a")
def test_all_hits_are_shown_in_the_order_of_the_instruction():
    facts = ClaimantFacts(is_hmo=True, is_state=True, wages_paid_for_absence=False)

    found = [finding.code for finding in exclusions.hits(Track.TURNOVER, facts, from_files())]

    assert found == [Reason.TUR_STATE, Reason.TUR_HMO, Reason.TUR_WAGES_NOT_PAID]


@pytest.mark.parametrize("track", [Track.WAGE, Track.TURNOVER, Track.AGRICULTURE])
def test_each_exclusion_names_a_fact_that_is_read(track):
    for exclusion in exclusions.EXCLUSIONS[track]:
        assert hasattr(ClaimantFacts(), exclusion.asks)
        assert re.fullmatch(r"CMP-[0-9.]+-[a-z]", exclusion.clause)


@pytest.mark.parametrize(
    ("inputs", "where"),
    [
        ({"is_state": "yes"}, "is_state"),
        ({"is_state": 1}, "is_state"),
        ({"own_income_share": "1.01"}, "own_income_share"),
        ({"own_income_share": "-0.1"}, "own_income_share"),
        ({"own_income_share": "NaN"}, "own_income_share"),
        ({"own_income_share": float("inf")}, "own_income_share"),
        ({"closure_reported_on": "2023-02-30"}, "closure_reported_on"),
        ({"closure_reported_on": "20231006"}, "closure_reported_on"),
        ({"closure_reported_on": 20231006}, "closure_reported_on"),
        ({"vat_reports_missing_of_last_three": 4}, "vat_reports_missing_of_last_three"),
        ({"vat_reports_missing_of_last_three": 1.5}, "vat_reports_missing_of_last_three"),
        ({"vat_reports_missing_of_last_three": True}, "vat_reports_missing_of_last_three"),
        ({"vat_s33_exempt_years": 2023}, "vat_s33_exempt_years"),
        ({"vat_s33_exempt_years": [2023, "two"]}, "vat_s33_exempt_years.1"),
        ({"kind": "nobody"}, "kind"),
        ({"kind": 3}, "kind"),
        ({"sector": ""}, "sector"),
        ({"employees_before_war": "9" * 50}, "employees_before_war"),
    ],
)
def test_a_fact_that_no_rule_can_use_is_refused_with_its_path(inputs, where):
    with pytest.raises(InvalidInput) as refused:
        exclusions.read(Facts(inputs))

    assert refused.value.where == where
