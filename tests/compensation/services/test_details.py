"""Demands for details stop the clock, and every date moves by the days that do not count."""

from datetime import UTC, date, datetime

import pytest

from compensation.rules.codes import ClaimState
from compensation.services import details
from crm_portal.errors import Code, Refused
from tests.compensation.conftest import fresh

pytestmark = pytest.mark.django_db
SERVED = datetime(2024, 1, 10, 9, 0, tzinfo=UTC)
DELIVERED = datetime(2024, 1, 24, 9, 0, tzinfo=UTC)
ACCEPTED = datetime(2024, 1, 29, 9, 0, tzinfo=UTC)


def demand(claim, clerk, at=SERVED):
    return details.request_details(
        claim_id=claim.pk, by=clerk, at=at, text="נא לצרף טופס 102", due_on=date(2024, 2, 20)
    )


@pytest.mark.req("CMP-8.4.2-a", "CMP-8.4.5-a")
def test_the_days_from_service_to_delivery_move_every_date(in_review, clerk):
    request = demand(in_review, clerk)
    claim = fresh(in_review)
    assert (claim.state, claim.clock_stopped_on) == (ClaimState.DETAILS_REQUESTED.value, date(2024, 1, 10))

    user = claim.claimant.customer.user
    details.answer_details(request_id=request.pk, by=user, at=DELIVERED, text="מצורף", claims=[claim.pk])
    details.accept_details(request_id=request.pk, by=clerk, at=ACCEPTED)

    claim = fresh(in_review)
    assert (claim.state, claim.clock_stopped_on) == (ClaimState.IN_REVIEW.value, None)
    assert claim.decision_due_on == date(2024, 8, 3)  # 14 days later (TIM-002)
    assert claim.advance_10_due_on == date(2024, 5, 2)
    assert claim.advance_60_due_on == date(2023, 12, 11)  # it was over before the stop


@pytest.mark.req("CMP-8.4.2-b")
def test_an_answer_alone_does_not_start_the_clock(in_review, clerk):
    request = demand(in_review, clerk)
    user = in_review.claimant.customer.user

    details.answer_details(request_id=request.pk, by=user, at=DELIVERED, text="חלק", claims=[in_review.pk])

    assert fresh(in_review).state == ClaimState.DETAILS_REQUESTED.value
    with pytest.raises(Refused):
        details.answer_details(request_id=request.pk, by=user, at=DELIVERED, text="חלק", claims=[])


@pytest.mark.req("CMP-4.7.1-a")
def test_further_details_may_be_asked_while_some_are_outstanding(in_review, clerk):
    first = demand(in_review, clerk)
    second = demand(in_review, clerk, at=datetime(2024, 1, 15, 9, 0, tzinfo=UTC))
    user = in_review.claimant.customer.user
    details.answer_details(request_id=first.pk, by=user, at=DELIVERED, text="מצורף", claims=[in_review.pk])

    details.accept_details(request_id=first.pk, by=clerk, at=ACCEPTED)

    assert fresh(in_review).state == ClaimState.DETAILS_REQUESTED.value  # the second is outstanding
    assert second.accepted_at is None


@pytest.mark.req("CMP-2.3-c")
@pytest.mark.parametrize(
    ("change", "field"), [({"text": " "}, "text"), ({"due_on": date(2024, 1, 10)}, "due_on")], ids=["words", "day"]
)
def test_a_demand_says_what_and_by_when(in_review, clerk, change, field):
    given = {"text": "טופס 102", "due_on": date(2024, 2, 20), **change}

    with pytest.raises(Refused) as refused:
        details.request_details(claim_id=in_review.pk, by=clerk, at=SERVED, **given)

    assert refused.value.refusals[0].fields == (field,)
    assert refused.value.code in {Code.FIELD_REQUIRED, Code.INVALID_VALUE}
    assert not in_review.details_requests.exists()
