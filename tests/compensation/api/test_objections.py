"""Objections filed and decided over the API."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from compensation.models import Objection
from compensation.rules.codes import GapReason
from compensation.rules.gaps import Gap
from compensation.services import deciding, reviewing
from crm_portal.people.rules.roles import Role
from tests.compensation.api.asking import get, post, said
from tests.compensation.conftest import AT, fresh
from tests.factories.compensation import fund

pytestmark = pytest.mark.django_db
GROUNDS = "מספר העובדים בשדות נספר בחסר, כמפורט ברשימה המצורפת"


@pytest.fixture
def officer(db):
    return fund(Role.OBJECTION_OFFICER)


@pytest.fixture
def partly(in_review, clerk, manager):
    """200,000 of the 218,348 that were claimed, decided now."""
    gaps = [Gap(GapReason.OTHER, Decimal(18_348))]
    reviewing.propose(claim_id=in_review.pk, by=clerk, at=AT, amount=Decimal(200_000), reasons=GROUNDS, gaps=gaps)
    deciding.approve(claim_id=in_review.pk, by=manager, at=timezone.now())
    return fresh(in_review)


@pytest.fixture
def filing(partly):
    return {"claim": partly.number, "grounds": GROUNDS, "amount": "218348", "mobile": "+972501234567"}


@pytest.fixture
def objection(client, claimant, filing):
    return post(client, claimant, "objections", **filing).json()


@pytest.mark.req("CMP-9.2-c")
def test_an_objection_is_filed_taken_confirmed_complete_and_decided(client, claimant, filing, officer, partly):
    filed = post(client, claimant, "objections", **filing)
    number = filed.json()["id"]
    taken = post(client, officer, "take_objection", number).json()
    complete = post(client, officer, "confirm_complete", number).json()
    decided = post(
        client, officer, "decide_objection", number, version=complete["version"], amount="218348", reasons=GROUNDS
    ).json()

    assert (filed.status_code, filed.json()["state"], filed.json()["claim"]) == (201, "SUBMITTED", partly.number)
    assert (taken["state"], complete["complete_on"]) == ("IN_REVIEW", timezone.localdate().isoformat())
    assert (decided["state"], fresh(partly).determined_amount) == ("ACCEPTED", 218_348)
    assert get(client, claimant, "objection", number).json()["reasons"] == GROUNDS


@pytest.mark.req("CMP-9.2-c")
def test_the_manager_extends_the_time_to_decide_within_a_year(client, objection, manager, officer):
    later = (timezone.localdate() + timedelta(days=300)).isoformat()
    too_late = (timezone.localdate() + timedelta(days=370)).isoformat()

    assert (
        post(client, officer, "extend_objection", objection["id"], extended_to=later, reason=GROUNDS).status_code == 403
    )
    refused = post(client, manager, "extend_objection", objection["id"], extended_to=too_late, reason=GROUNDS)
    extended = post(client, manager, "extend_objection", objection["id"], extended_to=later, reason=GROUNDS)

    assert refused.json()["code"] == "OBJECTION_EXTENSION_OVER_ONE_YEAR"
    assert (extended.json()["extended_to"], extended.json()["due_on"]) == (later, later)


@pytest.mark.req("CMP-9.2-c")
def test_evidence_is_asked_for_delivered_and_accepted(client, objection, claimant, stranger, officer):
    number, due_on = objection["id"], (timezone.localdate() + timedelta(days=14)).isoformat()
    post(client, officer, "take_objection", number)
    asked = post(client, officer, "ask_objector", number, text="רשימת העובדים", due_on=due_on).json()
    question = asked["requests"][0]["id"]

    assert post(client, stranger, "answer_officer", number, request=question, text="-").status_code == 404
    answered = post(client, claimant, "answer_officer", number, request=question, text="מצורפת").json()
    accepted = post(client, officer, "accept_objectors_answer", number, request=question).json()

    assert (asked["state"], answered["requests"][0]["answer"]) == ("DETAILS_REQUESTED", "מצורפת")
    assert (accepted["state"], accepted["requests"][0]["accepted_at"] is not None) == ("IN_REVIEW", True)


@pytest.mark.req("CMP-9.2-c")
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("former_representative", 404), ("clerk", 403)])
def test_nobody_objects_for_a_claimant_who_is_not_his(client, request, filing, who, status):
    assert post(client, request.getfixturevalue(who), "objections", **filing).status_code == status
    assert not Objection.objects.exists()


def test_who_sees_an_objection(client, objection, claimant, representative, clerk, stranger):
    for user, expected in ((claimant, 1), (representative, 1), (clerk, 1), (stranger, 0)):
        assert len(get(client, user, "objections", state="SUBMITTED").json()["results"]) == expected
    assert get(client, stranger, "objection", objection["id"]).status_code == 404


@pytest.mark.req("CMP-9.2-c")
def test_a_stale_version_or_another_officer_decides_nothing(client, objection, officer, claimant):
    taken = post(client, officer, "take_objection", objection["id"]).json()
    body = {"amount": "218348", "reasons": GROUNDS}

    stale = post(client, officer, "decide_objection", objection["id"], version=taken["version"] - 1, **body)
    other = post(
        client, fund(Role.OBJECTION_OFFICER), "decide_objection", objection["id"], version=taken["version"], **body
    )

    assert (stale.status_code, stale.json()["code"]) == (409, "STALE_VERSION")
    assert other.json()["code"] == "NOT_ASSIGNED_TO_YOU"
    assert post(client, claimant, "decide_objection", objection["id"], version=1, **body).status_code == 403
    assert Objection.objects.get().state == "IN_REVIEW"


def test_an_amount_that_was_not_claimed_is_refused_at_its_field(client, claimant, filing):
    assert said(post(client, claimant, "objections", **{**filing, "amount": "999999"})) == [("INVALID_VALUE", "amount")]
