"""Corrections within four years (CMP-8.7-a)."""

# ruff: noqa: F401, F811 - fixtures of another module

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from compensation.models import Overpayment
from compensation.rules.codes import ClaimState, CorrectionGround, DecisionKind, GapReason
from compensation.rules.gaps import Gap
from compensation.rules.reasons import Reason
from compensation.services import correcting, paying
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from tests.compensation.conftest import fresh, later
from tests.compensation.services.test_deciding import WORDS
from tests.compensation.services.test_objecting import FULL, PART, decided
from tests.factories.compensation import fund

pytestmark = pytest.mark.django_db


def corrected(claim, manager, amount=FULL, at=None, gaps=(), explanation=WORDS):
    return correcting.correct(
        claim_id=claim.pk, by=manager, at=at or later(days=20), amount=amount, ground=CorrectionGround.NEW_FACTS,
        explanation=explanation, gaps=gaps,
    )  # fmt: skip


@pytest.mark.req("CMP-8.7-a")
def test_a_correction_is_a_new_version_served_and_to_be_paid(decided, manager):
    decision = corrected(decided, manager)

    claim = fresh(decided)
    assert (decision.version, decision.kind) == (2, DecisionKind.CORRECTION.value)
    assert decision.ground == CorrectionGround.NEW_FACTS.value
    assert (claim.state, claim.determined_amount) == (ClaimState.APPROVED.value, FULL)
    assert claim.pay_by_on is not None
    assert decision.notices.count() == 1


@pytest.mark.req("CMP-8.7-b")
def test_the_last_day_of_four_years_is_in_time_and_the_next_is_not(decided, manager):
    with pytest.raises(Refused) as refused:
        corrected(decided, manager, at=datetime(2028, 1, 11, 9, tzinfo=UTC))
    assert refused.value.code == Reason.CORRECTION_TOO_LATE

    assert corrected(decided, manager, at=datetime(2028, 1, 10, 9, tzinfo=UTC))


@pytest.mark.req("CMP-8.7-a")
def test_the_ground_is_told_in_words(decided, manager):
    with pytest.raises(Refused) as refused:
        corrected(decided, manager, explanation="טעות")

    assert refused.value.code == Reason.GEN_REASONS_REQUIRED


@pytest.mark.parametrize("amount", [PART, FULL + 1, Decimal(-1)])
def test_the_same_amount_or_one_above_the_rules_is_refused(decided, manager, amount):
    with pytest.raises(Refused) as refused:
        corrected(decided, manager, amount)

    assert refused.value.code == Code.INVALID_VALUE


@pytest.mark.req("CMP-8.7-a")
def test_what_was_paid_is_demanded_back_when_nothing_is_due(decided, manager):
    treasurer = fund(Role.COMPENSATION_PAYMENTS)
    claimant = decided.claimant
    claimant.bank, claimant.bank_branch, claimant.bank_account = "12", "600", "123456"
    claimant.save()
    advance = paying.prepare_advance(
        claimant=claimant, claim_id=decided.pk, key="advance:1", amount=Decimal(60_000), by=treasurer, at=later(days=1)
    )
    paying.approve(payment_id=advance.pk, by=treasurer, at=later(days=1))

    corrected(decided, manager, Decimal(0), gaps=[Gap(GapReason.EXCLUDED_CLAIMANT, FULL)])

    assert fresh(decided).state == ClaimState.REJECTED.value
    assert Overpayment.objects.get().amount == Decimal(60_000)
