"""Claims moved over the API by the commands of the pages: the same refusals, as problem documents."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from compensation.rules.codes import ClaimState, GapReason
from compensation.rules.gaps import Gap
from compensation.services import reviewing
from crm_portal.audit.models import AuditEvent
from tests.compensation.api.asking import get, post, said
from tests.compensation.conftest import AT, fresh

pytestmark = pytest.mark.django_db
REASONS = "העילה לא הוכחה, כמפורט בחוות הדעת"
ACTIONS = (
    "take", "find_causation", "request_details", "accept_details", "send_for_approval", "approve", "reject", "return",
    "adjustments", "manager_rate", "correct",
)  # fmt: skip


@pytest.fixture
def proposed(in_review, clerk):
    reviewing.propose(claim_id=in_review.pk, by=clerk, at=AT, amount=Decimal(218_348), reasons="")
    return fresh(in_review)


def propose_nothing(claim, clerk):
    gaps = [Gap(GapReason.CAUSATION_IGNORED, Decimal(218_348))]
    reviewing.propose(claim_id=claim.pk, by=clerk, at=AT, amount=Decimal(0), reasons=REASONS, gaps=gaps)
    return fresh(claim)


@pytest.mark.req("CMP-2.3-i")
def test_a_claim_goes_from_filing_to_its_decision_over_the_api(client, filed, clerk, manager):
    def act(user, name, *more, **body):
        answer = post(client, user, name, filed.number, *more, version=fresh(filed).version, **body)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    taken = act(clerk, "take")
    act(clerk, "find_causation", causation="PROVED")
    for finding in taken["findings"]:
        act(clerk, "settle_finding", finding["id"], settlement="נבדק מול המסמכים")
    assert act(clerk, "send_for_approval", amount="218348")["state"] == "PENDING_APPROVAL"
    decided = act(manager, "approve")

    assert (decided["state"], decided["determined_amount"]) == ("APPROVED", "218348")
    assert [(one["version"], one["amount"]) for one in decided["decisions"]] == [(1, "218348")]
    assert fresh(filed).state == ClaimState.APPROVED.value
    assert AuditEvent.objects.filter(action="claim.approve", actor=manager, target_id=str(filed.pk)).exists()


@pytest.mark.req("CMP-2.3-i")
def test_details_are_demanded_answered_by_the_claimant_and_accepted(client, in_review, clerk, claimant):
    due_on = (timezone.localdate() + timedelta(days=30)).isoformat()
    asked = post(
        client, clerk, "request_details", in_review.number, version=in_review.version, text="טופס 102", due_on=due_on
    ).json()
    demand = asked["details_requests"][0]["id"]
    assert asked["state"] == "DETAILS_REQUESTED"

    answered = post(
        client, claimant, "answer_details", in_review.number, version=asked["version"], request=demand, text="מצורף"
    ).json()
    accepted = post(
        client, clerk, "accept_details", in_review.number, version=answered["version"], request=demand
    ).json()

    assert answered["state"] == "DETAILS_REQUESTED"
    assert (accepted["state"], accepted["details_requests"][0]["answer"]) == ("IN_REVIEW", "מצורף")


@pytest.mark.req("CMP-2.3-i")
def test_a_proposal_of_nothing_is_rejected_with_its_gaps(client, in_review, clerk, manager):
    rejected = propose_nothing(in_review, clerk)

    answer = post(client, manager, "reject", rejected.number, version=rejected.version)

    assert (answer.json()["state"], answer.json()["decisions"][0]["gaps"][0]["amount"]) == ("REJECTED", "218348")


def test_a_proposal_of_an_amount_cannot_be_rejected_as_it_stands(client, proposed, manager):
    answer = post(client, manager, "reject", proposed.number, version=proposed.version)

    assert (answer.status_code, said(answer)) == (409, [("GEN_BAD_TRANSITION", "proposed_amount")])
    assert fresh(proposed).state == ClaimState.PENDING_APPROVAL.value


def test_a_proposal_is_sent_back_with_its_reason(client, proposed, manager):
    answer = post(client, manager, "return", proposed.number, version=proposed.version, reason="חסר טופס 102")

    assert answer.json()["state"] == "IN_REVIEW"
    assert fresh(proposed).history.filter(event="return", reason="חסר טופס 102").exists()


@pytest.mark.req("CMP-2.3-i")
def test_a_stale_version_is_a_conflict_and_changes_nothing(client, proposed, manager):
    answer = post(client, manager, "approve", proposed.number, version=proposed.version - 1)

    assert (answer.status_code, answer.json()["code"]) == (409, "STALE_VERSION")
    assert answer.json()["details"]["version"] == proposed.version
    assert fresh(proposed).state == ClaimState.PENDING_APPROVAL.value


def test_what_is_refused_names_every_hit_with_its_code_and_field(client, in_review, clerk):
    gaps = [{"reason": "OTHER", "amount": "1"}]
    answer = post(
        client, clerk, "send_for_approval", in_review.number, version=in_review.version, amount="200000", gaps=gaps
    )

    assert set(said(answer)) == {("GEN_REASONS_REQUIRED", "reasons"), ("INVALID_VALUE", "gaps")}
    assert all(one["message"] for one in answer.json()["errors"])


def test_what_cannot_be_read_is_refused_at_its_fields_and_audited(client, in_review, clerk):
    answer = post(client, clerk, "send_for_approval", in_review.number, amount="much", gaps=[{"reason": "OTHER"}])

    assert answer.status_code == 400
    assert set(said(answer)) == {
        ("FIELD_REQUIRED", "version"),
        ("INVALID_VALUE", "amount"),
        ("FIELD_REQUIRED", "gaps.0.amount"),
    }
    refused = AuditEvent.objects.filter(outcome="refused", actor=clerk, target_id=str(in_review.pk))
    assert refused.exists()


def test_a_demand_or_finding_of_another_claim_is_not_found(client, in_review, clerk, filed):
    for name, more, body in (
        ("accept_details", (), {"request": 999_999}),
        ("settle_finding", (999_999,), {"settlement": "נבדק"}),
        ("remove_adjustment", (999_999,), {}),
    ):
        answer = post(client, clerk, name, in_review.number, *more, version=in_review.version, **body)
        assert answer.status_code == 404, name


@pytest.mark.req("CMP-2.3-i")
@pytest.mark.parametrize("who", ["claimant", "stranger", "representative", "auditor"])
@pytest.mark.parametrize("name", ACTIONS)
def test_only_the_fund_acts_on_a_claim_under_review(client, request, in_review, who, name):
    answer = post(client, request.getfixturevalue(who), name, in_review.number, version=in_review.version)

    assert (answer.status_code, answer.json()["code"]) == (403, "PERMISSION_DENIED")
    assert fresh(in_review).version == in_review.version


@pytest.mark.parametrize(
    ("who", "name"),
    [("manager", "take"), ("manager", "send_for_approval"), ("clerk", "approve"), ("clerk", "manager_rate")],
)
def test_a_clerk_and_a_manager_keep_to_their_own(client, request, in_review, who, name):
    assert post(client, request.getfixturevalue(who), name, in_review.number, version=1).status_code == 403


@pytest.mark.parametrize("who", ["stranger", "former_representative"])
def test_nobody_answers_for_a_claimant_whom_he_does_not_represent(client, request, in_review, who):
    answer = post(
        client, request.getfixturevalue(who), "answer_details", in_review.number, version=1, request=1, text="-"
    )

    assert answer.status_code == 404


def test_a_representative_answers_for_his_client(client, in_review, clerk, representative):
    due_on = (timezone.localdate() + timedelta(days=30)).isoformat()
    demand = post(
        client, clerk, "request_details", in_review.number, version=in_review.version, text="טופס 102", due_on=due_on
    ).json()

    answer = post(
        client, representative, "answer_details", in_review.number, version=demand["version"],
        request=demand["details_requests"][0]["id"], text="מצורף",
    )  # fmt: skip

    assert answer.status_code == 200
    assert get(client, clerk, "claim", in_review.number).json()["details_requests"][0]["answer"] == "מצורף"


@pytest.mark.req("CMP-2.3-i")
def test_the_manager_corrects_a_determination_with_its_ground(client, proposed, clerk, manager):
    version = post(client, manager, "approve", proposed.number, version=proposed.version).json()["version"]
    correction = {
        "version": version, "amount": "200000", "ground": "ERROR", "explanation": REASONS,
        "gaps": [{"reason": "OTHER", "amount": "18348"}],
    }  # fmt: skip

    assert post(client, clerk, "correct", proposed.number, **correction).status_code == 403
    answer = post(client, manager, "correct", proposed.number, **correction)

    assert (answer.status_code, answer.json()["determined_amount"]) == (200, "200000")
    assert [(one["kind"], one["amount"]) for one in answer.json()["decisions"]] == [
        ("FIRST", "218348"),
        ("CORRECTION", "200000"),
    ]
