"""Advances over the API: asked for before a claim, and proposed by time on one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compensation.models import AdvanceCampaign, AdvanceRequest
from compensation.rules.codes import AdvanceKind
from compensation.services import advancing
from tests.compensation.api.asking import get, post, said
from tests.compensation.conftest import AT
from tests.factories.compensation import ProgrammeFactory
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
REASONS = "לפי היקף הפעילות שנפגעה ביישוב"


@pytest.fixture
def customer(db):
    """Somebody who has filed nothing."""
    return CustomerFactory()


@pytest.fixture
def applicant(customer):
    return customer.user


@pytest.fixture
def asking(customer):
    """What is asked, in a month that is open today."""
    today = timezone.localdate()
    AdvanceCampaign.objects.update_or_create(
        programme=ProgrammeFactory(is_current=True),
        month=today.replace(day=1),
        defaults={"opens_on": today, "closes_on": today + timedelta(days=9)},
    )
    return {
        "customer": customer.id_number, "month": today.replace(day=1).isoformat(), "town": "קריית-שמונה",
        "cause": "WAR_DAMAGE", "damage": "העסק סגור מתחילת המלחמה", "undertakes": True,
    }  # fmt: skip


@pytest.fixture
def proposal(filed):
    return advancing.propose_by_time(claim_id=filed.pk, kind=AdvanceKind.DAY_21_60, at=AT)


@pytest.mark.req("CMP-7.3.3-b")
def test_an_advance_is_asked_for_given_an_amount_and_approved(client, asking, applicant, clerk, manager):
    asked = post(client, applicant, "advances", **asking)
    number = asked.json()["id"]
    proposed = post(client, clerk, "propose_advance", number, amount="20000", reasons=REASONS).json()
    approved = post(client, manager, "approve_advance", number).json()

    assert (asked.status_code, asked.json()["state"], asked.json()["town"]) == (201, "REQUESTED", "קרית שמונה")
    assert (proposed["state"], approved["state"], approved["amount"]) == ("PROPOSED", "CONFIRMED", "20000")
    assert AdvanceRequest.objects.get().payment.gross == 20_000


@pytest.mark.req("CMP-7.3.3-b")
def test_an_advance_is_refused_with_reasons(client, asking, applicant, clerk, manager):
    number = post(client, applicant, "advances", **asking).json()["id"]

    assert said(post(client, manager, "refuse_advance", number, reasons="")) == [("FIELD_REQUIRED", "reasons")]
    assert post(client, manager, "refuse_advance", number, reasons=REASONS).json()["state"] == "REFUSED"
    assert post(client, clerk, "refuse_advance", number, reasons=REASONS).status_code == 403


@pytest.mark.req("CMP-7.3.3-b")
def test_nobody_asks_for_a_claimant_who_is_not_his(client, asking, stranger, clerk):
    answer = post(client, stranger, "advances", **asking)

    assert (answer.status_code, said(answer)) == (403, [("GEN_NOT_AUTHORISED", "customer")])
    assert post(client, clerk, "advances", **asking).status_code == 403
    assert not AdvanceRequest.objects.exists()


def test_a_claimant_lists_his_own_requests_and_the_fund_all(client, asking, applicant, stranger, clerk):
    number = post(client, applicant, "advances", **asking).json()["id"]

    for user, expected in ((applicant, [number]), (clerk, [number]), (stranger, [])):
        assert [row["id"] for row in get(client, user, "advances").json()["results"]] == expected


def test_a_month_that_nobody_opened_is_closed(client, asking, applicant):
    answer = post(client, applicant, "advances", **{**asking, "month": "2020-01-01"})

    assert said(answer) == [("ADV_WINDOW_CLOSED", "month")]


def test_a_request_for_another_town_says_so(client, asking, applicant):
    answer = post(client, applicant, "advances", **{**asking, "town": "תל אביב"})

    assert answer.json()["code"] == "ADV_NOT_ANNEX_E"


@pytest.mark.req("CMP-7.3.3-b")
def test_what_time_proposed_is_confirmed_by_the_manager_alone(client, filed, proposal, clerk, manager):
    (row,) = get(client, clerk, "advance_proposals", state="PROPOSED").json()["results"]
    assert (row["claim"], row["kind"], row["amount"]) == (filed.number, "DAY_21_60", "131009")
    assert post(client, clerk, "confirm_proposal", row["id"]).status_code == 403

    confirmed = post(client, manager, "confirm_proposal", row["id"])

    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "CONFIRMED")
    assert post(client, manager, "confirm_proposal", row["id"]).json()["code"] == "GEN_BAD_TRANSITION"


@pytest.mark.req("CMP-7.3.3-b")
def test_another_base_needs_reasons_and_a_refusal_too(client, proposal, manager):
    answer = post(client, manager, "confirm_proposal", proposal.pk, base="100000")
    assert answer.json()["code"] == "GEN_REASONS_REQUIRED"

    refused = post(client, manager, "refuse_proposal", proposal.pk, reasons=REASONS).json()

    assert (refused["state"], refused["decision_reasons"]) == ("REFUSED", REASONS)
