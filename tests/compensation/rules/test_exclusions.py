"""Who gets no compensation: each line of 3.5, 4.8 and 5.4.3 with its boundary, and 2.5 for the other tracks."""

import re
from datetime import date
from decimal import Decimal

import pytest

from compensation.rules import exclusions
from compensation.rules.codes import ClaimantKind, Sector, Track, VatReporting
from compensation.rules.exclusions import ClaimantFacts
from compensation.rules.reading import Facts
from compensation.rules.reasons import Reason
from compensation.selectors.shipped import from_files
from crm_portal.facts import InvalidInput

QUARTER, LESS = Decimal("0.25"), Decimal("0.2499")


def hit(track, facts):
    found = exclusions.hits(track, ClaimantFacts(**facts), from_files())
    assert all(finding.is_final for finding in found)
    return {(finding.code.value, finding.clause) for finding in found}


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        pytest.param("WAG_STATE", {"is_state": True}, marks=pytest.mark.req("CMP-3.5-a")),
        pytest.param(
            "WAG_BUDGETED_BODY", {"is_budgeted_body_or_health_corporation": True}, marks=pytest.mark.req("CMP-3.5-b")
        ),
        pytest.param("WAG_HMO", {"is_hmo": True}, marks=pytest.mark.req("CMP-3.5-c")),
        pytest.param(
            "WAG_PUBLIC_INSTITUTION",
            {"is_public_institution_9_2_b": True, "own_income_share": LESS},
            marks=pytest.mark.req("CMP-3.5-d"),
        ),
        pytest.param(
            "WAG_PUBLIC_INSTITUTION",
            {"is_public_institution_9_2_b": True, "activity_income_share": LESS},
            marks=pytest.mark.req("CMP-3.5-d"),
        ),
        pytest.param(
            "WAG_PUBLIC_INSTITUTION",
            {"kind": ClaimantKind.EPI, "activity_income_share": LESS},
            marks=pytest.mark.req("CMP-3.5-d"),
        ),
        pytest.param(
            "WAG_CLOSED_BEFORE_PERIOD", {"closure_reported_on": date(2023, 10, 6)}, marks=pytest.mark.req("CMP-3.5-e")
        ),
        pytest.param("WAG_INACTIVE", {"vat_reports_missing_of_last_three": 2}, marks=pytest.mark.req("CMP-3.5-f")),
        pytest.param(
            "WAG_INACTIVE", {"opened_on": date(2023, 10, 1), "proved_active": True}, marks=pytest.mark.req("CMP-3.5-f")
        ),
        pytest.param("WAG_NO_FORM_102_2023_10", {"form_102_filed_2023_10": False}, marks=pytest.mark.req("CMP-3.5-g")),
        pytest.param("WAG_WAGES_NOT_PAID", {"wages_paid_for_absence": False}, marks=pytest.mark.req("CMP-3.5-h")),
    ],
)
def test_the_wage_track_excludes(code, facts, request):
    clause = request.node.get_closest_marker("req").args[0]

    assert (code, clause) in hit(Track.WAGE, facts)


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        pytest.param("TUR_STATE", {"is_state": True}, marks=pytest.mark.req("CMP-4.8-a")),
        pytest.param(
            "TUR_BUDGETED_BODY", {"is_budgeted_body_or_health_corporation": True}, marks=pytest.mark.req("CMP-4.8-b")
        ),
        pytest.param("TUR_HMO", {"is_hmo": True}, marks=pytest.mark.req("CMP-4.8-c")),
        pytest.param(
            "TUR_PUBLIC_INSTITUTION",
            {"is_public_institution_9_2_b": True, "own_income_share": LESS},
            marks=pytest.mark.req("CMP-4.8-d"),
        ),
        pytest.param(
            "TUR_PUBLIC_INSTITUTION",
            {"is_public_institution_9_2_b": True, "activity_income_share": LESS},
            marks=pytest.mark.req("CMP-4.8-d"),
        ),
        pytest.param(
            "TUR_PUBLIC_INSTITUTION",
            {"kind": ClaimantKind.EPI, "activity_income_share": LESS},
            marks=pytest.mark.req("CMP-4.8-d"),
        ),
        pytest.param(
            "TUR_CLOSED_BEFORE_PERIOD", {"closure_reported_on": date(2023, 10, 6)}, marks=pytest.mark.req("CMP-4.8-e")
        ),
        pytest.param("TUR_INACTIVE", {"vat_reports_missing_of_last_three": 2}, marks=pytest.mark.req("CMP-4.8-f")),
        pytest.param(
            "TUR_INACTIVE", {"opened_on": date(2023, 10, 1), "proved_active": True}, marks=pytest.mark.req("CMP-4.8-f")
        ),
        pytest.param(
            "TUR_FINANCIAL_INSTITUTION", {"is_financial_institution": True}, marks=pytest.mark.req("CMP-4.8-g")
        ),
        pytest.param("TUR_PROVIDENT_FUND", {"is_provident_fund": True}, marks=pytest.mark.req("CMP-4.8-h")),
        pytest.param("TUR_MUTUAL_FUND", {"is_mutual_fund": True}, marks=pytest.mark.req("CMP-4.8-i")),
        pytest.param(
            "TUR_STOCK_EXCHANGE_MEMBER", {"is_stock_exchange_member": True}, marks=pytest.mark.req("CMP-4.8-j")
        ),
        pytest.param(
            "TUR_REAL_ESTATE_INVENTORY", {"sells_real_estate_inventory": True}, marks=pytest.mark.req("CMP-4.8-k")
        ),
        pytest.param(
            "TUR_LONG_WORKS", {"long_works_share_2022": Decimal("0.5001")}, marks=pytest.mark.req("CMP-4.8-l")
        ),
        pytest.param(
            "TUR_LONG_WORKS", {"long_works_share_2023": Decimal("0.5001")}, marks=pytest.mark.req("CMP-4.8-l")
        ),
        pytest.param("TUR_VAT_S33", {"vat_s33_exempt_years": frozenset({2022})}, marks=pytest.mark.req("CMP-4.8-m")),
        pytest.param(
            "TUR_VAT_S33", {"vat_s33_exempt_years": frozenset({2021, 2023})}, marks=pytest.mark.req("CMP-4.8-m")
        ),
        pytest.param("TUR_AGRICULTURE", {"sector": Sector.AGRICULTURE}, marks=pytest.mark.req("CMP-4.8-n")),
        pytest.param("TUR_WAGES_NOT_PAID", {"wages_paid_for_absence": False}, marks=pytest.mark.req("CMP-4.8-o")),
    ],
)
def test_the_turnover_track_excludes(code, facts, request):
    clause = request.node.get_closest_marker("req").args[0]

    assert (code, clause) in hit(Track.TURNOVER, facts)


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        pytest.param("AGR_STATE", {"is_state": True}, marks=pytest.mark.req("CMP-5.4.3-a")),
        pytest.param(
            "AGR_BUDGETED_BODY", {"is_budgeted_body_or_health_corporation": True}, marks=pytest.mark.req("CMP-5.4.3-b")
        ),
        pytest.param("AGR_HMO", {"is_hmo": True}, marks=pytest.mark.req("CMP-5.4.3-c")),
        pytest.param(
            "AGR_PUBLIC_INSTITUTION",
            {"is_public_institution_9_2_b": True, "own_income_share": LESS},
            marks=pytest.mark.req("CMP-5.4.3-d"),
        ),
        pytest.param(
            "AGR_PUBLIC_INSTITUTION",
            {"is_public_institution_9_2_b": True, "activity_income_share": LESS},
            marks=pytest.mark.req("CMP-5.4.3-d"),
        ),
        pytest.param(
            "AGR_PUBLIC_INSTITUTION",
            {"kind": ClaimantKind.EPI, "activity_income_share": LESS},
            marks=pytest.mark.req("CMP-5.4.3-d"),
        ),
        pytest.param(
            "AGR_CLOSED_BEFORE_PERIOD", {"closure_reported_on": date(2023, 10, 6)}, marks=pytest.mark.req("CMP-5.4.3-e")
        ),
        pytest.param("AGR_INACTIVE", {"vat_reports_missing_of_last_three": 2}, marks=pytest.mark.req("CMP-5.4.3-f")),
        pytest.param(
            "AGR_INACTIVE",
            {"opened_on": date(2023, 10, 1), "proved_active": True},
            marks=pytest.mark.req("CMP-5.4.3-f"),
        ),
        pytest.param("AGR_NO_EMPLOYEES", {"has_employees": False}, marks=pytest.mark.req("CMP-5.4.3-g")),
        pytest.param(
            "AGR_NO_EMPLOYEES",
            {"withholding_file": False, "employees_before_war": 12},
            marks=pytest.mark.req("CMP-5.4.3-g"),
        ),
        pytest.param("AGR_NO_EMPLOYEES", {"employees_before_war": 0}, marks=pytest.mark.req("CMP-5.4.3-g")),
        pytest.param(
            "AGR_CLOSED_BEFORE_ELIGIBILITY_PERIOD",
            {"closure_reported_on": date(2023, 9, 30)},
            marks=pytest.mark.req("CMP-5.4.3-h"),
        ),
        pytest.param(
            "AGR_CLOSED_BEFORE_ELIGIBILITY_PERIOD",
            {"closure_reported_on": date(2023, 8, 31), "reporting": VatReporting.BI_MONTHLY},
            marks=pytest.mark.req("CMP-5.4.3-h"),
        ),
        pytest.param("AGR_WAGES_NOT_PAID", {"wages_paid_for_absence": False}, marks=pytest.mark.req("CMP-5.2-a")),
    ],
)
def test_agriculture_excludes(code, facts, request):
    clause = request.node.get_closest_marker("req").args[0]

    assert (code, clause) in hit(Track.AGRICULTURE, facts)


@pytest.mark.req("CMP-2.5-a")
@pytest.mark.parametrize("track", [Track.EXECUTION_CONTRACTOR, Track.RED])
def test_the_tracks_without_a_code_of_their_own_report_the_general_one(track):
    assert hit(track, {"wages_paid_for_absence": False}) == {("GEN_WAGES_NOT_PAID", "CMP-2.5-a")}


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
