"""Opening an inquiry in the personal area (P3), with and without JavaScript."""

import re

import pytest
from django.utils.html import escape

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from inquiries.models import Inquiry
from tests.factories.files import upload
from tests.factories.inquiries import InquiryFactory, head_team, load_reference, office
from tests.factories.people import (
    CustomerFactory,
    PowerOfAttorneyFactory,
    RepresentativeEmployeeFactory,
    RepresentativeFactory,
)
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db
NEW = "/my/inquiries/new/"


@pytest.fixture
def customer(client):
    customer = CustomerFactory()
    client.force_login(customer.user)
    return customer


@pytest.fixture
def triplet():
    load_reference()
    head_team()
    team = office(main_topic="ניכויים", sub_topic="תיאום מס", detail="שני מעסיקים")
    return team.triplet_teams.get().triplet


def sent(triplet, **changes):
    return {
        "main_topic": triplet.main_topic,
        "sub_topic": triplet.sub_topic,
        "triplet": triplet.pk,
        "description": "עבדתי אצל שני מעסיקים",
        **changes,
    }


def test_an_inquiry_is_opened_and_its_number_is_told(client, customer, triplet):
    answer = client.post(NEW, sent(triplet, files=[upload("a.pdf"), upload("b.pdf")]), follow=True)

    inquiry = Inquiry.objects.get()
    assert f'מספר הפנייה: <bdi class="num">{inquiry.number}</bdi>' in answer.text
    assert inquiry.customer == customer
    assert inquiry.status == "open_team"
    assert inquiry.attachments.count() == 2


def test_a_double_click_opens_one(client, customer, triplet):
    key = re.search(r'name="submission_key" value="(\w+)"', client.get(NEW).text)[1]

    answers = [client.post(NEW, sent(triplet, submission_key=key)) for _click in range(2)]

    assert Inquiry.objects.count() == 1
    assert answers[0].url == answers[1].url


@pytest.mark.req("CRM-4.1-b")
def test_without_javascript_each_level_is_chosen_by_sending_once_more(client, customer, triplet):
    other = TripletFactory(main_topic='מע"מ', sub_topic="רישום", detail="עוסק פטור")
    first = client.get(NEW).text
    assert 'name="sub_topic"' not in first
    assert escape(other.main_topic) in first

    second = client.post(NEW, {"main_topic": "ניכויים", "description": "נשאר", "refine": "1"}).text
    third = client.post(NEW, {"main_topic": "ניכויים", "sub_topic": "תיאום מס", "refine": "1"}).text

    assert "תיאום מס" in second
    assert "רישום" not in second
    assert "נשאר" in second
    assert "שני מעסיקים" in third
    assert "error-summary" not in second + third
    assert Inquiry.objects.count() == 0


def test_htmx_gets_the_levels_alone_and_a_changed_level_clears_those_below(client, customer, triplet):
    TripletFactory(main_topic='מע"מ', sub_topic="רישום", detail="עוסק פטור")

    below = client.get(NEW + "topics/", {"main_topic": 'מע"מ', "sub_topic": "תיאום מס", "triplet": triplet.pk}).text

    assert "<html" not in below
    assert "רישום" in below
    assert "שני מעסיקים" not in below


@pytest.mark.req("CRM-4.1-c")
def test_the_tax_year_is_asked_where_the_triplet_wants_it_and_only_there(client, customer, triplet):
    choice = {"main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk}
    assert "tax_year" not in client.get(NEW + "topics/", choice).text

    triplet.tax_year_required = True
    triplet.save()

    assert 'name="tax_year"' in client.get(NEW + "topics/", choice).text
    missing = client.post(NEW, sent(triplet))
    assert missing.status_code == 422
    assert 'id="id_tax_year_error"' in missing.text
    assert client.post(NEW, sent(triplet, tax_year="1949")).status_code == 422
    assert client.post(NEW, sent(triplet, tax_year="שנה")).status_code == 422
    assert client.post(NEW, sent(triplet, tax_year="2024")).status_code == 302


def test_what_is_missing_is_named_at_each_field_and_what_was_typed_stays(client, customer, triplet):
    answer = client.post(NEW, {"main_topic": "ניכויים", "description": " "})

    assert answer.status_code == 422
    assert 'id="id_description_error"' in answer.text
    assert '<option value="ניכויים" selected>' in answer.text
    assert AuditEvent.objects.filter(outcome="refused", code=Code.FIELD_REQUIRED).exists()


def test_a_refused_file_leaves_the_rest_and_opens_nothing(client, customer, triplet):
    answer = client.post(NEW, sent(triplet, files=[upload("ok.pdf"), upload("virus.exe", b"MZ")]))

    assert answer.status_code == 422
    assert 'id="id_files_error"' in answer.text
    assert "עבדתי אצל שני מעסיקים" in answer.text
    assert f'<option value="{triplet.pk}" selected>' in answer.text
    assert Inquiry.objects.count() == 0


@pytest.mark.req("CRM-4.1-b")
def test_levels_that_do_not_belong_together_are_refused_and_audited(client, customer, triplet):
    other = TripletFactory(main_topic='מע"מ', sub_topic="רישום")

    answer = client.post(NEW, sent(other, main_topic="ניכויים"))

    assert answer.status_code == 422
    assert Inquiry.objects.count() == 0
    assert AuditEvent.objects.filter(outcome="refused", code=Code.TRIPLET_INVALID).exists()


@pytest.mark.req("CRM-7-l")
def test_internal_triplets_are_neither_offered_nor_accepted(client, customer, triplet):
    internal = TripletFactory(is_internal=True, main_topic="מטה", sub_topic="פנימי", detail="פנימי מאוד")

    assert "מטה" not in client.get(NEW).text
    answer = client.post(NEW, sent(internal))

    assert answer.status_code == 422
    assert AuditEvent.objects.filter(outcome="refused", code=Code.TRIPLET_INTERNAL).exists()


@pytest.mark.req("CRM-6.4-a")
@pytest.mark.parametrize("field", ["team", "unit"])
def test_the_form_knows_no_team_and_refuses_one(client, customer, triplet, field):
    assert f'name="{field}"' not in client.get(NEW).text

    answer = client.post(NEW, sent(triplet, **{field: "1"}))

    assert answer.status_code == 422
    assert AuditEvent.objects.filter(outcome="refused", code=Code.ROUTING_FIELDS_FORBIDDEN).exists()
    assert Inquiry.objects.count() == 0


@pytest.mark.req("CRM-2.2.6-a")
def test_the_fourth_open_inquiry_on_a_subject_names_the_three(client, customer, triplet):
    for _ in range(3):
        client.post(NEW, sent(triplet))
    numbers = list(Inquiry.objects.values_list("number", flat=True))

    answer = client.post(NEW, sent(triplet))

    assert answer.status_code == 422
    assert all(f'href="/my/inquiries/{number}/"' in answer.text for number in numbers)


def test_htmx_gets_the_form_alone_and_is_led_on_when_it_succeeded(client, customer, triplet):
    refused = client.post(NEW, sent(triplet, description=""), headers={"HX-Request": "true"})
    opened = client.post(NEW, sent(triplet), headers={"HX-Request": "true"})

    assert refused.status_code == 422
    assert refused.text.lstrip().startswith('<form id="new-inquiry"')
    assert opened.headers["HX-Redirect"] == f"/my/inquiries/{Inquiry.objects.get().number}/"


class TestOffice:
    @pytest.fixture
    def card(self, client):
        card = RepresentativeEmployeeFactory(representative=RepresentativeFactory())
        client.force_login(card.user)
        return card

    def test_an_office_sees_what_it_opened_and_not_what_its_customer_opened(self, client, card):
        theirs = InquiryFactory()

        page = client.get("/my/inquiries/").text

        assert theirs.number not in page
        assert "פניות המשרד" in page

    def test_an_office_opens_in_its_own_name(self, client, card, triplet):
        assert 'name="on_behalf"' in client.get(NEW).text

        answer = client.post(NEW, sent(triplet, on_behalf="self"), follow=True)

        inquiry = Inquiry.objects.get()
        assert inquiry.number in answer.text
        assert inquiry.is_own_name
        assert inquiry.number in client.get("/my/inquiries/").text

    def test_a_customer_without_power_of_attorney_is_refused(self, client, card, triplet):
        represented = CustomerFactory()
        PowerOfAttorneyFactory(representative=card.representative, customer=represented, valid_until="2021-01-01")

        answer = client.post(NEW, sent(triplet, on_behalf="customer", customer_id_number=represented.id_number))

        assert answer.status_code == 422
        assert AuditEvent.objects.filter(outcome="refused", code=Code.POA_MISSING).exists()


@pytest.mark.parametrize(
    ("levels", "place"),
    [
        ({"main_topic": "", "sub_topic": "", "triplet": ""}, "main_topic"),
        ({"sub_topic": "", "triplet": ""}, "sub_topic"),
        ({"triplet": ""}, "triplet"),
    ],
)
def test_a_missing_topic_is_told_at_the_level_that_is_shown(client, customer, triplet, levels, place):
    answer = client.post(NEW, {**sent(triplet), **levels})

    assert list(answer.context["form"].errors) == [place]
    assert f'id="id_{place}"' in answer.text
