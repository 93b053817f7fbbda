"""Topics offered while an inquirer writes, and the department's page of the classifier."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry, TriageModel, TriageSuggestion
from tests.factories.inquiries import head_team, load_reference, office
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory
from tests.inquiries.services.test_triage import DOWN, topics  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
NEW, OFFER = "/my/inquiries/new/", "/my/inquiries/new/suggestions/"
WRITTEN = "אני רוצה לסגור את התיק: סגירת תיק"


@pytest.fixture
def triplet():
    load_reference()
    head_team()
    return office(sub_topic="תיקים", detail="סגירת תיק").triplet_teams.get().triplet


@pytest.fixture
def customer(client):
    customer = CustomerFactory()
    client.force_login(customer.user)
    return customer


@pytest.mark.req("CRM-5.1.1-e")
def test_the_likeliest_topics_are_offered_with_their_confidence_in_words(client, customer, triplet):
    shown = client.post(OFFER, {"description": WRITTEN}).text

    assert triplet.detail in shown
    assert "מתאים" in shown
    assert f"triplet={triplet.pk}" in shown


def test_a_few_letters_offer_nothing(client, customer, triplet):
    assert triplet.detail not in client.post(OFFER, {"description": "סגירה"}).text


@pytest.mark.req("CRM-5.1.1-e")
def test_a_representative_is_offered_topics_too(client, triplet):
    client.force_login(RepresentativeEmployeeFactory().user)

    assert triplet.detail in client.post(OFFER, {"description": WRITTEN}).text


@pytest.mark.req("CRM-5.1.1-e")
def test_without_scripts_topics_are_asked_for_chosen_and_kept_with_the_inquiry(client, customer, triplet):
    asked = client.post(NEW, {"description": WRITTEN, "refine": "1"})
    assert f'name="choose" value="{triplet.pk}"' in asked.text
    chosen = client.post(NEW, {"description": WRITTEN, "choose": triplet.pk})
    form = chosen.context["form"]
    assert form["triplet"].value() == str(triplet.pk)
    assert form["description"].value() == WRITTEN

    client.post(
        NEW,
        {
            "main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk,
            "description": WRITTEN, "suggested": form["suggested"].value(),
        },
    )  # fmt: skip

    kept = TriageSuggestion.objects.get(inquiry=Inquiry.objects.get())
    assert (kept.rank, kept.triplet, kept.was_chosen) == (1, triplet, True)


def test_what_no_page_of_ours_offered_is_not_kept(client, customer, triplet):
    sent = {"main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk}

    client.post(NEW, {**sent, "description": WRITTEN, "suggested": '[["1", 1.0]]'})

    assert Inquiry.objects.count() == 1
    assert not TriageSuggestion.objects.exists()


@pytest.mark.req("CRM-5.1.1-e")
def test_with_the_adapter_down_the_page_offers_nothing_and_the_inquiry_is_opened(client, customer, triplet, settings):
    settings.REGISTERS = {**settings.REGISTERS, "triage": DOWN}
    sent = {"main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk}

    offered = client.post(OFFER, {"description": WRITTEN})
    client.post(NEW, {**sent, "description": WRITTEN})

    assert offered.status_code == 200
    assert triplet.detail not in offered.text
    assert Inquiry.objects.count() == 1


def test_a_refused_form_shows_the_offered_topics_again(client, customer, triplet):
    signed = client.post(NEW, {"description": WRITTEN, "refine": "1"}).context["form"]["suggested"].value()

    refused = client.post(NEW, {"description": WRITTEN, "suggested": signed})

    assert refused.status_code == 422
    assert f'name="choose" value="{triplet.pk}"' in refused.text


@pytest.mark.req("CRM-5.1.1-e")
def test_the_department_trains_and_sees_how_well_the_classifier_does(client, topics):  # noqa: F811
    Inquiry.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    client.force_login(UserFactory(roles=[Role.CRM_ADMIN]))
    assert "עדיין אין גרסה" in client.get("/triage/").text

    shown = client.post("/triage/train/", follow=True).text

    model = TriageModel.objects.get()
    assert f"{round(model.top_1 * 100)}%" in shown
    assert "תמיד הנושא השכיח" in shown


@pytest.mark.req("CRM-5.1.1-g")
def test_the_department_downloads_the_verdicts_and_the_audit_knows(client, topics):  # noqa: F811
    Inquiry.objects.filter(number="2025-000001").update(description="=1+1 בקשה להחזר")
    client.force_login(UserFactory(roles=[Role.CRM_ADMIN]))

    answer = client.post("/triage/export/")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "description"
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert AuditEvent.objects.filter(action="triage.export", outcome="done").count() == 1
