"""Decisions: four eyes, reasons, what is written and served."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from compensation.models import Decision, ReviewFinding
from compensation.rules.codes import ClaimState, GapReason
from compensation.rules.gaps import Gap
from compensation.rules.reasons import Reason
from compensation.services import deciding, reviewing
from crm_portal.errors import Refused
from crm_portal.messaging.models import Notification
from crm_portal.people.models import RoleGrant
from tests.compensation.conftest import AT, fresh

pytestmark = pytest.mark.django_db
WORDS = "מספר העובדים בשטחים נבדק מול טופס 102 של ספטמבר"
FULL = Decimal(218_348)


def propose(claim, clerk, amount=FULL, gaps=(), reasons=""):
    return reviewing.propose(claim_id=claim.pk, by=clerk, at=AT, amount=amount, gaps=gaps, reasons=reasons)


@pytest.mark.req("CMP-2.3-g")
def test_the_whole_claim_is_approved_by_the_manager_and_served(in_review, clerk, manager):
    propose(in_review, clerk)

    decision = deciding.approve(claim_id=in_review.pk, by=manager, at=AT)

    claim = fresh(in_review)
    assert (claim.state, claim.determined_amount) == (ClaimState.APPROVED.value, FULL)
    assert claim.pay_by_on == date(2024, 1, 24)  # 14 days
    assert (decision.version, decision.proposed_by, decision.approved_by) == (1, clerk, manager)
    assert decision.objection_until == date(2024, 3, 10)
    assert claim.notices.get().decision == decision
    assert Notification.objects.filter(about=claim.number).count() == 2  # e-mail and SMS


@pytest.mark.req("CMP-2.3-b")
def test_whoever_reviewed_a_claim_does_not_approve_it(in_review, clerk):
    RoleGrant.objects.create(user=clerk, role="compensation_manager", scope="all")
    propose(in_review, clerk)

    with pytest.raises(Refused) as refused:
        deciding.approve(claim_id=in_review.pk, by=clerk, at=AT)

    assert refused.value.code == Reason.GEN_FOUR_EYES
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            claim=in_review, version=9, kind="FIRST", outcome="APPROVED", amount=1, proposed_by=clerk,
            approved_by=clerk, decided_at=AT,
        )  # fmt: skip


@pytest.mark.req("CMP-2.4-a")
@pytest.mark.parametrize(
    ("gaps", "reasons"),
    [((), WORDS), ([Gap(GapReason.OTHER, Decimal(18_348))], "קצר")],
    ids=["no reason", "too few words"],
)
def test_less_than_claimed_needs_reasons(in_review, clerk, gaps, reasons):
    with pytest.raises(Refused) as refused:
        propose(in_review, clerk, Decimal(200_000), gaps, reasons)

    assert refused.value.code == Reason.GEN_REASONS_REQUIRED


@pytest.mark.req("CMP-8.5.3-a")
def test_the_reasons_sum_to_the_gap(in_review, clerk, manager):
    with pytest.raises(Refused):
        propose(in_review, clerk, Decimal(200_000), [Gap(GapReason.OTHER, Decimal(18_347))], WORDS)
    rows = [Gap(GapReason.OTHER, Decimal(18_000)), Gap(GapReason.CAUSATION_IGNORED, Decimal(348))]
    propose(in_review, clerk, Decimal(200_000), rows, WORDS)

    decision = deciding.approve(claim_id=in_review.pk, by=manager, at=AT)

    assert fresh(in_review).state == ClaimState.PARTIALLY_APPROVED.value
    assert sum(decision.gaps.values_list("amount", flat=True)) == Decimal(18_348)


def test_nothing_is_a_rejection_without_a_duty_to_pay(in_review, clerk, manager):
    propose(in_review, clerk, Decimal(0), [Gap(GapReason.EXCLUDED_CLAIMANT, FULL)], WORDS)

    deciding.approve(claim_id=in_review.pk, by=manager, at=AT)

    assert (fresh(in_review).state, fresh(in_review).pay_by_on) == (ClaimState.REJECTED.value, None)


@pytest.mark.req("CMP-2.3-k")
def test_what_is_not_settled_holds_an_approval_back(in_review, clerk, manager):
    propose(in_review, clerk)
    ReviewFinding.objects.create(claim=in_review, code="REGISTER_DIFFERS", where="base.gross", found_at=AT)

    with pytest.raises(Refused) as refused:
        deciding.approve(claim_id=in_review.pk, by=manager, at=AT)

    assert refused.value.refusals[0].details["guard"] == "findings_settled"
    assert not Decision.objects.exists()


@pytest.mark.req("CMP-2.3-k")
def test_what_is_found_at_the_approval_stays_to_be_settled(in_review, clerk, manager):
    propose(in_review, clerk)
    in_review.answers["figures"]["fields"] = [{"town": "תל אביב", "dunams": "5"}]  # as a later fact would
    in_review.save(update_fields=["answers"])

    with pytest.raises(Refused):
        deciding.approve(claim_id=in_review.pk, by=manager, at=AT)

    found = fresh(in_review).findings.get(settled_at__isnull=True)
    assert found.code == Reason.AGR_FIELDS_NOT_IN_AREA


def test_a_proposal_is_sent_back_with_a_reason(in_review, clerk, manager):
    propose(in_review, clerk)
    with pytest.raises(Refused):
        deciding.send_back(claim_id=in_review.pk, by=manager, at=AT, reason=" ")

    deciding.send_back(claim_id=in_review.pk, by=manager, at=AT, reason="חסר דוח 102")

    claim = fresh(in_review)
    assert (claim.state, claim.history.last().reason) == (ClaimState.IN_REVIEW.value, "חסר דוח 102")
