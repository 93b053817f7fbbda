"""Further days to decide on a claim, after details were requested (CMP-8.4.1-b)."""

from datetime import date, timedelta

import pytest

from compensation.rules.codes import NoticeKind
from compensation.rules.reasons import Reason
from compensation.services import deciding, details, extending
from crm_portal.errors import Code, Refused
from tests.compensation.conftest import fresh, later
from tests.compensation.services.test_deciding import WORDS, propose
from tests.compensation.services.test_notices import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(in_review, clerk):
    """Details were requested and delivered; in review again."""
    request = details.request_details(
        claim_id=in_review.pk, by=clerk, at=later(days=1), text="טופס 102", due_on=later(days=30).date()
    )
    user = in_review.claimant.customer.user
    details.answer_details(request_id=request.pk, by=user, at=later(days=5), text="מצורף", claims=[in_review.pk])
    details.accept_details(request_id=request.pk, by=clerk, at=later(days=5))
    return fresh(in_review)


def extended(claim, manager, days=10, at=None, **changed):
    given = {"reason": WORDS, **changed}
    return extending.extend(claim_id=claim.pk, by=manager, at=at or later(days=10), days=days, **given)


@pytest.mark.req("CMP-8.4.1-b")
def test_the_last_day_to_decide_moves_by_the_days_of_every_extension(answered, manager):
    before = answered.decision_due_on

    extended(answered, manager, 10)
    extended(answered, manager, 20)

    assert fresh(answered).decision_due_on == before + timedelta(days=30)


@pytest.mark.req("CMP-8.4.1-b")
def test_all_extensions_together_are_30_days_at_most(answered, manager):
    extended(answered, manager, 30)
    before = fresh(answered).decision_due_on

    with pytest.raises(Refused) as refused:
        extended(answered, manager, 1)

    assert refused.value.code == Reason.EXTENSION_OVER_30_DAYS
    assert fresh(answered).decision_due_on == before


@pytest.mark.req("CMP-8.4.1-b")
def test_nothing_is_extended_when_no_details_were_requested(in_review, manager):
    with pytest.raises(Refused) as refused:
        extended(in_review, manager)

    assert refused.value.code == Reason.EXTENSION_WITHOUT_DETAILS_REQUEST
    assert not in_review.extensions.exists()


@pytest.mark.req("CMP-8.4.1-c")
def test_a_claim_whose_time_is_over_is_not_brought_back_by_an_extension(answered, manager):
    last = answered.decision_due_on
    after = later(days=(last - date(2024, 1, 10)).days + 1)

    with pytest.raises(Refused) as refused:
        extended(answered, manager, at=after)

    assert refused.value.code == Reason.GEN_BAD_TRANSITION
    assert extended(answered, manager, at=after - timedelta(days=1))


def test_a_decided_claim_is_not_extended(answered, clerk, manager):
    propose(answered, clerk)
    deciding.approve(claim_id=answered.pk, by=manager, at=later(days=9))

    with pytest.raises(Refused) as refused:
        extended(answered, manager)

    assert refused.value.code == Reason.GEN_BAD_TRANSITION


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"reason": "כך"}, Reason.GEN_REASONS_REQUIRED), ({"days": 0}, Code.INVALID_VALUE)],
)
def test_it_is_given_for_a_reason_and_for_a_day_at_least(answered, manager, changed, code):
    with pytest.raises(Refused) as refused:
        extended(answered, manager, **changed)

    assert refused.value.code == code


@pytest.mark.req("CMP-8.10-a")
def test_the_claimant_is_served_with_the_new_day_and_its_reason(answered, manager):
    extended(answered, manager, reason=f"{WORDS}, לפי חוות דעת 77123")

    said = words_of(answered.notices.get(kind=NoticeKind.EXTENSION.value))
    assert f"{fresh(answered).decision_due_on:%d.%m.%Y}" in said
    assert "77123" in said


def test_while_details_are_outstanding_the_letter_names_no_day(in_review, clerk, manager):
    details.request_details(
        claim_id=in_review.pk, by=clerk, at=later(days=1), text="טופס 102", due_on=later(days=30).date()
    )

    extended(in_review, manager)

    said = words_of(in_review.notices.get(kind=NoticeKind.EXTENSION.value))
    assert f"{fresh(in_review).decision_due_on:%d.%m.%Y}" not in said
