"""A clerk's review: taking, findings, figures, adjustments, the proposal."""

from decimal import Decimal

import pytest

from compensation.models import ReviewFinding
from compensation.rules.codes import Causation, ClaimState, GapReason
from compensation.rules.gaps import Gap
from compensation.rules.reasons import Reason
from compensation.services import reviewing
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from tests.compensation.conftest import AT, fresh
from tests.factories.compensation import fund

pytestmark = pytest.mark.django_db
WORDS = "מספר העובדים בשטחים נבדק מול טופס 102 של ספטמבר"


@pytest.mark.req("CMP-2.3-e")
def test_a_clerk_takes_a_filed_claim_once(filed, clerk):
    reviewing.take(claim_id=filed.pk, by=clerk, at=AT)

    claim = fresh(filed)
    assert (claim.state, claim.clerk) == (ClaimState.IN_REVIEW.value, clerk)
    assert claim.history.last().event == "take"
    with pytest.raises(Refused) as refused:
        reviewing.take(claim_id=filed.pk, by=fund(Role.COMPENSATION_CLERK), at=AT)
    assert refused.value.code == Reason.GEN_BAD_TRANSITION


def test_another_clerk_changes_nothing(in_review):
    with pytest.raises(Refused) as refused:
        reviewing.propose(
            claim_id=in_review.pk, by=fund(Role.COMPENSATION_CLERK), at=AT, amount=Decimal(1), reasons=WORDS
        )

    assert refused.value.code == Code.NOT_ASSIGNED_TO_YOU


@pytest.mark.req("CMP-1.8-b")
def test_a_finding_that_is_not_proved_needs_reasons_and_pays_nothing(in_review, clerk):
    given = {"claim_id": in_review.pk, "by": clerk, "at": AT}
    with pytest.raises(Refused) as refused:
        reviewing.find_causation(**given, causation=Causation.NOT_PROVED, reasons="לא")
    assert refused.value.code == Reason.GEN_REASONS_REQUIRED

    reviewing.find_causation(**given, causation=Causation.NOT_PROVED, reasons=WORDS)

    with pytest.raises(Refused) as refused:
        reviewing.propose(**given, amount=Decimal(1), reasons=WORDS, gaps=[Gap(GapReason.OTHER, Decimal(218_347))])
    assert refused.value.refusals[0].details["because"] == "causation_not_proved"


@pytest.mark.req("CMP-1.10-a")
def test_damage_that_comes_partly_from_elsewhere_is_never_paid_whole(in_review, clerk):
    given = {"claim_id": in_review.pk, "by": clerk, "at": AT}
    reviewing.find_causation(**given, causation=Causation.PARTLY, reasons=WORDS)

    with pytest.raises(Refused) as refused:
        reviewing.propose(**given, amount=Decimal(218_348), reasons=WORDS)
    assert refused.value.refusals[0].details["because"] == "causation_partly"
    gaps = [Gap(GapReason.CAUSATION_IGNORED, Decimal(100_000))]
    reviewing.propose(**given, amount=Decimal(118_348), reasons=WORDS, gaps=gaps)

    assert fresh(in_review).proposed_amount == Decimal(118_348)


@pytest.mark.req("CMP-2.3-h")
def test_a_figure_of_the_review_is_computed_and_kept_with_its_reason(in_review, clerk):
    reviewing.correct_figure(
        claim_id=in_review.pk, by=clerk, at=AT, path="field_workers", value="15", reason="טופס 102"
    )

    claim = fresh(in_review)
    assert claim.computed_amount == Decimal(15 * 12_844)
    assert claim.computations.last().inputs["field_workers"] == "15"
    assert claim.answers["figures"]["field_workers"] == 17  # what the claimant said stays


def test_a_figure_that_no_rule_can_read_is_refused_and_nothing_is_kept(in_review, clerk):
    with pytest.raises(Refused):
        reviewing.correct_figure(
            claim_id=in_review.pk, by=clerk, at=AT, path="field_workers", value="-3", reason="טופס 102"
        )

    assert not in_review.reviewed_figures.exists()


@pytest.mark.req("CMP-1.8-a")
def test_nothing_above_the_computed_amount_is_proposed(in_review, clerk):
    with pytest.raises(Refused) as refused:
        reviewing.propose(claim_id=in_review.pk, by=clerk, at=AT, amount=Decimal(218_349), reasons=WORDS)

    assert refused.value.refusals[0].details["because"] == "above_the_computed"


@pytest.mark.req("CMP-2.3-f")
def test_a_proposal_computes_anew_and_waits_for_another_person(in_review, clerk):
    reviewing.propose(claim_id=in_review.pk, by=clerk, at=AT, amount=Decimal(218_348), reasons="")

    claim = fresh(in_review)
    assert (claim.state, claim.proposed_amount) == (ClaimState.PENDING_APPROVAL.value, Decimal(218_348))
    assert claim.computations.filter(is_claimants=False).exists()


def test_a_proposal_needs_a_finding_on_causation(filed, clerk):
    reviewing.take(claim_id=filed.pk, by=clerk, at=AT)

    with pytest.raises(Refused) as refused:
        reviewing.propose(claim_id=filed.pk, by=clerk, at=AT, amount=Decimal(218_348), reasons="")

    assert refused.value.refusals[0].details["guard"] == "causation_found"


@pytest.mark.req("CMP-2.3-k")
def test_what_was_found_is_settled_in_words_by_the_clerk(in_review, clerk):
    finding = ReviewFinding.objects.create(claim=in_review, code="REGISTER_DIFFERS", where="base.gross", found_at=AT)

    with pytest.raises(Refused) as refused:
        reviewing.settle_finding(finding_id=finding.pk, by=clerk, at=AT, settlement="  ")
    assert refused.value.code == Code.FIELD_REQUIRED
    reviewing.settle_finding(finding_id=finding.pk, by=clerk, at=AT, settlement="תואם לדוח המתוקן")

    finding.refresh_from_db()
    assert (finding.settled_by, finding.settlement) == (clerk, "תואם לדוח המתוקן")
