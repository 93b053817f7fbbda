"""
Opening in a customer's name from an office (N3): the relation is shown before anything is sent, with and without
JavaScript. 122200033 is an accountant with an income-tax power of 111100012; 122200017 is a lawyer on 900000111.
"""

import pytest
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import Section60Representation
from inquiries.models import Inquiry
from tests.factories.inquiries import head_team, load_reference, office, real_estate
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
NEW, RELATION = "/my/inquiries/new/", "/my/inquiries/new/relation/"
CLIENT, COMPANY = "111100012", "519990014"


@pytest.fixture(autouse=True)
def _reference():
    load_reference()
    head_team()


def card_of(id_number):
    return RepresentativeEmployeeFactory(representative=RepresentativeFactory(id_number=id_number))


@pytest.fixture
def accountant(client):
    card = card_of("122200033")
    client.force_login(card.user)
    CustomerFactory(id_number=CLIENT, last_name="אלמוג", first_name="נועה")
    return card


def topic(tax_system="income_tax", **fields):
    return office(tax_system=tax_system, **fields).triplet_teams.get().triplet


def sent(triplet, /, **changes):
    return {
        "main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk,
        "on_behalf": "customer", "customer_id_number": CLIENT, "description": "בשם הלקוח", **changes,
    }  # fmt: skip


@pytest.mark.req("CRM-6.6-a")
def test_a_relation_that_the_register_knows_is_shown_before_anything_is_sent(client, accountant):
    answer = client.post(RELATION, sent(topic()))

    assert "<html" not in answer.text
    assert "הייצוג תקף" in answer.text
    assert "אלמוג נועה" in answer.text
    assert "01.01.2022" in answer.text
    assert not Inquiry.objects.exists()


def test_without_one_the_reason_is_shown_and_audited_and_no_name(client, accountant):
    answer = client.post(RELATION, sent(topic("vat")))

    assert 'data-tone="warn"' in answer.text
    assert "אלמוג" not in answer.text
    assert AuditEvent.objects.filter(action="inquiry.check_relation", outcome="refused", code="POA_MISSING").exists()


def test_nothing_is_asked_of_a_register_before_all_is_named(client, accountant):
    for changes in ({"customer_id_number": ""}, {"triplet": ""}, {"on_behalf": "self"}, {"on_behalf": ""}):
        client.post(RELATION, sent(topic(), **changes))

    assert not AuditEvent.objects.filter(action__startswith="register.").exists()


def test_without_javascript_a_button_checks_and_what_was_typed_stays(client, accountant):
    answer = client.post(NEW, sent(topic(), refine="relation"))

    assert answer.status_code == 200
    assert "הייצוג תקף" in answer.text
    assert f'value="{CLIENT}"' in answer.text
    assert "בשם הלקוח" in answer.text
    assert not Inquiry.objects.exists()


@pytest.mark.req("CRM-2.2.1-g")
def test_another_assessment_is_refused_with_the_offer_to_write_in_own_name(client):
    client.force_login(card_of("122200017").user)
    CustomerFactory(id_number=COMPANY, kind="company")
    triplet = real_estate(in_treatment=False).triplet
    given = sent(triplet, customer_id_number=COMPANY, assessment_number="900000222")
    before = Inquiry.objects.count()

    refused = client.post(NEW, given)
    assert refused.status_code == 422
    assert 'id="id_assessment_number_error"' in refused.text
    assert 'name="refine" value="client"' in refused.text
    turned = client.post(NEW, {**given, "refine": "client"})
    assert turned.context["form"].whose == "client"
    done = client.post(NEW, {**given, "on_behalf": "client"})

    assert done.status_code == 302
    opened = Inquiry.objects.latest("pk")
    assert (Inquiry.objects.count(), opened.is_own_name, opened.concerns_client) == (before + 1, True, True)


@pytest.mark.req("CRM-6.6-f")
def test_where_a_request_would_help_it_is_offered(client, accountant):
    CustomerFactory(id_number="111100020")
    triplet = topic(poa_limited_topic="medical_committees")

    answer = client.post(RELATION, sent(triplet, customer_id_number="111100020"))

    assert "/my/poa-requests/?topic=medical_committees" in answer.text


@pytest.mark.req("CRM-6.6-b")
def test_outside_real_estate_the_declaration_about_a_client_is_refused_with_the_way_to_go(client, accountant):
    triplet = topic("vat")

    shown = client.post(RELATION, sent(triplet, on_behalf="client"))
    refused = client.post(NEW, sent(triplet, on_behalf="client"))

    assert "על שם הלקוח" in shown.text
    assert refused.status_code == 422
    assert not Inquiry.objects.exists()


@pytest.mark.req("CRM-7-t")
def test_a_foreign_business_is_offered_to_its_representative_alone(client, accountant):
    business = CustomerFactory(
        unregistered=True, kind="foreign", id_number="", country="DE", foreign_number="HRB1", last_name="Nordwind"
    )
    assert "Nordwind" not in client.get(NEW).text
    Section60Representation.objects.create(
        representative=accountant.representative, customer=business, is_on=True, registered_at=timezone.now()
    )
    triplet = topic("vat")
    given = sent(triplet, on_behalf="section_60", customer_id_number="")

    assert "Nordwind" in client.get(NEW).text
    missing = client.post(NEW, given)
    assert 'id="id_foreign_customer_error"' in missing.text
    assert "נציג לפי סעיף 60" in client.post(RELATION, {**given, "foreign_customer": business.pk}).text
    client.post(NEW, {**given, "foreign_customer": business.pk})

    assert Inquiry.objects.get().customer == business
