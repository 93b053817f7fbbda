"""The representation box of an inquiry (E5): what it shows, and what is done in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm_portal.files.services.settling import settle
from crm_portal.people.rules.roles import Role
from inquiries.models import OwnNameMark, RepresentationCheck
from inquiries.services import assigning, opening, own_name, triplets
from tests.factories import files
from tests.factories.inquiries import (
    OPENED_AT,
    InquiryFactory,
    fresh,
    head_team,
    later,
    load_reference,
    office,
    real_estate,
)
from tests.factories.people import (
    CustomerFactory,
    RepresentativeEmployeeFactory,
    RepresentativeFactory,
    UserFactory,
    valid_id,
)

pytestmark = pytest.mark.django_db
OTHER = valid_id(31_000_000)
NAMED = 'פנייה לא נפתחה ע"ש הלקוח'


def address(inquiry, rest=""):
    return f"/inquiries/{inquiry.number}/{rest}"


@pytest.fixture
def own_vat():
    made = InquiryFactory(by_representative=True, in_treatment=True, team=office(tax_system="vat"))
    triplets.set_validation(inquiry_id=made.pk, by=made.clerk, at=later(made), verdict="correct")
    return fresh(made)


@pytest.fixture
def about_client():
    card = RepresentativeEmployeeFactory(representative=RepresentativeFactory(id_number="122200017", kind="lawyer"))
    inquiry = real_estate(office=card, concerns_client=True, files=[files.upload("ייפוי כוח.pdf")])
    for attachment in inquiry.attachments.all():
        settle(file_id=attachment.file_id, at=later(inquiry))
    return inquiry


@pytest.mark.req("CRM-2.2.1-e")
def test_the_power_found_at_opening_is_shown_with_its_source_and_validity(sign_in):
    load_reference()
    head_team()
    card = RepresentativeEmployeeFactory(representative=RepresentativeFactory(id_number="122200033"))
    CustomerFactory(id_number="111100012")
    triplet = office(tax_system="income_tax").triplet_teams.get().triplet
    inquiry = opening.open_by_representative(
        by=card.user, at=OPENED_AT, triplet_id=triplet.pk, description="בשם הלקוח",
        customer_id_number="111100012",
    )  # fmt: skip
    clerk = inquiry.handling_team.members.get().user
    assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=later(inquiry))

    page = sign_in(clerk).get(address(inquiry)).text

    assert "מרשם המייצגים" in page
    assert "01.01.2022" in page
    assert "רק בעת פתיחת הפנייה" in page


@pytest.mark.req("CRM-6.6-b")
def test_the_owner_marks_and_is_led_to_the_one_closing_that_is_left(sign_in, own_vat):
    client = sign_in(own_vat.clerk)
    client.post(address(own_vat, "own-name/"), {"version": own_vat.version, "concerns_number": OTHER})

    page = client.get(address(own_vat), {"to": "not_opened_for_customer"})

    assert OwnNameMark.objects.get().concerns_number == OTHER
    assert NAMED in page.text.replace("&quot;", '"')
    form = page.context["treatment_form"]
    assert (form["status"].value(), form["closing_reason"].value()) == (
        "closed_no_treatment", "not_opened_for_customer",
    )  # fmt: skip


def test_a_wrong_number_is_told_at_its_field_and_kept(sign_in, own_vat):
    answer = sign_in(own_vat.clerk).post(
        address(own_vat, "own-name/"), {"version": own_vat.version, "concerns_number": "310000001"}
    )

    assert answer.status_code == 422
    assert 'id="own_concerns_number_error"' in answer.text
    assert 'value="310000001"' in answer.text


@pytest.mark.req("CRM-6.6-e")
def test_the_page_names_the_other_entity_by_its_number_alone(sign_in, own_vat):
    other = CustomerFactory(id_number=OTHER, last_name="פלונישטיין", email="secret@example.org")
    own_name.mark(inquiry_id=own_vat.pk, by=own_vat.clerk, at=later(own_vat), concerns_number=OTHER)

    page = sign_in(own_vat.clerk).get(address(own_vat)).text

    assert OTHER in page
    assert other.last_name not in page
    assert other.email not in page


@pytest.mark.req("CRM-6.6-c")
def test_the_mark_is_removed_on_the_page_of_a_coordinator_and_not_of_its_owner(sign_in, own_vat):
    own_name.mark(inquiry_id=own_vat.pk, by=own_vat.clerk, at=later(own_vat), concerns_number=OTHER)
    coordinator = UserFactory(roles=[Role.COORDINATOR])
    own_vat.handling_team.members.create(user=coordinator, is_coordinator=True)
    own_vat.handling_team.unit.members.create(user=coordinator)

    assert "own-name/remove/" not in sign_in(own_vat.clerk).get(address(own_vat)).text
    client = sign_in(coordinator)
    assert "own-name/remove/" in client.get(address(own_vat)).text
    empty = client.post(address(own_vat, "own-name/remove/"), {"version": "", "removal_reason": ""})
    assert empty.status_code == 422
    assert 'id="unmark_removal_reason_error"' in empty.text
    client.post(address(own_vat, "own-name/remove/"), {"version": "", "removal_reason": "טעות"})

    assert OwnNameMark.objects.get().removal_reason == "טעות"


@pytest.mark.req("CRM-6.6-i")
def test_the_check_is_asked_for_offers_the_clean_files_and_is_recorded(sign_in, about_client):
    client = sign_in(about_client.clerk)
    power = about_client.attachments.get()
    page = client.get(address(about_client)).text
    assert "לפני כל מענה" in page
    assert f'<option value="{power.pk}">' in page

    sent = {"version": about_client.version, "ground": "attached_power", "attachment": power.pk}
    done = client.post(address(about_client, "representation/"), sent, follow=True)

    assert RepresentationCheck.objects.get().attachment == power
    assert "לפני כל מענה" not in done.text


def test_a_refused_check_says_why_at_its_field(sign_in, about_client):
    answer = sign_in(about_client.clerk).post(
        address(about_client, "representation/"),
        {"version": about_client.version, "ground": "matzpen", "assessment_number": "900000222"},
    )

    assert answer.status_code == 422
    assert 'id="check_assessment_number_error"' in answer.text
    assert 'value="900000222"' in answer.text
    assert not RepresentationCheck.objects.exists()


def test_who_only_views_is_shown_no_form(sign_in, about_client):
    viewer = UserFactory(roles=[Role.VIEWER])
    about_client.handling_unit.members.create(user=viewer)

    page = sign_in(viewer).get(address(about_client)).text

    assert "ייצוג" in page
    assert "/representation/" not in page


def test_the_box_costs_few_queries_more_than_the_page_of_a_customers_inquiry(sign_in, own_vat, about_client):
    def queries(inquiry):
        client = sign_in(inquiry.clerk)
        client.get(address(inquiry))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(inquiry))
        return len(asked)

    plain = queries(InquiryFactory(in_treatment=True))

    assert queries(own_vat) <= plain + 5
    assert queries(about_client) <= plain + 8
