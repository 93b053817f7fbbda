"""The amount of the turnover track, clause by clause of 4.3 to 4.6, through the one entry."""

import pytest

from compensation.rules import engine
from compensation.rules.assessment import Outcome
from compensation.rules.reasons import Reason
from compensation.selectors.shipped import from_files
from crm_portal.facts import InvalidInput
from tests.compensation.rules.facts import merged

PLAIN = {
    "kind": "regular",
    "reporting": "monthly",
    "base": {"gross": 500_000},
    "eligibility": {"gross": 300_000},
    "complement": {"reported_inputs": 3_000_000, "denominator": 6_000_000},
    "wages": {"wage_base": 50_000, "wage_eligibility": 50_000, "annual_wage_2022": 600_000},
}
NEW = {
    "kind": "regular",
    "reporting": "monthly",
    "new_business": {"opened_on": "2023-01-12"},
    "base": {"gross": 720_000},
    "eligibility": {"gross": 25_000},
    "complement": {"reported_inputs": 306_000, "denominator": 688_500},
    "wages": None,
}


def figures(inputs=None, /, **changes):
    """What the engine answers on the plain case with these changes."""
    return engine.assess("turnover", merged(PLAIN if inputs is None else inputs, changes), from_files()).figures


def codes(inputs=None, /, **changes):
    """What it finds."""
    found = engine.assess("turnover", merged(PLAIN if inputs is None else inputs, changes), from_files()).findings
    return [finding.code for finding in found]


@pytest.mark.req("CMP-4.3-a")
def test_a_business_outside_the_area_is_refused_and_one_inside_only_by_half_is_examined():
    assert codes(business_town="תל אביב") == [Reason.TUR_NOT_SPECIAL_AREA]
    answer = engine.assess(
        "turnover", merged(PLAIN, {"business_town": "אשדוד", "registered_town": "תל אביב"}), from_files()
    )
    assert answer.outcome is Outcome.MANUAL_REVIEW
    assert figures(business_town="אשדוד")["amount"] == 115_000


@pytest.mark.req("CMP-4.1-a")
def test_the_damage_is_the_drop_between_the_two_periods_less_the_expenses_saved():
    nothing_saved = figures(complement={"reported_inputs": 0})
    half_saved = figures()

    assert (nothing_saved["drop"], nothing_saved["amount"]) == (200_000, 200_000)
    assert half_saved["amount"] == 115_000  # 200,000 × (1 − 3,000,000 × 0.85 ÷ 6,000,000)


@pytest.mark.req("CMP-4.2-a")
def test_wages_of_absent_employees_must_have_been_paid():
    assert codes(wages_paid_for_absence=False) == [Reason.TUR_WAGES_NOT_PAID]
    assert codes(wages_paid_for_absence=False, has_absent_employees=False) == []


@pytest.mark.req("CMP-4.4-a")
def test_who_changed_the_method_claims_by_two_months_with_the_factor_six():
    changed = figures(reporting_base="monthly", reporting_eligibility="bi_monthly", wages={"wage_eligibility": 30_000})

    assert changed["saved_wages"] == 20_000 * 6 * 1.25


@pytest.mark.req("CMP-4.5-a")
def test_the_cap_is_applied_to_the_rounded_amount():
    just = {"base": {"gross": 4_347_826}, "eligibility": {"gross": 0}}  # × 0.575 = 2,499,999.95

    assert figures(**just)["amount"] == 2_500_000
    assert Reason.TUR_CAP_2500000 not in codes(**just)
    assert figures(base={"gross": 9_000_000})["amount"] == 2_500_000
    assert codes(base={"gross": 9_000_000}) == [Reason.TUR_CAP_2500000]


@pytest.mark.req("CMP-4.6-a")
@pytest.mark.parametrize("gross", [500_000, 600_000])
def test_without_a_drop_there_is_nothing(gross):
    assert figures(eligibility={"gross": gross})["amount"] == 0
    assert codes(eligibility={"gross": gross}) == [Reason.TUR_NO_DROP]


@pytest.mark.req("CMP-4.6-x")
def test_the_rate_is_rounded_before_it_is_multiplied():
    third = {"complement": {"reported_inputs": 6_500_000, "denominator": 12_000_000}}

    assert figures(**third)["amount"] == 107_920  # 200,000 × 53.96%; unrounded it would be 107,917


@pytest.mark.req("CMP-4.6-d")
def test_only_base_reports_received_in_time_count_and_a_new_business_has_no_such_bar():
    reports = [
        {"period": "2022-10", "gross": 400_000, "received_on": "2022-11-15"},
        {"period": "2022-10", "gross": 500_000, "received_on": "2023-10-06"},
        {"period": "2022-10", "gross": 900_000, "received_on": "2023-10-07"},
    ]
    late = [{"period": "2023-09", "gross": 720_000, "received_on": "2023-10-15"}]

    assert figures(base={"gross": None, "reports": reports})["base_turnover"] == 500_000
    assert figures(NEW, base={"gross": None, "reports": late})["base_turnover"] == 90_000
    assert codes(eligibility_reported=False) == [Reason.TUR_PERIOD_NOT_REPORTED]


@pytest.mark.req("CMP-4.6-e")
@pytest.mark.parametrize("name", ["capital_sales", "buyer_reported"])
def test_capital_sales_and_what_the_buyer_reported_are_taken_out_of_both_periods(name):
    answer = figures(base={name: 70_000}, eligibility={name: 50_000})

    assert (answer["base_turnover"], answer["eligibility_turnover"]) == (430_000, 250_000)


@pytest.mark.req("CMP-4.6-f")
def test_the_managers_adjustment_is_signed_and_cannot_make_a_period_negative():
    assert figures(base={"manager_adjustment": -100_000})["drop"] == 100_000
    assert figures(base={"manager_adjustment": 100_000})["drop"] == 300_000
    with pytest.raises(InvalidInput) as refused:
        figures(eligibility={"manager_adjustment": -300_001})
    assert (refused.value.code, refused.value.where) == (
        Reason.TUR_NEUTRALISED_OVER_GROSS,
        "eligibility.manager_adjustment",
    )


@pytest.mark.req("CMP-4.6-g")
def test_sales_to_related_parties_are_neutralised():
    assert figures(base={"related_party_unapproved": 60_000})["base_turnover"] == 440_000


@pytest.mark.req("CMP-4.6-h")
def test_an_exempt_dealers_base_is_the_twelfth_of_a_year():
    exempt = {"kind": "exempt_dealer", "reporting": "none", "wages": None, "eligibility": {"gross": 0}}

    assert figures(**exempt, base={"gross": 104_000})["base_turnover"] == 8_667


@pytest.mark.req("CMP-4.6-i")
def test_only_internal_sales_to_a_member_that_may_claim_are_neutralised():
    answer = figures(
        kind="vat_group_member", base={"group_internal": 100_000, "group_internal_excluded_member": 50_000}
    )

    assert answer["base_turnover"] == 400_000


@pytest.mark.req("CMP-4.6-j")
def test_a_claim_in_the_name_of_several_members_is_refused():
    assert codes(kind="vat_group_member", group_claim=True) == [Reason.TUR_GROUP_CLAIM]


@pytest.mark.req("CMP-4.6-k")
def test_only_branches_in_the_area_are_pooled():
    part = {key: PLAIN[key] for key in ("base", "eligibility", "complement", "wages")}
    branches = [
        {"town": "אשדוד", **part},
        {"town": "אשקלון", **part},
        {"town": "תל אביב", **part},
    ]
    claimant = {"kind": "branches", "reporting": "monthly", "business_town": "תל אביב"}

    answer = engine.assess("turnover", claimant | {"branches": branches}, from_files()).figures

    assert (answer["base_turnover"], answer["eligibility_turnover"]) == (1_000_000, 600_000)
    outside = engine.assess("turnover", claimant | {"branches": branches[2:]}, from_files())
    assert [finding.code for finding in outside.findings] == [Reason.TUR_NOT_SPECIAL_AREA]


@pytest.mark.req("CMP-4.6-w")
def test_one_rate_of_the_pooled_figures_serves_all_branches():
    branches = [
        {
            "base": {"gross": 300},
            "eligibility": {"gross": 100},
            "complement": {"reported_inputs": 0, "denominator": 100},
        },
        {
            "base": {"gross": 300},
            "eligibility": {"gross": 100},
            "complement": {"reported_inputs": 200, "denominator": 300},
        },
    ]

    answer = engine.assess("turnover", {"kind": "branches", "branches": branches}, from_files()).figures

    assert str(answer["complement_applied"]) == "0.5750"  # 1 − 0.85 × 200 ÷ 400


@pytest.mark.req("CMP-4.6-l")
def test_regulation_6z_amounts_are_taken_out_of_both_periods():
    assert figures(base={"reg_6z": 200_000}, eligibility={"reg_6z": 100_000})["drop"] == 100_000


@pytest.mark.req("CMP-4.6-m")
@pytest.mark.req("CMP-4.6-t")
def test_a_public_institutions_expenses_count_in_full():
    epi = figures(kind="eligible_public_institution", base={"gross": 6_000_000})

    assert (epi["base_turnover"], str(epi["complement_computed"])) == (500_000, "0.5000")


@pytest.mark.req("CMP-4.6-o")
@pytest.mark.parametrize("name", ["vat_on_receipt", "receipts_in_following_month"])
def test_cash_basis_asks_for_both_declarations(name):
    assert codes(cash_basis=True) == []
    assert codes(cash_basis=True, **{name: False}) == [Reason.TUR_NOT_CASH_BASIS]


@pytest.mark.req("CMP-4.6-p")
def test_a_new_business_without_a_window_waits_for_the_manager():
    empty = {"reporting": "bi_monthly", "new_business": {"opened_on": "2023-08-10"}}
    answer = engine.assess("turnover", merged(NEW, empty), from_files())

    assert (answer.outcome, answer.amount) == (Outcome.MANUAL_REVIEW, 0)
    assert answer.findings[0].code is Reason.TUR_BASE_UNDEFINED
    assert figures(NEW, **empty, manager_base=125_000, manager_rate="0.5")["amount"] == 50_000


@pytest.mark.req("CMP-4.6-q")
def test_who_opened_in_september_has_a_complement_only_by_the_manager():
    opened = {"new_business": {"opened_on": "2023-09-01"}, "reporting": "bi_monthly", "complement": None}
    answer = engine.assess("turnover", merged(NEW, opened), from_files())

    assert (answer.outcome, answer.amount, answer.figures["drop"]) == (Outcome.MANUAL_REVIEW, 0, 695_000)
    assert answer.findings[0].code is Reason.TUR_COMPLEMENT_UNDEFINED
    assert figures(NEW, **opened, manager_rate="0.4")["amount"] == 278_000


@pytest.mark.req("CMP-4.6-r")
def test_a_regular_complement_is_of_inputs_and_saved_wages():
    answer = figures(wages={"wage_eligibility": 30_000})

    assert str(answer["complement_computed"]) == "0.5250"  # 1 − (0.85 × 3,000,000 + 300,000) ÷ 6,000,000


@pytest.mark.req("CMP-4.6-s")
def test_a_new_business_is_annualised_by_its_months_before_september():
    answer = figures(NEW, wages={"wage_base": 20_000, "wage_eligibility": 8_000})

    assert str(answer["complement_computed"]) == "0.4556"


@pytest.mark.req("CMP-4.6-u")
def test_an_exempt_dealer_has_no_wage_part():
    exempt = {"kind": "exempt_dealer", "reporting": "none", "base": {"gross": 120_000}, "eligibility": {"gross": 0}}
    answer = figures(**exempt, wages={"wage_eligibility": 0})

    assert (answer["saved_wages"], str(answer["complement_computed"])) == (0, "0.5750")


@pytest.mark.req("CMP-4.6-v")
def test_a_group_members_complement_is_of_its_own_figures_without_equipment():
    answer = figures(
        kind="vat_group_member",
        base={"group_internal": 100_000},
        complement={"equipment_inputs": 600_000},
    )

    assert str(answer["complement_computed"]) == "0.6600"


@pytest.mark.req("CMP-4.6-y")
def test_current_inputs_are_put_together_and_tax_in_their_place_is_noticed():
    answer = figures(
        complement={
            "equipment_inputs": 200_000,
            "zero_rated_inputs": 150_000,
            "s131_expenses": 50_000,
            "related_party_inputs_unapproved": 1_000_000,
        }
    )

    assert str(answer["complement_computed"]) == "0.7167"  # 1 − 0.85 × 2,000,000 ÷ 6,000,000
    for vat_file, expected in ((20_000_000, True), (17_647_059, True), (15_789_474, True), (15_000_000, False)):
        found = Reason.TUR_INPUTS_LOOK_LIKE_TAX in codes(complement={"vat_file_inputs": vat_file})
        assert found is expected, vat_file


@pytest.mark.req("CMP-4.6-z")
def test_saved_wages_are_net_of_refunds_in_both_periods_and_bounded_by_the_payroll():
    wages = {"wage_base": 60_000, "reserve_refund_base": 10_000, "wage_eligibility": 30_000}

    assert figures(wages=wages)["saved_wages"] == 20_000 * 15
    assert figures(wages=wages | {"reserve_refund_eligibility": 25_000})["saved_wages"] == 45_000 * 15
    assert figures(wages=wages | {"annual_wage_2022": 200_000})["saved_wages"] == 250_000
    unbounded = engine.assess("turnover", merged(PLAIN, {"wages": wages | {"annual_wage_2022": None}}), from_files())
    assert unbounded.outcome is Outcome.MANUAL_REVIEW


@pytest.mark.req("CMP-4.6-aa")
def test_tips_are_set_off_after_the_payroll_cap_without_the_employers_costs():
    tips = {"wage_eligibility": 0, "annual_wage_2022": 400_000, "tips_base": 10_000, "tips_eligibility": 2_000}

    assert figures(wages=tips)["saved_wages"] == 500_000 - 8_000 * 12
    assert figures(wages=tips | {"tips_base": 100_000})["saved_wages"] == 0


@pytest.mark.req("CMP-4.6-ab")
def test_a_half_years_wages_are_of_a_month_or_of_two():
    half = {"wage_eligibility": 120_000, "reserve_refund_eligibility": 60_000}

    assert figures(flags=["half_year_withholding"], wages=half)["saved_wages"] == 40_000 * 15
    bi_monthly = figures(reporting="bi_monthly", wages=half | {"half_year_divisor": 3})
    assert bi_monthly["saved_wages"] == 30_000 * 7.5
    for divisor in (3, 0, "4"):
        with pytest.raises(InvalidInput) as refused:
            figures(wages=half | {"half_year_divisor": divisor})
        assert refused.value.where == "wages.half_year_divisor"


@pytest.mark.req("CMP-4.6-ac")
def test_a_managers_rate_overrides_the_computed_one_and_the_sectors_ceiling():
    assert figures(sector="fuel", manager_rate="0.9")["amount"] == 180_000
    for rate in ("1.0001", "-0.1", "0.55555", "x"):
        with pytest.raises(InvalidInput) as refused:
            figures(manager_rate=rate)
        assert (refused.value.code, refused.value.where) == (Reason.TUR_BAD_RATE, "manager_rate")


@pytest.mark.parametrize(
    ("sector", "ceiling"),
    [
        pytest.param("fuel", "0.0750", marks=pytest.mark.req("CMP-4.6-ad")),
        pytest.param("manpower", "0.1200", marks=pytest.mark.req("CMP-4.6-ae")),
    ],
)
def test_a_sectors_ceiling_cuts_and_never_raises(sector, ceiling):
    assert str(figures(sector=sector)["complement_applied"]) == ceiling
    low = figures(sector=sector, complement={"reported_inputs": 6_800_000})
    assert str(low["complement_applied"]) == "0.0367"


@pytest.mark.req("CMP-4.6-af")
def test_a_complement_that_is_not_positive_gives_nothing():
    answer = figures(complement={"reported_inputs": 8_000_000})

    assert (str(answer["complement_computed"]), str(answer["complement_applied"])) == ("-0.1333", "0.0000")
    assert answer["reason"] is Reason.TUR_COMPLEMENT_ZERO


@pytest.mark.req("CMP-4.6-ai")
def test_a_kibbutz_is_computed_as_a_regular_claimant():
    assert figures(kind="kibbutz") == figures()


@pytest.mark.req("CMP-4.6-ag")
def test_every_value_of_the_instructions_example_is_a_step_of_its_own():
    example = {
        "base": {"gross": 1_120_000},
        "eligibility": {"gross": 360_000},
        "complement": {"reported_inputs": 6_500_000, "denominator": 12_000_000},
        "wages": {
            "wage_base": 100_000,
            "wage_eligibility": 40_000,
            "reserve_refund_eligibility": 25_000,
            "annual_wage_2022": 1_200_000,
        },
    }
    answer = engine.assess("turnover", example, from_files())

    values = {step.key: step.value for step in answer.steps}
    assert values["tur_drop"] == 760_000
    assert values["tur_wages_eligibility"] == 15_000
    assert values["tur_saved_wages"] == 1_275_000
    assert str(values["tur_rate"]) == "0.4333"
    assert values["tur_amount"] == 329_308
    assert all(step.clause for step in answer.steps)


@pytest.mark.req("CMP-4.6-f")
def test_red_flags_advise_and_decide_nothing():
    months = {f"{year}-{month:02}": 500_000 for year in (2021, 2022, 2023) for month in range(1, 13)}
    dropped = months | {"2023-07": 300_000, "2023-08": 390_000, "2023-09": 500_000}  # 1,190,000 of 1,500,000
    exactly = dropped | {"2023-07": 310_000}

    assert codes(monthly_turnovers=months) == []
    assert codes(monthly_turnovers=dropped) == [Reason.TUR_EARLIER_DROP]
    assert codes(monthly_turnovers=exactly) == []
    assert codes(monthly_turnovers=months, eligibility={"gross": 249_999}) == [Reason.TUR_UNUSUAL_TURNOVER]
    assert codes(monthly_turnovers=months, eligibility={"gross": 250_000}) == []
    flagged = engine.assess("turnover", merged(PLAIN, {"monthly_turnovers": dropped}), from_files())
    assert (flagged.outcome, flagged.amount) == (Outcome.COMPUTED, 115_000)
