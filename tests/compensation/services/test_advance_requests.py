"""Advances before a claim: who may ask, when, what the clerk and the manager do, and what follows."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from compensation.models import AdvanceCampaign, AdvanceRequest, Payment
from compensation.rules.codes import AdvanceState
from compensation.rules.reasons import Reason
from compensation.services import advance_requests, towns
from compensation.tasks import close_advance_campaigns, flag_advances_without_claim
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from crm_portal.people.models import RoleGrant
from tests.factories.compensation import ClaimantFactory, ClaimFactory
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
ASKED = datetime(2023, 11, 20, 9, tzinfo=UTC)
WORDS = "ההערכה נעשתה לפי מחזור העסק בשנת 2022"


@pytest.fixture
def october(db) -> AdvanceCampaign:
    towns.load(overwrite=False)
    return AdvanceCampaign.objects.get(month=date(2023, 10, 1))


@pytest.fixture
def customer(october):
    return CustomerFactory(email="farm@example.com", mobile="0541234567")


def ask(customer, campaign, *, at=ASKED, **changes) -> AdvanceRequest:
    given = {"town": "בארי", "cause": "WAR_DAMAGE", "damage": "אין גישה לשדות", "undertakes": True, **changes}
    return advance_requests.request(customer_id=customer.pk, campaign_id=campaign.pk, by=customer.user, at=at, **given)


@pytest.mark.req("CMP-7.3.3-a")
def test_one_form_gives_notice_of_damage_and_asks_before_a_claim(customer, october):
    asked = ask(customer, october)

    assert (asked.state, asked.damage) == (AdvanceState.REQUESTED.value, "אין גישה לשדות")
    assert Notification.objects.filter(about=advance_requests.reference(asked)).count() == 2


@pytest.mark.req("CMP-7.3.3-a")
def test_after_a_claim_no_advance_is_asked_before_it(customer, october):
    ClaimFactory(filed=True, claimant=ClaimantFactory(customer=customer))

    with pytest.raises(Refused) as refused:
        ask(customer, october)

    assert refused.value.code == Reason.GEN_CLAIM_EXISTS


@pytest.mark.req("CMP-7.3.4-a", "CMP-1.5-a")
def test_annex_e_decides_and_an_evacuated_town_outside_it_is_examined_by_hand(customer, october):
    with pytest.raises(Refused) as refused:
        ask(customer, october, town="תל אביב")
    assert refused.value.code == Reason.ADV_NOT_ANNEX_E

    assert ask(customer, october, town="אוהד").needs_manual_review is True  # in D, not in E (CMP-2.6-e)


@pytest.mark.req("CMP-7.3.6-a")
def test_without_the_undertaking_to_file_nothing_is_asked(customer, october):
    with pytest.raises(Refused) as refused:
        ask(customer, october, undertakes=False)

    assert (refused.value.code, refused.value.refusals[0].fields) == (Code.FIELD_REQUIRED, ("undertaking",))


@pytest.mark.req("CMP-7.3.8-a")
def test_october_is_asked_until_the_thirtieth_of_november(customer, october):
    with pytest.raises(Refused) as refused:
        ask(customer, october, at=datetime(2023, 12, 1, 9, tzinfo=UTC))
    assert refused.value.code == Reason.ADV_WINDOW_CLOSED

    assert ask(customer, october, at=datetime(2023, 11, 30, 20, tzinfo=UTC)).pk


@pytest.mark.req("CMP-7.3.8-b")
def test_the_campaign_is_closed_on_the_day_after_and_once(october):
    assert close_advance_campaigns(datetime(2023, 11, 30, 21, 59, tzinfo=UTC)).done == 0
    assert close_advance_campaigns(datetime(2023, 12, 1, 0, 5, tzinfo=UTC)).done == 1
    assert close_advance_campaigns(datetime(2023, 12, 2, 0, 5, tzinfo=UTC)).done == 0


@pytest.mark.req("CMP-7.3.9-a")
def test_november_is_closed_until_the_manager_opens_it_with_dates(customer, october, clerk, manager):
    november = AdvanceCampaign.objects.get(month=date(2023, 11, 1))
    days = {"opens_on": date(2023, 12, 1), "closes_on": date(2023, 12, 31), "reason": "החלטת מנהל"}
    at = datetime(2023, 12, 5, 9, tzinfo=UTC)
    with pytest.raises(Refused) as closed:
        ask(customer, november, at=at)
    assert closed.value.code == Reason.ADV_WINDOW_CLOSED
    with pytest.raises(Refused):
        advance_requests.open_campaign(campaign_id=november.pk, by=clerk, at=at, **days)

    advance_requests.open_campaign(campaign_id=november.pk, by=manager, at=at, **days)

    assert ask(customer, november, at=at).campaign == november


@pytest.mark.req("CMP-7.3.10-b")
def test_the_clerk_enters_the_amount_with_reasons_and_another_person_approves(customer, october, clerk, manager):
    asked = ask(customer, october)
    with pytest.raises(Refused) as bare:
        advance_requests.propose(request_id=asked.pk, amount=Decimal(40_000), reasons="קצר", by=clerk, at=ASKED)
    assert bare.value.code == Reason.GEN_REASONS_REQUIRED
    advance_requests.propose(request_id=asked.pk, amount=Decimal(40_000), reasons=WORDS, by=clerk, at=ASKED)
    RoleGrant.objects.create(user=clerk, role="compensation_manager", scope="all")
    with pytest.raises(Refused) as own:
        advance_requests.approve(request_id=asked.pk, by=clerk, at=ASKED)
    assert own.value.code == Reason.GEN_FOUR_EYES

    advance_requests.approve(request_id=asked.pk, by=manager, at=ASKED)

    assert Payment.objects.get().gross == Decimal(40_000)
    assert AdvanceRequest.objects.get().payment == Payment.objects.get()


@pytest.mark.req("CMP-7.3.10-a")
def test_a_refusal_bars_neither_a_new_request_nor_a_claim(customer, october, manager):
    asked = ask(customer, october)

    advance_requests.refuse_request(request_id=asked.pk, reasons=WORDS, by=manager, at=ASKED)

    assert ask(customer, october).pk != asked.pk
    claim = ClaimFactory(filed=True, claimant=asked.claimant)
    assert not claim.needs_manual_review


@pytest.mark.req("CMP-7.3.6-b")
def test_an_advance_that_no_claim_followed_goes_to_the_clerks_after_the_window(customer, october, clerk, manager):
    clerk.email = "clerk@fund.example"
    clerk.save()
    asked = ask(customer, october)
    advance_requests.propose(request_id=asked.pk, amount=Decimal(40_000), reasons=WORDS, by=clerk, at=ASKED)
    advance_requests.approve(request_id=asked.pk, by=manager, at=ASKED)
    AdvanceRequest.objects.update(state=AdvanceState.PAID.value)
    assert flag_advances_without_claim(datetime(2024, 3, 19, 20, tzinfo=UTC)).done == 0

    assert flag_advances_without_claim(datetime(2024, 3, 20, 0, 5, tzinfo=UTC)).done == 1
    assert flag_advances_without_claim(datetime(2024, 3, 21, 0, 5, tzinfo=UTC)).done == 0

    asked.refresh_from_db()
    assert asked.unfiled_since == date(2024, 3, 20)
    assert Notification.objects.filter(kind="claim_alert", address="clerk@fund.example").count() == 1
