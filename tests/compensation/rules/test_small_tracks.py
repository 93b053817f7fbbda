"""Agriculture (5), the execution contractor (6), the top-up of note 5 (2.6) and red (7.1, 7.2)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation import labels
from compensation.rules import engine
from compensation.rules.assessment import Outcome
from compensation.rules.codes import ClaimState
from compensation.rules.reasons import Reason
from compensation.selectors.shipped import from_files
from crm_portal.errors import Code
from crm_portal.facts import InvalidInput

CAP = Decimal(3_000_000)
ASHDOD, SDEROT, TEL_AVIV, OFAKIM = "אשדוד", "שדרות", "תל אביב", "אופקים"
MONEY = st.decimals(min_value=0, max_value=10**10, places=2)
RATE = st.decimals(min_value=0, max_value=1, places=4)


def assess(track, **inputs):
    return engine.assess(track, inputs, from_files())


def field(town, dunams="10.25"):
    return {"town": town, "dunams": dunams}


def invalid(track, **inputs):
    with pytest.raises(InvalidInput) as refused:
        assess(track, **inputs)
    return refused.value.code, refused.value.where


# Agriculture


@pytest.mark.req("CMP-5.1-a")
@pytest.mark.parametrize(
    ("towns", "reason"),
    [
        ([ASHDOD], None),  # the second schedule
        (["נהריה"], None),  # the fourth
        ([OFAKIM], None),  # the third
        ([TEL_AVIV, ASHDOD], None),
        ([TEL_AVIV], Reason.AGR_FIELDS_NOT_IN_AREA),
        (["עין גב"], Reason.AGR_FIELDS_NOT_IN_AREA),  # annex E is no schedule
    ],
)
def test_the_fields_decide(towns, reason):
    assert assess("agriculture", fields=[field(town) for town in towns]).figures["reason"] is reason


@pytest.mark.req("CMP-5.1-a")
def test_fields_inside_and_a_business_outside_are_examined_by_hand():
    found = assess("agriculture", field_workers=2, fields=[field(ASHDOD)], business_town=TEL_AVIV)

    assert found.outcome is Outcome.MANUAL_REVIEW
    assert found.figures["reason"] is Reason.GEN_LOCATION_REGISTRATION_MISMATCH
    assert found.amount == 2 * 12_844


@pytest.mark.req("CMP-5.2-a")
def test_a_farm_that_paid_no_wages_is_refused():
    assert assess("agriculture", wages_paid_for_absence=False).figures["reason"] is Reason.AGR_WAGES_NOT_PAID


@pytest.mark.req("CMP-5.2-b")
@pytest.mark.parametrize(
    ("town", "reason"),
    [
        (SDEROT, Reason.AGR_RED_FILED),  # third and evacuated
        (OFAKIM, Reason.AGR_RED_FILED),  # third
        ("נהריה", Reason.AGR_RED_FILED),  # fourth
        (ASHDOD, None),  # the second schedule has no red track
    ],
)
def test_a_farm_of_the_third_or_fourth_schedule_that_filed_red_may_not_file_here(town, reason):
    assert assess("agriculture", red_claim_filed=True, business_town=town).figures["reason"] is reason


@pytest.mark.req("CMP-5.2-c")
@pytest.mark.parametrize(
    "filed",
    [
        {"other_track_filed": "wage"},
        {"other_track_filed": "turnover"},
        {"other_track_filed": "execution_contractor"},
        {"aid_plan_claim_filed": True},
    ],
)
def test_a_farm_that_filed_another_track_is_refused(filed):
    assert assess("agriculture", **filed).figures["reason"] is Reason.AGR_OTHER_TRACK_FILED
    assert assess("agriculture", other_track_filed="agriculture").figures["allowed"] is True


@pytest.mark.req("CMP-5.3-a")
@pytest.mark.parametrize(
    ("workers", "amount", "reason"),
    [
        (1, 12_844, None),
        (233, 2_992_652, None),
        (234, 3_000_000, Reason.AGR_CAP_3000000),
        (5_000, 3_000_000, Reason.AGR_CAP_3000000),
    ],
)
def test_a_sum_for_each_worker_up_to_the_cap(workers, amount, reason):
    found = assess("agriculture", field_workers=workers)

    assert (found.amount, found.figures["reason"]) == (amount, reason)


@pytest.mark.req("CMP-5.3-a")
@pytest.mark.parametrize("workers", [0, -1, 5_001, 1.5, "two", True, "NaN"])
def test_heads_are_whole_and_bounded(workers):
    assert invalid("agriculture", field_workers=workers) == (Reason.AGR_BAD_COUNT, "field_workers")


@pytest.mark.req("CMP-5.3-b")
def test_only_workers_of_fields_in_the_area_count_and_nobody_twice():
    workers = [{"id": "1", "field_town": ASHDOD}, {"id": "2", "field_town": TEL_AVIV}, {"id": "3"}]

    assert assess("agriculture", workers=workers).amount == 2 * 12_844
    assert invalid("agriculture", workers=[*workers, {"id": "1"}]) == (Reason.AGR_BAD_COUNT, "workers.3.id")


@pytest.mark.req("CMP-5.3-b")
def test_no_more_workers_count_than_were_on_the_payroll_before_the_war():
    assert assess("agriculture", field_workers=12, employees_before_war=12).amount == 12 * 12_844
    assert invalid("agriculture", field_workers=13, employees_before_war=12)[0] is Reason.AGR_BAD_COUNT


@pytest.mark.req("CMP-5.4.2-a")
@pytest.mark.parametrize("dunams", ["0", "-3", "1.005", "many"])
def test_a_field_has_a_size_of_two_decimals(dunams):
    assert invalid("agriculture", fields=[field(ASHDOD, dunams)]) == (Code.INVALID_VALUE, "fields.0.dunams")


@given(st.integers(1, 4_999))
def test_agriculture_never_exceeds_its_cap_and_grows_with_the_workers(workers):
    fewer, more = (assess("agriculture", field_workers=n).amount for n in (workers, workers + 1))

    assert 0 < fewer <= more <= CAP


# The execution contractor


@pytest.mark.req("CMP-6.1-a")
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"business_town": TEL_AVIV}, Reason.CON_NOT_SPECIAL_AREA),
        ({"business_town": ASHDOD, "is_execution_contractor": False}, Reason.CON_NOT_CONTRACTOR),
        ({"business_town": ASHDOD}, None),
        ({"business_town": ASHDOD, "registered_town": TEL_AVIV}, Reason.GEN_LOCATION_REGISTRATION_MISMATCH),
    ],
)
def test_a_contractor_of_the_special_area_alone_may_claim(facts, reason):
    assert assess("execution_contractor", fixed_costs="1", **facts).figures["reason"] is reason


@pytest.mark.req("CMP-2.5-a")
@pytest.mark.parametrize("track", ["execution_contractor", "red"])
def test_wages_to_absent_employees_are_a_precondition(track):
    assert assess(track, wages_paid_for_absence=False).figures["reason"] is Reason.GEN_WAGES_NOT_PAID
    assert assess(track, wages_paid_for_absence=False, has_absent_employees=False).figures["allowed"] is True


@pytest.mark.req("CMP-6.1-b")
def test_the_part_of_the_wage_is_rounded_before_it_is_added():
    found = assess("execution_contractor", fixed_costs="100", eligible_wage="12345", drop_rate="0.3333")

    assert (found.figures["eligible_wage_part"], found.amount) == (3_086, 3_186)
    assert [step.clause for step in found.steps] == ["6.1"] * 4


@pytest.mark.req("CMP-6.1-c")
@pytest.mark.parametrize(("costs", "reason"), [("2500000", None), ("2500001", Reason.CON_CAP_2500000)])
def test_the_cap_is_named_when_it_cuts(costs, reason):
    found = assess("execution_contractor", fixed_costs=costs)

    assert (found.amount, found.figures["reason"]) == (2_500_000, reason)


@given(MONEY, MONEY, RATE)
def test_a_contractor_gets_no_more_than_the_cap_and_the_parts_sum_to_the_whole(costs, wage, rate):
    found = assess("execution_contractor", fixed_costs=costs, eligible_wage=wage, drop_rate=rate)

    assert 0 <= found.amount <= 2_500_000
    assert abs(found.figures["amount_before_cap"] - costs - found.figures["eligible_wage_part"]) <= Decimal("0.5")


# The top-up


@pytest.mark.req("CMP-2.6-l")
def test_the_top_up_is_what_the_aid_plan_left_of_the_full_wage():
    found = assess("fixed_costs", employee_town=SDEROT, wage_paid_for_absence_days="9100", drop_rate="0.4")

    assert (found.figures["eligible_wage_part_already_paid"], found.amount) == (2_730, 6_370)


@pytest.mark.req("CMP-2.6-l")
def test_only_a_resident_of_an_evacuated_town_gets_a_top_up():
    found = assess("fixed_costs", employee_town=ASHDOD, wage_paid_for_absence_days="9100", drop_rate="0.4")

    assert (found.outcome, found.figures["reason"]) == (Outcome.REFUSED, Reason.WAG_NOT_RESIDENT)


@pytest.mark.req("CMP-2.6-m")
def test_the_top_up_waits_for_the_aid_plan_claim_and_counts_no_rate_when_that_was_rejected():
    wage = {"wage_paid_for_absence_days": "9100"}

    assert assess("fixed_costs", aid_plan_claim="pending", **wage).figures["state"] is ClaimState.DETAILS_REQUESTED
    assert assess("fixed_costs", aid_plan_claim="rejected", drop_rate="0.9", **wage).amount == 9_100
    assert invalid("fixed_costs", **wage) == (Code.FIELD_REQUIRED, "drop_rate")


@given(MONEY, RATE)
def test_what_was_paid_and_the_top_up_sum_to_the_wage(wage, rate):
    found = assess("fixed_costs", wage_paid_for_absence_days=wage, drop_rate=rate)

    assert found.amount >= 0
    assert abs(found.amount + found.figures["eligible_wage_part_already_paid"] - wage) <= Decimal("0.5")


# Red


@pytest.mark.req("CMP-7.1-a")
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"business_town": SDEROT}, None),  # evacuated
        ({"business_town": "נהריה"}, None),  # the fourth schedule
        ({"business_town": ASHDOD}, Reason.RED_NOT_BORDER_SETTLEMENT),
        ({"business_town": TEL_AVIV}, Reason.RED_NOT_BORDER_SETTLEMENT),
        ({"business_town": ASHDOD, "agriculture_in_third_schedule": True}, None),
    ],
)
def test_red_is_for_border_settlements(facts, reason):
    assert assess("red", **facts).figures["reason"] is reason


@pytest.mark.req("CMP-2.6-d")
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"sector": "general"}, Reason.RED_THIRD_SCHEDULE_NOT_AGRICULTURE),
        ({"sector": "agriculture"}, None),
        ({"agriculture_in_third_schedule": False}, Reason.RED_THIRD_SCHEDULE_NOT_AGRICULTURE),
        ({"fields": [field(OFAKIM)]}, None),
        ({"fields": [field(ASHDOD)]}, Reason.RED_THIRD_SCHEDULE_NOT_AGRICULTURE),
    ],
)
def test_red_in_the_third_schedule_is_for_growing_fields(facts, reason):
    assert assess("red", business_town=OFAKIM, **facts).figures["reason"] is reason


@pytest.mark.req("CMP-annexE-a")
def test_a_red_claim_of_a_town_of_annex_e_alone_is_examined_by_hand():
    found = assess("red", business_town="עין גב", manager_determined="5000")

    assert (found.outcome, found.amount) == (Outcome.MANUAL_REVIEW, 5_000)


@pytest.mark.req("CMP-2.6-h")
@pytest.mark.parametrize(
    ("advance", "green", "reason"),
    [(True, True, Reason.RED_ADVANCE_THEN_GREEN), (True, False, None), (False, True, None)],
)
def test_after_an_advance_and_a_green_claim_there_is_no_way_to_red(advance, green, reason):
    found = assess("red", business_town=SDEROT, pre_claim_advance_paid=advance, green_claim_filed=green)

    assert found.figures["reason"] is reason


@pytest.mark.req("CMP-7.1-b")
def test_red_has_no_formula_and_no_amount_before_the_manager_determined_one():
    assert "amount" not in assess("red", business_town=SDEROT).figures
    assert assess("red", business_town=SDEROT, manager_determined="77").amount == 77


@pytest.mark.req("CMP-7.2-a")
@pytest.mark.parametrize(
    ("facts", "amount", "reason"),
    [
        ({"fields": [field(OFAKIM)]}, 3_000_000, Reason.RED_AGR_CAP_3000000),
        ({"fields": [field(SDEROT)]}, 3_000_000, Reason.RED_AGR_CAP_3000000),  # evacuated, and in the third schedule
        ({"fields": [field("נהריה")]}, 3_450_000, None),
        ({}, 3_450_000, None),
    ],
)
def test_only_growing_fields_of_the_third_schedule_have_a_cap(facts, amount, reason):
    found = assess("red", business_town=SDEROT, manager_determined="3450000", **facts)

    assert (found.amount, found.figures["reason"]) == (amount, reason)


def test_every_step_has_words():
    cases = (
        ("agriculture", {"field_workers": 3}),
        ("execution_contractor", {"fixed_costs": "1"}),
        ("fixed_costs", {"wage_paid_for_absence_days": "1", "drop_rate": "1"}),
        ("red", {"manager_determined": "9", "agriculture_in_third_schedule": True}),
    )
    for track, inputs in cases:
        assert {step.key for step in assess(track, **inputs).steps} <= set(labels.STEP)
