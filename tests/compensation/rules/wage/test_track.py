"""Absence days, grounds and amounts of the wage track, clause by clause of 3.1 to 3.4.2."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.rules import engine
from compensation.rules.assessment import Outcome
from compensation.rules.codes import AbsenceGround
from compensation.rules.reasons import Reason
from compensation.rules.wage import grounds
from compensation.selectors.shipped import from_files
from crm_portal.facts import InvalidInput

PROGRAMME = from_files()
SUNDAY = "2023-10-15"


def assess(**inputs):
    return engine.assess("wage", inputs, PROGRAMME)


def of_days(*days, employee=None, **case):
    """A claim of one employee with these days, each of eight hours of eight unless it says otherwise."""
    rows = [{"absent_hours": "8"} | day for day in days]
    return assess(employees=[{"full_time_daily_hours": 8, "days": rows} | (employee or {})], **case)


def reason(**facts):
    """The first code of a single day."""
    return assess(**facts).figures["reason"]


@pytest.mark.req("CMP-3.1-a")
def test_an_employer_gets_for_employees_absent_wholly_or_partly_in_the_period_on_a_ground():
    assert of_days({"date": SUNDAY, "ground": "CHILDCARE"}).amount == 520
    assert of_days({"date": SUNDAY, "ground": "CHILDCARE", "absent_hours": "4"}).amount == 260
    assert of_days({"date": "2023-11-01", "ground": "CHILDCARE"}).amount == 0


@pytest.mark.req("CMP-3.1-b")
def test_a_self_employed_person_of_an_institution_has_its_closure_as_only_ground():
    edu = {"kind": "self_employed_edu", "form_102_filed_2023_10": False, "wages_paid_for_absence": False}

    assert assess(**edu, ground="EDU_INSTITUTION_CLOSED").figures["counted"] is True
    assert reason(**edu, ground="CHILDCARE") is Reason.WAG_NO_GROUND
    assert assess(**edu, business_town="תל אביב", ground="EDU_INSTITUTION_CLOSED").outcome is Outcome.REFUSED


@pytest.mark.req("CMP-3.1-c")
def test_a_self_employed_resident_may_have_any_ground_outside_when_turnover_was_harmed():
    resident = {
        "kind": "self_employed_resident",
        "business_town": "תל אביב",
        "town": "אשדוד",
        "ground": "GATHERING_BAN",
    }

    assert assess(**resident).figures["counted"] is True
    assert reason(**resident, turnover_harmed=False) is Reason.WAG_SELF_EMPLOYED_NO_TURNOVER_HARM


@pytest.mark.req("CMP-3.1-d")
def test_wages_must_have_been_paid_except_to_members_and_the_self_employed():
    with pytest.raises(InvalidInput) as refused:
        of_days({}, employee={"wage_paid": 0})
    assert (refused.value.code, refused.value.where) == (Reason.WAG_WAGES_NOT_PAID, "employees.0.wage_paid")
    assert of_days({}, employee={"wage_paid": 0, "role": "MEMBER"}, kind="kibbutz").amount == 520
    assert of_days({}, employee={"wage_paid": 0}, kind="self_employed_edu").amount == 520


@pytest.mark.req("CMP-3.2-a")
def test_a_full_day_is_worth_520():
    assert of_days({"repeat": 3}).amount == 1560


@pytest.mark.req("CMP-3.2.1-a")
@pytest.mark.parametrize(
    ("on", "amount"), [("2023-10-06", 0), ("2023-10-08", 520), ("2023-10-31", 520), ("2023-11-01", 0)]
)
def test_only_dates_of_the_determining_period_count(on, amount):
    answer = of_days({"date": on}, employee={"usually_works_rest_days": True})

    assert answer.amount == amount
    assert (Reason.WAG_OUT_OF_PERIOD in [finding.code for finding in answer.findings]) is (amount == 0)


@pytest.mark.req("CMP-3.2.1-b")
@pytest.mark.parametrize("on", ["2023-10-07", "2023-10-13", "2023-10-14"])
def test_rest_days_count_only_for_who_usually_works_on_them(on):
    assert of_days({"date": on}).amount == 0
    assert of_days({"date": on}).figures["not_counted"][0]["reason"] == "REST_DAY"
    assert of_days({"date": on}, employee={"usually_works_rest_days": True}).amount == 520


@pytest.mark.req("CMP-3.2.1-b")
def test_a_range_of_dates_leaves_out_the_weekend_in_it():
    assert of_days({"date": "2023-10-11", "repeat": 5}).amount == 3 * 520  # Wednesday to Sunday


@pytest.mark.req("CMP-3.2.1-c")
@pytest.mark.req("CMP-3.3.1-c")
def test_a_part_time_employees_hours_bound_the_day():
    assert of_days({}, employee={"scheduled_hours": 6}).amount == 390


@pytest.mark.req("CMP-3.2.1-d")
def test_a_day_worked_from_home_is_no_absence():
    assert of_days({"reason_not_counted": "REMOTE_WORK"}).amount == 0


@pytest.mark.req("CMP-3.2.1-e")
def test_a_date_counts_once_and_two_claimants_share_one_day():
    twice = of_days({"date": SUNDAY}, {"date": SUNDAY})

    assert (twice.amount, twice.findings[0].code, twice.findings[0].where) == (
        520,
        Reason.WAG_DUPLICATE_DAY,
        "employees.0.days.1",
    )
    assert of_days({"absent_hours": 3, "hours_claimed_elsewhere": 5}).amount == 195
    assert reason(absent_hours=3, hours_claimed_elsewhere=6) is Reason.WAG_DUPLICATE_DAY


@pytest.mark.req("CMP-3.2.2-a")
def test_an_evacuated_employee_needs_no_further_condition():
    childcare = {"ground": "CHILDCARE", "spouse_absent_same_day": True, "framework_at_workplace": True}

    assert assess(town="שדרות", **childcare).figures["counted"] is True
    assert reason(town="אשדוד", **childcare) is Reason.WAG_FRAMEWORK_AT_WORK
    assert reason(town="אשדוד", ground="EVACUATED_RESIDENCE") is Reason.WAG_NO_GROUND


@pytest.mark.req("CMP-3.2.2-b")
def test_who_lives_outside_the_area_is_not_compensated():
    assert reason(town="תל אביב", ground="CHILDCARE") is Reason.WAG_NOT_RESIDENT


@pytest.mark.req("CMP-3.2.2.1-a")
@pytest.mark.parametrize("ground", ["EDU_INSTITUTION_CLOSED", "GATHERING_BAN"])
def test_the_commands_instruction_must_have_closed_or_banned(ground):
    assert assess(ground=ground).figures["counted"] is True
    assert reason(ground=ground, closed_by_command=False) is Reason.WAG_NO_GROUND


@pytest.mark.req("CMP-3.2.2.2-a")
def test_the_institutions_of_the_residence_or_of_the_child_were_closed():
    closed = {"ground": "CHILDCARE", "residence_institutions_closed": False, "child_institution_closed": True}

    assert assess(**closed, child_institution_town="אשדוד").figures["counted"] is True
    assert reason(**closed, child_institution_town="תל אביב") is Reason.WAG_NO_GROUND
    assert reason(ground="CHILDCARE", child_institution_closed=False) is Reason.WAG_NO_GROUND


@pytest.mark.req("CMP-3.2.2.2-b")
@pytest.mark.parametrize("name", ["framework_at_workplace", "framework_at_spouse_workplace"])
def test_no_framework_at_either_workplace(name):
    assert reason(ground="CHILDCARE", **{name: True}) is Reason.WAG_FRAMEWORK_AT_WORK


@pytest.mark.req("CMP-3.2.2.2-c")
@pytest.mark.parametrize(("born", "is_over"), [("2009-10-14", True), ("2009-10-15", False)])
def test_the_fourteenth_birthday_is_the_last_day(born, is_over):
    found = reason(ground="CHILDCARE", absence_date=SUNDAY, child_born_on=born)

    assert (found is Reason.WAG_CHILD_OVER_14) is is_over


@pytest.mark.req("CMP-3.2.2.2-c")
def test_an_age_is_judged_without_a_date_only_where_every_date_says_the_same():
    assert reason(ground="CHILDCARE", child_born_on="2009-10-06") is Reason.WAG_CHILD_OVER_14
    assert reason(ground="CHILDCARE", child_born_on="2009-10-31") is None
    with pytest.raises(InvalidInput) as refused:
        assess(ground="CHILDCARE", child_born_on="2009-10-20")
    assert refused.value.where == "date"


@pytest.mark.req("CMP-3.2.2.2-d")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"sole_custody_or_single_parent": True, "spouse_absent_same_day": True}, None),
        ({"spouse_works": True, "spouse_absent_same_day": False}, None),
        ({"spouse_works": True, "spouse_absent_same_day": True}, Reason.WAG_SPOUSE_ALSO_ABSENT),
        ({"spouse_works": False, "spouse_prevented": True}, None),
        ({"spouse_works": False, "spouse_prevented": False}, Reason.WAG_SPOUSE_FREE),
    ],
)
def test_custody_or_a_spouse_who_cannot(facts, code):
    assert reason(ground="CHILDCARE", **facts) is code


@pytest.mark.req("CMP-3.2.2.2-e")
def test_a_foster_parent_is_a_parent():
    foster = {"ground": "CHILDCARE", "is_foster_parent": True}

    assert reason(**foster) is None
    assert reason(**foster, spouse_absent_same_day=True) is Reason.WAG_SPOUSE_ALSO_ABSENT


@pytest.mark.req("CMP-3.2.2.2-f")
def test_the_other_parents_compensation_excludes_only_where_there_is_a_spouse():
    other = {"ground": "CHILDCARE", "other_parent_compensated_same_day": True}

    assert reason(**other) is Reason.WAG_OTHER_PARENT_COMPENSATED
    assert reason(**other, sole_custody_or_single_parent=True) is None


@pytest.mark.req("CMP-3.2.2.3-a")
@pytest.mark.parametrize("ground", ["DISABILITY", "DISABLED_RELATIVE"])
def test_a_disability_is_known_or_proved_and_prevents(ground):
    unknown = {"ground": ground, "known_to_employer": False}

    assert reason(**unknown, medical_document=True) is None
    assert reason(**unknown, medical_document=False) is Reason.WAG_DISABILITY_PROOF_MISSING
    assert reason(ground=ground, prevented_by_disability=False) is Reason.WAG_NO_GROUND
    assert reason(ground=ground, child_born_on="2000-01-01", spouse_absent_same_day=True) is None


@pytest.mark.req("CMP-3.2.3-a")
@pytest.mark.parametrize(
    ("ground", "is_allowed"),
    [("CHILDCARE", True), ("DISABILITY", True), ("GATHERING_BAN", False), ("EDU_INSTITUTION_CLOSED", False)],
)
def test_an_outside_employer_has_two_grounds(ground, is_allowed):
    outside = {"business_town": "תל אביב", "town": "אשדוד", "ground": ground}

    assert (reason(**outside) is Reason.WAG_OUTSIDE_GROUND) is not is_allowed
    if is_allowed:
        undeclared = reason(**outside, employer_declared_residence_and_reason=False)
        assert undeclared is Reason.WAG_GROUND_FACTS_MISSING


@pytest.mark.req("CMP-3.2.3-b")
def test_an_outside_employer_of_an_evacuated_employee_needs_those_grounds_too():
    outside = {"business_town": "תל אביב", "town": "שדרות"}

    assert reason(**outside, ground="EVACUATED_RESIDENCE") is Reason.WAG_OUTSIDE_GROUND
    assert reason(**outside, ground="CHILDCARE", spouse_absent_same_day=True) is Reason.WAG_SPOUSE_ALSO_ABSENT


@pytest.mark.req("CMP-3.3.1-b")
@pytest.mark.parametrize(("hours", "amount"), [("0.99", 0), ("1", 65), ("4", 260), ("0.98", 0)])
def test_less_than_an_hour_counts_nothing(hours, amount):
    assert of_days({"absent_hours": hours}).amount == amount


@pytest.mark.req("CMP-3.3.2-a")
def test_only_members_in_consumer_branches_are_left_out_in_a_kibbutz():
    member = {"role": "MEMBER", "branch": "CONSUMER"}
    answer = of_days({}, employee=member, kind="kibbutz")

    assert (answer.amount, answer.findings[0].code) == (0, Reason.WAG_KIBBUTZ_MEMBER_CONSUMER)
    assert of_days({}, employee=member | {"role": "HIRED"}, kind="kibbutz").amount == 520
    assert of_days({}, employee=member | {"branch": "PRODUCTIVE"}, kind="kibbutz").amount == 520


@pytest.mark.req("CMP-3.3.3-a")
@pytest.mark.parametrize(("own", "is_allowed"), [(25, True), (24, False)])
def test_a_quarter_of_the_income_must_be_the_institutions_own(own, is_allowed):
    answer = of_days({}, kind="eligible_public_institution", ratio_income={"own_income": own, "total_income": 100})

    assert answer.figures["allowed"] is is_allowed


@pytest.mark.req("CMP-3.3.3-b")
@pytest.mark.parametrize("income", [None, {"own_income": 2, "total_income": 1}, {"own_income": 0, "total_income": 0}])
def test_an_institutions_income_must_be_known_and_possible(income):
    with pytest.raises(InvalidInput) as refused:
        of_days({}, kind="eligible_public_institution", ratio_income=income)
    assert refused.value.code is Reason.WAG_BAD_EPI_INCOME


@pytest.mark.req("CMP-3.4.2-d")
def test_a_claim_counts_as_filed_when_the_last_employee_declared():
    late = {"employees": 2, "declared": 2, "last_declaration_at": "2023-12-03T23:30:00+00:00"}

    assert assess(**late).figures["filed_on"] == date(2023, 12, 4)  # in Israel
    assert assess(employees=2, declared=1).figures["clock_started"] is False


@pytest.mark.req("CMP-3.3.1-a")
@given(
    st.lists(st.lists(st.decimals(0, 24, places=2), max_size=8).map(tuple), min_size=1, max_size=5),
    st.decimals(4, 12, places=1),
)
def test_the_employees_amounts_sum_to_the_claim(sheet, full_time):
    rows = [
        {"full_time_daily_hours": str(full_time), "days": [{"absent_hours": str(hours)} for hours in hours_of_one]}
        for hours_of_one in sheet
    ]
    figures = assess(employees=rows).figures
    amounts = [row["amount"] for row in figures["employees"]]

    assert figures["amount"] == sum(amounts).quantize(Decimal(1), "ROUND_HALF_UP")
    for hours_of_one, amount in zip(sheet, amounts, strict=True):
        days = sum((min(Decimal(1), hours / full_time) for hours in hours_of_one if hours >= 1), Decimal(0))
        assert abs(amount - 520 * days) <= Decimal("0.005") + Decimal("1e-20")
        assert 0 <= amount <= 520 * len(hours_of_one)


@pytest.mark.req("CMP-3.3.1-d")
@pytest.mark.parametrize(
    ("code", "where", "employee"),
    [
        ("WAG_BAD_ID", "employees.0.id", {"id": "123456789"}),
        ("WAG_BAD_ID", "employees.0.id", {"id": 123456782}),
        ("WAG_BAD_MOBILE", "employees.0.mobile", {"mobile": "031234567"}),
        ("WAG_BAD_FULL_TIME", "employees.0.full_time_daily_hours", {"full_time_daily_hours": "12.1"}),
        ("WAG_BAD_FULL_TIME", "employees.0.full_time_daily_hours", {"full_time_daily_hours": "3.9"}),
        ("WAG_BAD_HOURS", "employees.0.days.0.absent_hours", {"days": [{"absent_hours": "24.01"}]}),
        ("WAG_BAD_HOURS", "employees.0.days.0.absent_hours", {"days": [{"absent_hours": "1.005"}]}),
        ("WAG_BAD_HOURS", "employees.0.days.0.absent_hours", {"days": [{"absent_hours": -1}]}),
        ("WAG_OUT_OF_PERIOD", "employees.0.days", {"days": [{"absent_hours": 8, "repeat": 20}] * 2}),
        ("GEN_UNKNOWN_TOWN", "employees.0.town", {"town": "אטלנטיס"}),
    ],
)
def test_a_field_out_of_its_range_is_refused_where_it_stands(code, where, employee):
    with pytest.raises(InvalidInput) as refused:
        of_days({}, employee=employee)
    assert (refused.value.code, refused.value.where) == (Reason(code), where)


@pytest.mark.req("CMP-3.3.1-d")
def test_an_employee_stands_once_in_the_sheet():
    row = {"id": "123456782", "days": [{"absent_hours": 8}]}

    with pytest.raises(InvalidInput) as refused:
        assess(employees=[row, row])
    assert refused.value.where == "employees.1.id"


@pytest.mark.req("CMP-3.2.2.2-d")
def test_the_facts_that_a_ground_still_lacks_are_named():
    told = {
        "child_id": "1",
        "child_born_on": "2015-01-01",
        "residence_institutions_closed": True,
        "framework_at_workplace": False,
    }

    assert grounds.missing(AbsenceGround.CHILDCARE, told) == ("sole_custody_or_single_parent",)
    assert grounds.missing(AbsenceGround.CHILDCARE, told | {"spouse_works": True}) == ("spouse_absent_same_day",)
    assert grounds.missing(AbsenceGround.CHILDCARE, told | {"spouse_works": False}) == ("spouse_prevented",)
    assert grounds.missing(AbsenceGround.CHILDCARE, told | {"sole_custody_or_single_parent": True}) == ()
