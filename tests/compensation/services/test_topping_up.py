"""The wage top-up of an evacuated employee beside a claim under the Aid Plan Law: what it comes to, and when."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from compensation.models import AdvanceProposal, EligibilityCheckRequest
from compensation.rules.codes import ClaimState
from compensation.rules.fixed_costs import AidPlanClaim
from compensation.services import computing, granting, reviewing
from compensation.services.employees import filing_refusals
from compensation.tasks import deem_claims_accepted, propose_advance_60
from tests.compensation.conftest import fresh
from tests.factories.compensation import OPENED_AT, ClaimFactory
from tests.factories.employees import EmployeeFactory

pytestmark = pytest.mark.django_db
TAKEN, KNOWN = datetime(2024, 1, 10, 9, tzinfo=UTC), datetime(2024, 1, 24, 9, tzinfo=UTC)


def filed(aid_plan_claim="PENDING", drop_rate=None, wage="9100"):
    """A top-up for one employee of a business in Haifa, filed like any wage claim."""
    claim = ClaimFactory(filed=True, track="WAGE", business_town="חיפה", registered_town="חיפה", answers={})
    row = EmployeeFactory(claim=claim, town="בארי", wage_paid=wage)
    claim.eligibility_check = EligibilityCheckRequest.objects.create(
        claimant=claim.claimant, ground="top_up", track="WAGE", town="בארי", employee_id_number=row.id_number,
        aid_plan_claim_no="AP-17", aid_plan_claim=aid_plan_claim, drop_rate=drop_rate, text="עובד מפונה",
        requested_by=claim.created_by, requested_at=OPENED_AT,
    )  # fmt: skip
    claim.save()
    computation = computing.compute(claim, is_claimants=True, by=claim.created_by, at=OPENED_AT)
    claim.claimed_amount = computation.amount
    claim.save()
    return claim


def know(claim, by, outcome=AidPlanClaim.APPROVED, rate=Decimal("0.4")):
    granting.keep_aid_plan(
        check_id=claim.eligibility_check_id, aid_plan_claim_no="AP-17", aid_plan_claim=outcome, drop_rate=rate, by=by,
        at=KNOWN,
    )  # fmt: skip


@pytest.mark.req("CMP-2.6-l")
@pytest.mark.parametrize(
    ("rate", "amount"), [("0.4000", 6_370), ("1.0000", 2_275)], ids=["golden FIX-001", "golden FIX-002"]
)
def test_the_amount_is_the_full_wage_less_what_the_aid_plan_paid(rate, amount):
    claim = filed("APPROVED", Decimal(rate))

    computation = claim.computations.get()

    assert computation.amount == Decimal(amount)
    assert computation.track == "FIXED_COSTS"
    assert computation.inputs["wage_paid_for_absence_days"] == "9100.00"
    assert [step["key"] for step in computation.result["steps"]] == ["fix_wage", "fix_already_paid", "fix_amount"]


@pytest.mark.req("CMP-2.6-m")
@pytest.mark.parametrize(
    ("outcome", "rate", "amount"),
    [(AidPlanClaim.APPROVED, Decimal("0.4"), 6_370), (AidPlanClaim.REJECTED, None, 9_100)],
    ids=["approved", "rejected: r = 0"],
)
def test_what_is_claimed_follows_from_the_rate_once_it_is_known(clerk, outcome, rate, amount):
    claim = filed()
    reviewing.take(claim_id=claim.pk, by=clerk, at=TAKEN)
    assert (fresh(claim).state, fresh(claim).claimed_amount) == (ClaimState.DETAILS_REQUESTED.value, Decimal(0))

    know(claim, clerk, outcome, rate)

    assert (fresh(claim).state, fresh(claim).claimed_amount) == (ClaimState.IN_REVIEW.value, Decimal(amount))
    assert fresh(claim).decision_due_on == date(2024, 8, 3)  # 14 days later


@pytest.mark.req("CMP-2.6-m")
def test_nothing_comes_by_itself_before_the_rate_is_known_and_everything_after_it(clerk):
    claim = filed()
    year = datetime(2024, 7, 21, 0, 5, tzinfo=UTC)

    propose_advance_60(year)
    deem_claims_accepted(year)
    assert fresh(claim).state == ClaimState.SUBMITTED.value
    assert not AdvanceProposal.objects.exists()

    know(claim, clerk)
    propose_advance_60(year)
    assert AdvanceProposal.objects.get().provisional_amount == Decimal(6_370)
    deem_claims_accepted(year)

    assert fresh(claim).determined_amount == Decimal(6_370)


@pytest.mark.req("CMP-2.6-l")
def test_a_top_up_is_not_filed_without_the_wage():
    claim = filed(wage=None)

    assert [refusal.fields for refusal in filing_refusals(claim)] == [("employees.0.wage_paid",)]
