"""The pages of advances, requests and the programme, for the fund and for the claimant."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from compensation.models import AdvanceCampaign, AdvanceProposal, AdvanceRequest, FilingExtension, IndexValue
from compensation.services import towns
from compensation.tasks import propose_advance_60
from tests.factories.compensation import ClaimFactory
from tests.factories.files import pdf
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
WORDS = "ההערכה נעשתה לפי מחזור העסק בשנת 2022"


@pytest.fixture
def programme(db):
    """The programme as it ships, with a month that is open today."""
    towns.load(overwrite=False)
    today = timezone.localdate()
    AdvanceCampaign.objects.filter(month=date(2023, 11, 1)).update(opens_on=today, closes_on=today)


@pytest.fixture
def proposal(filed) -> AdvanceProposal:
    propose_advance_60(datetime(2023, 12, 12, 0, 5, tzinfo=UTC))
    return AdvanceProposal.objects.get()


@pytest.mark.req("CMP-8.4.3-c")
def test_the_manager_changes_the_base_with_reasons_on_the_page(client, manager, proposal):
    client.force_login(manager)
    assert reverse("granting:proposal", args=[proposal.pk]) in client.get(reverse("granting:advances")).content.decode()
    address = reverse("granting:confirm", args=[proposal.pk])

    refused = client.post(address, {"base": "100000", "reasons": ""})
    assert refused.status_code == 422
    assert 'value="100000"' in refused.content.decode()  # what was typed stays

    assert client.post(address, {"base": "100000", "reasons": WORDS}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.amount) == ("CONFIRMED", Decimal(60_000))


@pytest.mark.req("CMP-7.3.5-b", "CMP-7.3.5-a")
def test_a_claimant_sends_notice_of_damage_and_request_in_one_form(client, programme, clerk):
    customer = CustomerFactory()
    client.force_login(customer.user)
    month = AdvanceCampaign.objects.get(month=date(2023, 11, 1))
    typed = {
        "customer_id": customer.pk, "campaign_id": month.pk, "town": "תל אביב", "cause": "UNUSABLE_ASSET",
        "damage": "המחסן אינו נגיש", "declares": "on", "undertakes": "on",
    }  # fmt: skip

    refused = client.post(reverse("asking:advance"), typed)
    assert refused.status_code == 422
    assert "המחסן אינו נגיש" in refused.content.decode()
    assert "אין בכך כדי לשלול זכאות לפיצוי" in refused.content.decode()  # CMP-7.3.4-a

    assert client.post(reverse("asking:advance"), {**typed, "town": "בארי"}).status_code == 302
    asked = AdvanceRequest.objects.get()
    assert (asked.town, asked.cause) == ("בארי", "UNUSABLE_ASSET")
    assert "בארי" in client.get(reverse("asking:own")).content.decode()
    client.force_login(clerk)
    assert (
        reverse("granting:advance_request", args=[asked.pk])
        in client.get(reverse("granting:advances")).content.decode()
    )


@pytest.mark.req("CMP-7.3.1-a")
def test_the_form_asks_which_of_the_two_the_damage_comes_from(client, programme):
    client.force_login(CustomerFactory().user)

    page = client.get(reverse("asking:advance")).content.decode()

    assert 'value="WAR_DAMAGE"' in page
    assert 'value="UNUSABLE_ASSET"' in page


@pytest.mark.req("CMP-8.2-a")
def test_a_claimant_asks_for_more_time_with_a_file(client, programme, manager):
    customer = CustomerFactory()
    client.force_login(customer.user)
    typed = {"customer_id": customer.pk, "reason": "אשפוז", "wanted_until": "2099-01-01"}

    assert client.post(reverse("asking:extension"), typed).status_code == 422  # no evidence
    file = SimpleUploadedFile("a.pdf", pdf("x"), "application/pdf")
    assert client.post(reverse("asking:extension"), {**typed, "evidence": file}).status_code == 302

    asked = FilingExtension.objects.get()
    client.force_login(manager)
    granted = client.post(reverse("granting:grant_time", args=[asked.pk]), {"until": "2099-01-01", "reasons": WORDS})
    assert granted.status_code == 302
    asked.refresh_from_db()
    assert asked.granted_until == date(2099, 1, 1)


@pytest.mark.req("CMP-8.1.1-a")
def test_the_manager_postpones_the_opening_and_sees_the_last_day_move(client, programme, manager, clerk):
    client.force_login(clerk)
    assert client.get(reverse("granting:programme")).status_code == 403
    client.force_login(manager)
    assert client.get(reverse("granting:programme")).context["window"].last_day == date(2024, 3, 19)

    client.post(reverse("granting:window"), {"opens_on": "2023-11-26", "reason": "הטופס לא היה זמין"})

    page = client.get(reverse("granting:programme"))
    assert page.context["window"].last_day == date(2024, 3, 26)
    assert "הטופס לא היה זמין" in page.content.decode()


@pytest.mark.req("CMP-8.4.7-a")
def test_indexes_are_added_by_their_day_and_never_changed(client, programme, manager):
    client.force_login(manager)
    for value in ("104.2", "105"):
        answer = client.post(reverse("granting:index"), {"published_on": "2023-11-15", "value": value})

    assert answer.status_code == 422
    assert IndexValue.objects.get().value == Decimal("104.2")


def test_the_lists_read_a_fixed_number_of_queries(client, manager, proposal, django_assert_max_num_queries):
    client.force_login(manager)
    client.get(reverse("granting:advances"))
    ClaimFactory.create_batch(6, filed=True)
    propose_advance_60(datetime(2023, 12, 12, 0, 5, tzinfo=UTC))

    with django_assert_max_num_queries(25):
        client.get(reverse("granting:advances"))
