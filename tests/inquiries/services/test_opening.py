import json
import shutil

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from inquiries.models import Channel, Inquiry, StatusHistory
from inquiries.selectors import visibility
from inquiries.services import assigning, opening, triplets
from inquiries.services.opening import Contact
from routing.models import RoutingDecision
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
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    load_reference()
    head_team()
    return office()


@pytest.fixture
def sent(team):
    """What a registered customer sends; the test changes what it is about."""
    triplet = team.triplet_teams.first().triplet
    return {
        "by": CustomerFactory().user, "at": OPENED_AT, "triplet_id": triplet.pk, "description": "בקשה לבירור תיק",
    }  # fmt: skip


@pytest.mark.req("CRM-2.2.3-a")
@pytest.mark.req("CRM-5.2.3-a")
def test_a_web_inquiry_is_routed_at_once_to_a_team_and_gets_a_number(sent, team):
    inquiry = fresh(opening.open_by_customer(**sent))

    assert (inquiry.status, inquiry.owner, inquiry.handling_team, inquiry.handling_unit) == (
        "open_team", None, team, team.unit,
    )  # fmt: skip
    assert inquiry.number.startswith("2026-")
    assert inquiry.opened_at == OPENED_AT
    assert inquiry.routing_decision == RoutingDecision.objects.get()
    assert StatusHistory.objects.get().to_team == team
    assert AuditEvent.objects.filter(action="inquiry.open", outcome="done").count() == 1


@pytest.mark.req("CRM-5.1.1-b")
def test_the_customers_triplet_is_kept_beside_the_present_one(sent):
    inquiry = opening.open_by_customer(**sent)

    assert inquiry.customer_triplet_id == inquiry.triplet_id == sent["triplet_id"]


@pytest.mark.req("CRM-2.1.3-c")
def test_the_receipt_goes_by_e_mail_and_sms_once_and_tells_nothing_but_number_status_and_link(sent):
    inquiry = opening.open_by_customer(**sent)

    notices = Notification.objects.filter(about=inquiry.number)
    assert sorted(notices.values_list("channel", flat=True)) == ["email", "sms"]
    assert all(inquiry.number in notice.body and "פתוחה משויכת לצוות" in notice.body for notice in notices)
    assert not any(sent["description"] in notice.body for notice in notices)


def test_missing_fields_are_named_together(refusing, sent):
    with refusing(Code.FIELD_REQUIRED, "triplet", "description"):
        opening.open_by_customer(**{**sent, "triplet_id": None, "description": "  "})


@pytest.mark.req("CRM-6.4-a")
@pytest.mark.parametrize("field", ["team_id", "unit_id"])
def test_a_customer_chooses_neither_team_nor_office(refusing, sent, field):
    with refusing(Code.ROUTING_FIELDS_FORBIDDEN, field.removesuffix("_id")):
        opening.open_by_customer(**sent, **{field: 1})


@pytest.mark.req("CRM-6.4-a")
@pytest.mark.parametrize("field", ["team_id", "unit_id"])
def test_a_representative_chooses_neither_team_nor_office(refusing, sent, field):
    card = RepresentativeEmployeeFactory()
    about = {**sent, "by": card.user, "own_name": True, "concerns_client": False}

    with refusing(Code.ROUTING_FIELDS_FORBIDDEN, field.removesuffix("_id")):
        opening.open_by_representative(**about, **{field: 1})


@pytest.mark.req("CRM-7-l")
def test_an_internal_triplet_is_refused_to_customers(refusing, sent):
    internal = TripletFactory(is_internal=True)

    with refusing(Code.TRIPLET_INTERNAL):
        opening.open_by_customer(**{**sent, "triplet_id": internal.pk})


@pytest.mark.parametrize("triplet", ["unknown", "inactive"])
def test_a_triplet_that_is_not_in_use_is_refused(refusing, sent, triplet):
    pk = TripletFactory(is_active=False).pk if triplet == "inactive" else 0

    with refusing(Code.TRIPLET_INVALID):
        opening.open_by_customer(**{**sent, "triplet_id": pk})


@pytest.mark.req("CRM-4.1-c")
@pytest.mark.parametrize(
    ("year", "code"),
    [(None, Code.FIELD_REQUIRED), (1949, Code.INVALID_VALUE), (2027, Code.INVALID_VALUE), (1950, None), (2026, None)],
)
def test_a_tax_year_is_asked_for_where_the_triplet_says_so(refusing, year, code):
    load_reference()
    head_team()
    triplet = office(tax_year_required=True).triplet_teams.first().triplet
    sent = {"by": CustomerFactory().user, "at": OPENED_AT, "triplet_id": triplet.pk, "description": "החזר"}

    if code is None:
        assert opening.open_by_customer(**sent, tax_year=year).tax_year == year
    else:
        with refusing(code, "tax_year"):
            opening.open_by_customer(**sent, tax_year=year)


@pytest.mark.req("CRM-2.2.1-a")
def test_without_a_completed_registration_an_inquiry_that_needs_identification_is_refused(refusing, sent):
    customer = CustomerFactory(registered_at=None, email_verified_at=None)

    with refusing(Code.IDENTIFICATION_REQUIRED):
        opening.open_by_customer(**{**sent, "by": customer.user})


@pytest.mark.req("CRM-2.2.1-b")
def test_a_general_question_is_opened_without_identification_and_answered_to_the_contact_given(refusing):
    team = office(requires_identification=False)
    inquiry = InquiryFactory(team=team, customer=None)

    assert (inquiry.verification_method, inquiry.customer) == ("none", None)
    assert Notification.objects.get(about=inquiry.number).address == "ruth@example.org"
    with refusing(Code.FIELD_REQUIRED, "contact"):
        opening.open_by_customer(
            by=None, at=OPENED_AT, triplet_id=inquiry.triplet_id, description="שאלה", contact=Contact("רות")
        )


@pytest.mark.req("CRM-2.2.1-c")
def test_how_the_inquirer_was_identified_is_stored(sent):
    inquiry = opening.open_by_customer(**sent)

    assert (inquiry.verification_method, inquiry.verified_at) == ("digital_registration", OPENED_AT)


def test_a_double_click_opens_one_inquiry(sent):
    first = opening.open_by_customer(**sent, submission_key="form-1")
    second = opening.open_by_customer(**sent, submission_key="form-1")

    assert first.pk == second.pk
    assert Inquiry.objects.count() == 1
    assert Notification.objects.count() == 2


def test_two_people_may_happen_to_send_the_same_key(sent):
    opening.open_by_customer(**sent, submission_key="form-1")
    opening.open_by_customer(**{**sent, "by": CustomerFactory().user}, submission_key="form-1")

    assert Inquiry.objects.count() == 2


@pytest.mark.req("CRM-2.2.6-a")
def test_a_fourth_open_inquiry_in_the_triplet_is_refused_naming_the_three(refusing, sent):
    numbers = [opening.open_by_customer(**sent).number for _ in range(3)]

    with refusing(Code.OPEN_LIMIT_REACHED) as caught:
        opening.open_by_customer(**sent)
    assert caught.value.refusals[0].details["numbers"] == numbers


def test_another_triplet_and_another_customer_have_limits_of_their_own(sent):
    for _ in range(3):
        opening.open_by_customer(**sent)
    other = office().triplet_teams.first().triplet

    opening.open_by_customer(**{**sent, "triplet_id": other.pk})
    opening.open_by_customer(**{**sent, "by": CustomerFactory().user})


def test_a_waiting_inquiry_counts_and_a_closed_one_does_not(refusing, team):
    customer = CustomerFactory()
    for trait in ("awaiting_customer", "closed", "in_treatment"):
        InquiryFactory(**{trait: True}, customer=customer, team=team)
    InquiryFactory(customer=customer, team=team)

    with refusing(Code.OPEN_LIMIT_REACHED):
        InquiryFactory(customer=customer, team=team)


@pytest.mark.req("CRM-2.1.5-a")
def test_an_inquiry_by_a_channel_that_the_department_added_is_routed_and_seen_as_any_other(sent, team):
    Channel.objects.create(code="kiosk", name="עמדת שירות")

    inquiry = fresh(opening.open_by_customer(**sent, channel="kiosk"))

    assert (inquiry.channel.name, inquiry.handling_team) == ("עמדת שירות", team)
    assert visibility.visible_to(team.members.get().user).get() == inquiry
    assert assigning.assign_to_me(inquiry_id=inquiry.pk, by=team.members.get().user, at=OPENED_AT).is_active


@pytest.mark.parametrize("channel", ["phone", "rep_network", "legacy_mpl", "pigeon"])
def test_a_customer_does_not_write_by_a_channel_that_is_not_his(refusing, sent, channel):
    with refusing(Code.INVALID_VALUE, "channel"):
        opening.open_by_customer(**sent, channel=channel)


def test_files_come_with_the_inquiry_all_or_nothing(refusing, sent):
    good, bad = files.upload("טופס.pdf"), files.upload("נגיף.exe", b"MZ")

    with refusing(Code.FILE_REJECTED, "files"):
        opening.open_by_customer(**sent, files=[good, bad])
    inquiry = opening.open_by_customer(**sent, files=[files.upload("א.pdf"), files.upload("ב.pdf")])

    assert [a.direction for a in inquiry.attachments.all()] == ["inbound", "inbound"]
    assert all(a.show_on_internet for a in inquiry.attachments.all())


@pytest.mark.req("CRM-4.1-d")
def test_the_section_comes_from_shaam_in_income_tax_only():
    load_reference()
    head_team()
    customer = CustomerFactory(id_number="111100012")
    vat, income_tax = (office(tax_system=code) for code in ("vat", "income_tax"))

    assert InquiryFactory(team=vat, customer=customer).section == ""
    assert InquiryFactory(team=income_tax, customer=customer).section == "3"


@pytest.fixture
def section_now(settings, tmp_path):
    """Change the section that the Shaam register gives a customer."""
    folder = tmp_path / "registers"
    shutil.copytree(settings.REGISTERS_FOLDER, folder)
    settings.REGISTERS_FOLDER = folder

    def change(id_number: str, section: str) -> None:
        people = json.loads((folder / "people.json").read_text())
        [person] = [one for one in people["customers"] if one["id_number"] == id_number]
        person["tax_files"][0]["section"] = section
        (folder / "people.json").write_text(json.dumps(people))

    return change


@pytest.mark.req("CRM-4.1-d")
def test_the_section_is_read_anew_when_the_triplet_changes(section_now):
    inquiry = InquiryFactory(
        team=office(tax_system="income_tax"), customer=CustomerFactory(id_number="111100012"), in_treatment=True
    )
    assert inquiry.section == "3"
    section_now("111100012", "17")
    other = TripletFactory(tax_system=inquiry.triplet.tax_system)

    triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=other.pk)

    assert fresh(inquiry).section == "17"


@pytest.mark.req("CRM-4.1-d")
@pytest.mark.parametrize(("switched_on", "section"), [(False, ""), (True, "3")])
def test_real_estate_has_a_section_when_the_department_switches_it_on(settings, switched_on, section):
    settings.REAL_ESTATE_SECTION_ENABLED = switched_on

    assert real_estate(customer=CustomerFactory(id_number="111100012")).section == section


@pytest.mark.parametrize("field", ["submission_key", "contact"])
def test_what_is_longer_than_its_column_is_refused_at_its_field(refusing, sent, field):
    value = "x" * 65 if field == "submission_key" else Contact("רות" * 60, email="ruth@example.org")

    with refusing(Code.INVALID_VALUE, "submission_key" if field == "submission_key" else "contact_name"):
        opening.open_by_customer(**sent, **{field: value})
