"""The information extension: who may see what the registers know, when, and about whom (4.7)."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.configuration.selectors import forget as forget_options
from crm_portal.errors import Code
from crm_portal.people.models import ShaamIdentification
from crm_portal.people.rules.roles import Role
from crm_portal.people.services import shaam
from crm_portal.registers import RegisterUnavailable
from inquiries.models import Inquiry, OwnNameMark
from inquiries.rules.information import Panel
from inquiries.services import informing, opening
from routing.models import UnitMember
from tests.factories.inquiries import InquiryFactory, draft, fresh, later, office, operator, real_estate
from tests.factories.people import CustomerFactory, UserFactory
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 9, 10, 0, tzinfo=UTC)
ELEVEN_55 = datetime(2026, 11, 9, 21, 55, tzinfo=UTC)  # 23:55 in Jerusalem
PASSWORD = "shaam-demo-1"
WITH_GRANTS = "111100020"  # in people.json


@pytest.fixture
def employee():
    return UserFactory(username="shaam-demo", roles=[Role.HANDLER])


@pytest.fixture
def inquiry(employee):
    customer = CustomerFactory(id_number=WITH_GRANTS)
    return held_by(employee, InquiryFactory(customer=customer, in_treatment=True))


def held_by(employee, inquiry):
    """Make the employee of this test the one who holds it."""
    UnitMember.objects.get_or_create(unit=inquiry.handling_team.unit, user=employee)
    inquiry.handling_team.members.get_or_create(user=employee)
    Inquiry.objects.filter(pk=inquiry.pk).update(owner=employee)
    return fresh(inquiry)


def shown(inquiry, by, at=NOON):
    return informing.view_information(inquiry_id=inquiry.pk, by=by, at=at)


def panel(information, wanted):
    return next(one for one in information.panels if one.panel is wanted)


@pytest.mark.req("CRM-4.7-a")
def test_without_the_days_identification_it_is_asked_for(refusing, inquiry, employee):
    with refusing(Code.REAUTH_REQUIRED, "password"):
        shown(inquiry, employee)


@pytest.mark.req("CRM-4.7-a")
def test_an_identification_ends_at_local_midnight(refusing, inquiry, employee):
    assert shaam.identify(by=employee, at=ELEVEN_55, password=PASSWORD) is None

    assert shown(inquiry, employee, ELEVEN_55 + timedelta(minutes=4)).panels
    with refusing(Code.REAUTH_REQUIRED):
        shown(inquiry, employee, ELEVEN_55 + timedelta(minutes=10))


@pytest.mark.req("CRM-4.7-a")
def test_a_second_inquiry_of_the_day_asks_no_more(inquiry, employee):
    other = held_by(employee, InquiryFactory(team=inquiry.handling_team, in_treatment=True))
    shaam.identify(by=employee, at=NOON, password=PASSWORD)

    assert shown(inquiry, employee).panels
    assert shown(other, employee).panels


@pytest.mark.req("CRM-4.7-a")
def test_an_identification_is_not_shared_with_a_colleague(refusing, inquiry, employee):
    colleague = UserFactory(roles=[Role.HANDLER])
    UnitMember.objects.create(unit=inquiry.handling_unit, user=colleague)
    shaam.identify(by=employee, at=NOON, password=PASSWORD)

    with refusing(Code.REAUTH_REQUIRED):
        shown(inquiry, colleague)


@pytest.mark.req("CRM-4.7-a")
def test_signing_out_ends_it(client, refusing, inquiry, employee):
    shaam.identify(by=employee, at=NOON, password=PASSWORD)
    client.force_login(employee)

    client.post("/sign-out/")

    with refusing(Code.REAUTH_REQUIRED):
        shown(inquiry, employee)


@pytest.mark.req("CRM-4.7-a")
def test_wrong_passwords_lock_it_for_the_day_and_are_audited(employee, settings):
    settings.SHAAM_PASSWORD_TRIES = 3
    forget_options()

    refused = [shaam.identify(by=employee, at=NOON, password=f"wrong-{n}") for n in range(3)]
    locked = shaam.identify(by=employee, at=NOON, password=PASSWORD)

    assert [one.details["left"] for one in refused] == [2, 1, 0]
    assert (locked.code, locked.details["because"]) == (Code.REAUTH_REQUIRED, "shaam_locked")
    assert not shaam.is_identified(employee, NOON)
    assert AuditEvent.objects.filter(action="information.identify", outcome="refused", actor=employee).count() == 4
    assert shaam.identify(by=employee, at=NOON + timedelta(days=1), password=PASSWORD) is None


def test_a_register_that_is_down_counts_no_try(employee, tmp_path, settings):
    settings.REGISTERS_FOLDER = tmp_path  # no files: out of reach

    with pytest.raises(RegisterUnavailable):
        shaam.identify(by=employee, at=NOON, password=PASSWORD)

    assert not ShaamIdentification.objects.filter(wrong_tries__gt=0).exists()


@pytest.mark.req("CRM-4.7-c")
def test_an_inquirer_who_was_not_identified_is_refused_even_with_a_fresh_password(refusing, employee):
    team = office(requires_identification=False)
    inquiry = held_by(employee, InquiryFactory(customer=None, team=team, in_treatment=True))
    shaam.identify(by=employee, at=NOON, password=PASSWORD)

    with refusing(Code.CUSTOMER_NOT_VERIFIED):
        shown(inquiry, employee)


@pytest.mark.req("CRM-2.2.1-c")
def test_phone_verification_opens_it_for_an_unverified_phone_inquiry(refusing):
    by = operator(username="shaam-demo")
    inquiry = phone_inquiry(by)
    shaam.identify(by=by, at=NOON, password=PASSWORD)
    with refusing(Code.CUSTOMER_NOT_VERIFIED):
        shown(inquiry, by)

    opening.verify_customer(inquiry_id=inquiry.pk, by=by, at=later(inquiry))

    assert fresh(inquiry).verification_method == "phone"
    assert shown(inquiry, by).panels


def phone_inquiry(by):
    made = draft(by=by, channel="phone")
    return opening.save_draft(
        inquiry_id=made.pk, by=by, at=later(made), customer_id=CustomerFactory(id_number=WITH_GRANTS).pk,
        triplet_id=TripletFactory().pk, description="בירור", proposed_solution="נמסר",
    )  # fmt: skip


@pytest.mark.req("CRM-6.6-e")
def test_a_representative_in_his_own_name_gives_only_his_own_number(employee):
    inquiry = held_by(employee, InquiryFactory(by_representative=True, in_treatment=True))
    shaam.identify(by=employee, at=NOON, password=PASSWORD)

    assert shown(inquiry, employee).number == inquiry.representative.id_number


@pytest.mark.req("CRM-6.6-c")
def test_an_inquiry_marked_as_about_another_shows_nothing(refusing, employee):
    inquiry = held_by(employee, InquiryFactory(by_representative=True, in_treatment=True))
    OwnNameMark.objects.create(inquiry=inquiry, concerns_number=WITH_GRANTS, marked_by=employee, marked_at=NOON)
    shaam.identify(by=employee, at=NOON, password=PASSWORD)

    with refusing(Code.OWN_NAME_ABOUT_CLIENT):
        shown(inquiry, employee)


@pytest.mark.req("CRM-4.7-d")
def test_only_who_may_handle_the_inquiry_sees_it(refusing, inquiry):
    viewer = UserFactory(roles=[Role.VIEWER], roles__scope="all")
    stranger = UserFactory(roles=[Role.HANDLER])

    with refusing(Code.VIEW_ONLY):
        shown(inquiry, viewer)
    with refusing(Code.OUT_OF_SCOPE):
        shown(inquiry, stranger)


@pytest.mark.req("CRM-4.7-d")
def test_each_view_is_audited_with_its_panels_and_the_inquiry_keeps_nothing(inquiry, employee):
    shaam.identify(by=employee, at=NOON, password=PASSWORD)
    before = Inquiry.objects.filter(pk=inquiry.pk).values().get()

    shown(inquiry, employee)

    event = AuditEvent.objects.get(action="information.view")
    assert (event.outcome, event.target_id) == ("read", str(inquiry.pk))
    assert event.after == {"panels": ["tax_files", "work_grants", "address", "representation"]}
    assert Inquiry.objects.filter(pk=inquiry.pk).values().get() == before


@pytest.mark.req("CRM-2.2.8-a")
def test_a_work_grant_inquiry_shows_the_grants_first(inquiry, employee):
    inquiry.triplet.has_information_panel = True
    inquiry.triplet.save()
    shaam.identify(by=employee, at=NOON, password=PASSWORD)

    information = shown(inquiry, employee)

    assert information.panels[0].panel is Panel.WORK_GRANTS
    latest = information.panels[0].rows[0]
    assert (latest.year, str(latest.amount), latest.state) == (2025, "4860.00", "paid")


def test_a_register_that_is_down_says_so_in_its_own_panel(inquiry, employee, settings, tmp_path):
    folder = tmp_path / "registers"
    shutil.copytree(settings.REGISTERS_FOLDER, folder)
    settings.REGISTERS_FOLDER = folder
    shaam.identify(by=employee, at=NOON, password=PASSWORD)
    (folder / "population.down").touch()

    information = shown(inquiry, employee)

    assert panel(information, Panel.ADDRESS).is_unavailable
    assert not panel(information, Panel.WORK_GRANTS).is_unavailable


def test_the_assessment_is_shown_only_to_its_own_customer(employee):
    inquiry = held_by(employee, real_estate())
    Inquiry.objects.filter(pk=inquiry.pk).update(assessment_number="111")
    shaam.identify(by=employee, at=NOON, password=PASSWORD)

    information = shown(inquiry, employee)

    assert information.panels[0].panel is Panel.ASSESSMENT
    assert information.panels[0].rows == []
