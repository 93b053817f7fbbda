"""The Israeli representative of a foreign business stands in its place before VAT (CRM-7-t)."""

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.models import Customer, Section60Representation
from crm_portal.people.rules.roles import Role
from inquiries.services import opening, section_60
from tests.factories.inquiries import OPENED_AT, head_team, load_reference, office
from tests.factories.people import RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference():
    load_reference()
    head_team()


@pytest.fixture
def admin():
    return UserFactory(roles=[Role.CRM_ADMIN])


@pytest.fixture
def card():
    return RepresentativeEmployeeFactory()


@pytest.fixture
def vat():
    return office(tax_system="vat").triplet_teams.first().triplet


def register(admin, card, **changes):
    given = {
        "representative_id_number": card.representative.id_number, "country": "de", "foreign_number": "HRB 900001",
        "business_name": "Nordwind GmbH", **changes,
    }  # fmt: skip
    return section_60.register(by=admin, at=OPENED_AT, **given)


def switched_on(admin, card, **changes):
    made = register(admin, card, **changes)
    return section_60.switch(representation_id=made.pk, by=admin, at=OPENED_AT, is_on=True)


def send(card, triplet, made, **kwargs):
    return opening.open_by_representative(
        by=card.user, at=OPENED_AT, triplet_id=triplet.pk, description="בשם העסק הזר",
        foreign_customer_id=made.customer_id, **kwargs,
    )  # fmt: skip


@pytest.mark.req("CRM-7-t")
def test_he_opens_for_the_foreign_business_without_a_power_in_the_register(admin, card, vat):
    made = switched_on(admin, card)

    inquiry = send(card, vat, made)

    assert (inquiry.customer, inquiry.representative) == (made.customer, card.representative)
    assert inquiry.representation["source"] == "section_60"
    assert inquiry.customer.kind == "foreign"


def test_before_the_department_verified_it_nothing_opens(refusing, admin, card, vat):
    made = register(admin, card)

    with refusing(Code.POA_MISSING, "foreign_customer"):
        send(card, vat, made)


def test_once_switched_off_nothing_new_opens_and_what_is_open_stays(refusing, admin, card, vat):
    made = switched_on(admin, card)
    inquiry = send(card, vat, made)
    section_60.switch(representation_id=made.pk, by=admin, at=OPENED_AT, is_on=False)

    with refusing(Code.POA_MISSING):
        send(card, vat, made)
    inquiry.refresh_from_db()
    assert inquiry.is_active


def test_only_in_vat_and_only_for_his_own_business(refusing, admin, card, vat):
    made = switched_on(admin, card)
    other = switched_on(admin, RepresentativeEmployeeFactory(), foreign_number="HRB 7")
    income_tax = office(tax_system="income_tax").triplet_teams.first().triplet

    with refusing(Code.INVALID_VALUE, "foreign_customer"):
        send(card, income_tax, made)
    with refusing(Code.POA_MISSING):
        send(card, vat, other)


@pytest.mark.req("CRM-7-t")
def test_the_limit_of_open_inquiries_is_the_customers_whoever_stands_in_its_place(refusing, admin, card, vat):
    second = RepresentativeEmployeeFactory()
    made = switched_on(admin, card)
    again = switched_on(admin, second)
    assert again.customer == made.customer
    for by in (card, second, card):
        send(by, vat, made)

    with refusing(Code.OPEN_LIMIT_REACHED):
        send(second, vat, again)


def test_the_department_registers_and_every_step_is_audited(admin, card):
    made = switched_on(admin, card)

    assert (made.customer.country, made.customer.foreign_number) == ("DE", "HRB900001")
    assert list(AuditEvent.objects.filter(action__startswith="section_60.").values_list("action", "actor")) == [
        ("section_60.register", admin.pk), ("section_60.switch", admin.pk),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"representative_id_number": ""}, Code.FIELD_REQUIRED, "representative_id_number"),
        ({"representative_id_number": "111100012"}, Code.INVALID_VALUE, "representative_id_number"),
        ({"country": "IL"}, Code.INVALID_VALUE, "country"),
        ({"foreign_number": " "}, Code.FIELD_REQUIRED, "foreign_number"),
        ({"business_name": ""}, Code.FIELD_REQUIRED, "business_name"),
    ],
)
def test_what_is_missing_or_wrong_registers_nothing(admin, card, changes, code, field):
    with pytest.raises(Refused) as caught:
        register(admin, card, **changes)

    assert (caught.value.code, field in caught.value.refusals[0].fields) == (code, True)
    assert not Section60Representation.objects.exists()
    assert not Customer.objects.filter(kind="foreign").exists()


def test_twice_the_same_is_refused_and_nobody_else_registers(admin, card):
    register(admin, card)

    for by, code in ((admin, Code.DUPLICATE), (UserFactory(roles=[Role.HANDLER]), Code.PERMISSION_DENIED)):
        with pytest.raises(Refused) as caught:
            register(by, card)
        assert caught.value.code == code
    assert Section60Representation.objects.count() == 1


@pytest.mark.req("CRM-7-t")
def test_the_department_registers_and_switches_on_its_page(client, admin, card):
    client.force_login(admin)
    wrong = client.post("/inquiries/section-60/", {"representative_id_number": "12", "business_name": "Nordwind"})
    assert wrong.status_code == 422
    assert 'value="Nordwind"' in wrong.text
    sent = {
        "representative_id_number": card.representative.id_number, "business_name": "Nordwind GmbH", "country": "DE",
        "foreign_number": "HRB1",
    }  # fmt: skip

    page = client.post("/inquiries/section-60/", sent, follow=True).text
    assert "ממתין לאימות" in page
    made = Section60Representation.objects.get()
    client.post(f"/inquiries/section-60/{made.pk}/", {"is_on": "1"})

    made.refresh_from_db()
    assert made.is_on
