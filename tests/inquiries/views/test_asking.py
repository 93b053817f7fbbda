"""A general question without signing in (CRM-2.2.1-b)."""

import pytest
from django.core.cache import cache
from django.utils import translation

from crm_portal.messaging.models import Notification
from inquiries.models import Inquiry
from tests.factories.inquiries import head_team, load_reference, office
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db
QUESTION = {"description": "איזה טופס מגישים?", "name": "אורי", "email": "uri@example.org"}


@pytest.fixture
def triplet():
    cache.clear()  # it counts the questions of an address
    load_reference()
    head_team()
    return office(requires_identification=False).triplet_teams.get().triplet


def sent(triplet, **changes):
    levels = {"main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk}
    return levels | QUESTION | changes


@pytest.mark.req("CRM-2.2.1-b")
def test_somebody_unknown_asks_and_is_told_the_number(client, triplet):
    answer = client.post("/ask/", sent(triplet), follow=True)

    inquiry = Inquiry.objects.get()
    assert inquiry.number in answer.text
    assert (inquiry.customer, inquiry.verification_method, inquiry.contact_email) == (None, "none", "uri@example.org")
    assert Notification.objects.get(kind="inquiry_received").address == "uri@example.org"


@pytest.mark.req("CRM-2.1.3-c")
def test_he_is_written_to_in_the_language_he_asked_in(client, triplet):
    client.post("/preferences/language/", {"language": "en", "next": "/ask/"})
    client.post("/ask/", sent(triplet))

    inquiry = Inquiry.objects.get()
    with translation.override("en"):
        label = inquiry.get_status_display()
    assert inquiry.contact_language == "en"
    assert label in Notification.objects.get(kind="inquiry_received").body


def test_a_subject_that_needs_identification_is_neither_offered_nor_taken(client, triplet):
    closed = TripletFactory(requires_identification=True, main_topic='מע"מ', sub_topic="חוב", detail="בירור חוב")

    offered = client.get("/ask/").context["form"].fields["main_topic"].widget.choices
    assert closed.main_topic not in [topic for topic, _words in offered]
    response = client.post("/ask/", sent(closed))

    assert response.status_code == 422
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"description": " "}, "description"),
        ({"email": ""}, "email"),
        ({"email": "uri"}, "email"),
        ({"phone": "1"}, "phone"),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_the_words_are_kept(client, triplet, changes, field):
    response = client.post("/ask/", sent(triplet, **changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "אורי" in response.text
    assert not Inquiry.objects.exists()


def test_a_double_click_asks_once(client, triplet):
    for _ in range(2):
        client.post("/ask/", sent(triplet, submission_key="k1"))

    assert Inquiry.objects.count() == 1


def test_no_address_of_the_network_asks_without_end(client, triplet, settings):
    settings.GENERAL_QUESTIONS_PER_HOUR = 2
    answers = [client.post("/ask/", sent(triplet, submission_key=f"k{n}")) for n in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert Inquiry.objects.count() == 2


def test_without_javascript_each_level_is_chosen_by_sending_the_form(client, triplet):
    response = client.post("/ask/", {"main_topic": triplet.main_topic, "refine": "1", **QUESTION})

    assert triplet.sub_topic in response.text
    assert QUESTION["description"] in response.text
