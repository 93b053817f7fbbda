"""Claims close by themselves once they are settled and no review can be asked any more."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from compensation.models import Objection
from compensation.rules.codes import ClaimState, GapReason
from compensation.rules.gaps import Gap
from compensation.services import deciding, reviewing
from compensation.tasks import close_settled_claims
from tests.compensation.conftest import AT, fresh

pytestmark = pytest.mark.django_db
WORDS = "מספר העובדים בשטחים נבדק מול טופס 102 של ספטמבר"


def night(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 0, 5, tzinfo=UTC)


@pytest.fixture
def rejected(in_review, clerk, manager):
    gaps = [Gap(GapReason.EXCLUDED_CLAIMANT, Decimal(218_348))]
    reviewing.propose(claim_id=in_review.pk, by=clerk, at=AT, amount=Decimal(0), gaps=gaps, reasons=WORDS)
    deciding.approve(claim_id=in_review.pk, by=manager, at=AT)
    in_review.notices.update(sent_at=AT)
    return fresh(in_review)


@pytest.mark.req("CMP-8.7-c")
def test_a_rejected_claim_closes_after_the_time_to_object(rejected):
    close_settled_claims(night(date(2024, 3, 10)))  # the last day to object
    assert fresh(rejected).state == ClaimState.REJECTED.value

    close_settled_claims(night(date(2024, 3, 18)))

    assert fresh(rejected).state == ClaimState.CLOSED.value


@pytest.mark.req("CMP-8.7-c")
def test_a_rejected_claim_with_an_open_objection_or_an_unserved_decision_stays(rejected, clerk):
    rejected.notices.update(sent_at=None)
    close_settled_claims(night(date(2024, 6, 1)))
    assert fresh(rejected).state == ClaimState.REJECTED.value
    rejected.notices.update(sent_at=AT)
    Objection.objects.create(
        claim=rejected, decision=rejected.decisions.get(), grounds="הטופס הוגש", amount=Decimal(218_348),
        mobile="0541234567", filed_by=rejected.claimant.customer.user, filed_at=timezone.now(), due_on=date(2025, 1, 1),
    )  # fmt: skip

    close_settled_claims(night(date(2024, 6, 1)))

    assert fresh(rejected).state == ClaimState.REJECTED.value
