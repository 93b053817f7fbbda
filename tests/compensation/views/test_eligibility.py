"""What is open to a business, asked by anybody before any form; and the request for an eligibility check."""

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape

from compensation import labels
from compensation.models import Claim, Claimant, EligibilityCheckRequest
from tests.compensation.claimants import FILED_AT, programme
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def within_the_window(db):
    programme()
    with time_machine.travel(FILED_AT, tick=False):
        yield


def check(client, **typed):
    return client.get(reverse("compensation:check"), typed)


def offered(page) -> dict[str, bool]:
    return {offer.track.value: offer.is_open for offer in page.context["answer"].offers}


@pytest.mark.req("CMP-2.6-a")
@pytest.mark.parametrize(
    ("town", "is_open"),
    [("אשדוד", {"TURNOVER", "WAGE"}), ("קרית שמונה", {"TURNOVER", "WAGE", "RED"}), ("תל אביב", set())],
)
def test_anybody_is_told_which_tracks_a_town_opens_with_the_reason_of_each(client, town, is_open):
    page = check(client, town=town)
    tracks = offered(page)

    assert {track for track in ("TURNOVER", "WAGE", "RED") if tracks[track]} == is_open
    text = page.content.decode()
    cells = dict(labels.ELIGIBILITY)
    for offer in page.context["answer"].offers:
        assert escape(str(cells[offer.eligibility.value])) in text
    assert not Claimant.objects.exists()  # nothing is stored


def test_a_town_that_no_list_knows_is_told_at_its_field_with_what_was_typed(client):
    page = check(client, town="נתיבות", registered_town="אטלנטיס")

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"registered_town"}
    assert 'value="אטלנטיס"' in page.content.decode()


@pytest.mark.req("CMP-1.7-a")
def test_a_business_registered_elsewhere_is_told_that_it_will_be_examined(client):
    page = check(client, town="נתיבות", registered_town="תל אביב")

    assert "מקום העסק והמקום הרשום אינם תואמים" in page.content.decode()


@pytest.mark.req("CMP-2.6-g")
def test_fixed_costs_are_a_link_to_the_other_law_and_no_track_here(client):
    page = check(client, town="תל אביב")

    assert 'href="https://go.gov.il/NezekAkif"' in page.content.decode()
    assert offered(page)["FIXED_COSTS"] is False


@pytest.mark.req("CMP-2.6-n")
def test_a_check_is_asked_on_a_form_that_keeps_the_words_and_opens_a_claim_once_granted(client, clerk):
    customer = CustomerFactory()
    client.force_login(customer.user)
    address = reverse("compensation:check_request")
    typed = {
        "customer": customer.pk,
        "ground": "branch",
        "track": "TURNOVER",
        "town": "אטלנטיס",
        "text": "סניף בנתיבות",
    }

    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "סניף בנתיבות" in refused.content.decode()
    assert not EligibilityCheckRequest.objects.exists()

    assert client.post(address, {**typed, "town": "נתיבות"}).status_code == 302
    asked = EligibilityCheckRequest.objects.get()
    begins = {"customer": customer.pk, "check": asked.pk}
    assert client.post(reverse("compensation:new"), begins).status_code == 422  # not granted yet
    EligibilityCheckRequest.objects.update(state="GRANTED", decided_by=clerk, decided_at=FILED_AT)
    assert client.post(reverse("compensation:new"), begins).status_code == 302
    assert Claim.objects.get().eligibility_check == asked


def test_towns_that_begin_as_typed_are_offered(client):
    page = client.get(reverse("compensation:towns"), {"town": "נתיב"}).content.decode()

    assert '<option value="נתיבות">' in page
    assert client.get(reverse("compensation:towns"), {"town": "נ" * 500}).status_code == 200
