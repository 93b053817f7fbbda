"""What other claims say about the same people and children (CMP-3.2.1-e, CMP-3.2.2.2-f)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from compensation.rules.codes import AbsenceGround, ClaimState
from compensation.rules.reasons import Reason
from compensation.selectors.inputs import claimants_inputs
from compensation.services import checking, computing
from tests.factories.compensation import OPENED_AT
from tests.factories.employees import DAYS, EmployeeFactory, awaiting, valid_id, wage_draft

pytestmark = pytest.mark.django_db
CHILD = valid_id(777)
LATER = OPENED_AT + timedelta(days=1)
FACTS = {
    "child_born_on": "2015-01-01",
    "residence_institutions_closed": True,
    "framework_at_workplace": False,
    "sole_custody_or_single_parent": False,
    "spouse_works": True,
    "spouse_absent_same_day": False,
}


def parent(claim, **kwargs):
    return EmployeeFactory(
        claim=claim, town="אשדוד", days__ground=AbsenceGround.CHILDCARE.value, days__facts=FACTS,
        days__child_id=CHILD, **kwargs,
    )  # fmt: skip


def assessed(claim):
    return computing.assess(claim, LATER, is_claimants=True)


def codes(assessment):
    return [finding.code for finding in assessment.findings]


@pytest.mark.req("CMP-3.2.2.2-f")
def test_the_days_of_the_other_parent_who_claimed_before_are_not_compensated():
    first = wage_draft(employees=0)
    parent(first, days=DAYS)
    awaiting(first)
    second = wage_draft(employees=0)
    parent(second, days=[DAYS[1], DAYS[1] + timedelta(days=1)])

    assessment = assessed(second)

    assert codes(assessment) == [Reason.WAG_OTHER_PARENT_COMPENSATED]
    assert assessment.amount == 520


@pytest.mark.req("CMP-3.2.2.2-f")
def test_what_another_claim_says_is_looked_for_again_before_an_approval_and_holds_it_back():
    first, second = wage_draft(employees=0), wage_draft(employees=0)
    parent(first)
    parent(second)
    awaiting(second, at=LATER)
    awaiting(first)  # submitted before, and seen only now

    open_ones = [found.code for found in checking.findings(second, LATER) if found.is_blocking]

    assert open_ones.count(Reason.WAG_OTHER_PARENT_COMPENSATED) == 2


@pytest.mark.req("CMP-3.2.2.2-f")
def test_of_both_parents_in_one_claim_the_first_one_listed_counts():
    claim = wage_draft(employees=0)
    parent(claim)
    parent(claim)

    assert assessed(claim).amount == 1040


def test_a_claim_that_was_withdrawn_or_comes_later_takes_nothing_from_another():
    first = wage_draft(employees=0)
    parent(first)
    first = awaiting(first)
    later = wage_draft(employees=0)
    parent(later)
    awaiting(later, at=LATER)

    assert assessed(first).amount == 1040  # the later one is none of its matter
    first.state = ClaimState.WITHDRAWN
    first.save()
    assert assessed(later).amount == 1040


@pytest.mark.req("CMP-3.2.1-e")
@pytest.mark.parametrize(
    ("hours", "amount", "found"),
    [("4.20", 520, []), ("4.21", 0, [Reason.WAG_DUPLICATE_DAY] * 2)],
    ids=["together a full-time day", "above it"],
)
def test_the_same_person_and_date_at_two_claimants_count_within_a_full_time_day(hours, amount, found):
    first, second = wage_draft(employees=0), wage_draft(employees=0)
    number = EmployeeFactory(claim=first, days__absent_hours=Decimal("4.20")).id_number
    EmployeeFactory(claim=second, id_number=number, days__absent_hours=Decimal(hours))
    awaiting(first)

    assessment = assessed(second)

    assert (assessment.amount, codes(assessment)) == (amount, found)


def test_an_employee_who_was_removed_there_is_no_duplicate_here():
    first = awaiting(wage_draft(employees=2))
    row = first.employees.first()
    first.employees.filter(pk=row.pk).update(removed_at=LATER, removed_by=first.created_by, removal_reason="עזב")
    second = wage_draft(employees=0)
    EmployeeFactory(claim=second, id_number=row.id_number)

    assert assessed(second).amount == 1040


@pytest.mark.req("CMP-3.4.2-a")
def test_the_rows_are_given_to_the_rules_with_all_that_they_read():
    claim = wage_draft(employees=1)

    employee = claimants_inputs(claim)["employees"][0]

    row = claim.employees.get()
    assert employee["id"] == row.id_number
    assert employee["mobile"] == row.mobile
    assert [day["date"] for day in employee["days"]] == ["2023-10-08", "2023-10-09"]
