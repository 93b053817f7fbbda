"""Appeals filed and recorded over the API (clause 10)."""

# ruff: noqa: F401, F811 - fixtures of other modules

import pytest
import time_machine

from compensation.models import Appeal
from compensation.services import examining
from tests.compensation.api.asking import get, post, said
from tests.compensation.api.test_objections import GROUNDS, filing, objection, officer, partly
from tests.compensation.conftest import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def dismissed(client, objection, officer):
    """An objection that the officer dismissed; its id."""
    number = objection["id"]
    taken = post(client, officer, "take_objection", number).json()
    post(client, officer, "decide_objection", number, version=taken["version"], amount="200000", reasons=GROUNDS)
    return number


def record_of(dismissed, **changed):
    return {"objection": dismissed, "grounds": GROUNDS, "copies": 4, "has_all_attachments": True, **changed}


@pytest.fixture
def appeal(client, claimant, dismissed):
    return post(client, claimant, "appeals", **record_of(dismissed)).json()


@pytest.mark.req("CMP-9.2-c")
def test_an_appeal_is_filed_by_the_claimant_heard_and_decided(client, claimant, officer, appeal, partly):
    today = appeal["filed_on"]

    heard = post(client, officer, "record_hearing", appeal["id"], on=today, place="ועדת הערר, ירושלים").json()
    decided = post(
        client, officer, "decide_appeal", appeal["id"], decided_on=today, served_on=today, amount="210000", text=GROUNDS
    ).json()

    assert (appeal["state"], appeal["claim"]) == ("FILED", partly.number)
    assert heard["hearings"] == [{"on": today, "place": "ועדת הערר, ירושלים", "note": ""}]
    assert (decided["state"], fresh(partly).determined_amount) == ("DECIDED", 210_000)
    assert get(client, claimant, "appeal", appeal["id"]).json()["court_until"] == decided["court_until"]


@pytest.mark.req("CMP-10.3-a")
def test_the_court_is_appealed_to_with_a_copy_to_the_attorney_and_decides(client, officer, appeal, partly):
    number, today = appeal["id"], appeal["filed_on"]
    post(client, officer, "decide_appeal", number, decided_on=today, served_on=today, amount="200000", text=GROUNDS)
    filed = {"filed_on": today, "legal_question": GROUNDS}

    without = post(client, officer, "appeal_to_court", number, **filed)
    before = post(client, officer, "appeal_to_court", number, **filed, attorney_copy_on=today).json()
    decided = post(client, officer, "decide_in_court", number, decided_on=today, amount="218348", text=GROUNDS).json()

    assert without.status_code == 400
    assert (before["state"], decided["state"]) == ("COURT_APPEAL_FILED", "COURT_DECIDED")
    assert fresh(partly).determined_amount == 218_348


@pytest.mark.req("CMP-10.2-a")
def test_three_copies_or_a_lawyer_without_power_are_refused(client, claimant, dismissed):
    three = post(client, claimant, "appeals", **record_of(dismissed, copies=3))
    lawyer = post(client, claimant, "appeals", **record_of(dismissed, lawyer="עו״ד לוי"))

    assert said(three) == [("FIELD_REQUIRED", "record")]
    assert said(lawyer) == [("FIELD_REQUIRED", "power_of_attorney")]
    assert not Appeal.objects.exists()


@pytest.mark.req("CMP-10.1-a")
def test_the_fund_records_an_appeal_that_reached_the_committee(client, officer, clerk, dismissed, partly):
    today = fresh(partly).objections.get().decided_at.date().isoformat()

    assert post(client, clerk, "record_appeal", **record_of(dismissed, filed_on=today)).status_code == 403
    made = post(client, officer, "record_appeal", **record_of(dismissed, filed_on=today))

    assert (made.status_code, made.json()["filed_on"]) == (201, today)


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("former_representative", 404), ("clerk", 403)])
def test_nobody_appeals_for_a_claimant_who_is_not_his(client, request, dismissed, who, status):
    assert post(client, request.getfixturevalue(who), "appeals", **record_of(dismissed)).status_code == status
    assert not Appeal.objects.exists()


def test_who_sees_an_appeal(client, appeal, claimant, representative, clerk, stranger):
    for user, expected in ((claimant, 1), (representative, 1), (clerk, 1), (stranger, 0)):
        assert len(get(client, user, "appeals", state="FILED").json()["results"]) == expected
    assert get(client, stranger, "appeal", appeal["id"]).status_code == 404
    assert post(client, stranger, "record_hearing", appeal["id"], on="2026-01-01", place="-").status_code == 403
