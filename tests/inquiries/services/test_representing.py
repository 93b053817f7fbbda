"""Representatives against the local registers: 122200033 is an accountant with powers, 122200017 a lawyer."""

import pytest

from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from crm_portal.people.models import Customer, PoaRequest
from crm_portal.people.rules.poa_requests import Step
from crm_portal.people.services import poa_requests
from inquiries.models import Inquiry, StatusHistory
from inquiries.services import assigning, corresponding, opening
from tests.factories.inquiries import OPENED_AT, head_team, later, load_reference, office, real_estate
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db

ACCOUNTANT, LAWYER = "122200033", "122200017"
CLIENT, COMPANY, EXPIRED, SEVERANCE = "111100012", "519990014", "111100061", "111100020"


@pytest.fixture(autouse=True)
def _reference():
    load_reference()
    head_team()


@pytest.fixture
def card():
    return RepresentativeEmployeeFactory(representative=RepresentativeFactory(id_number=ACCOUNTANT))


def send(card, *, tax_system="income_tax", triplet=None, **kwargs):
    triplet = triplet or office(tax_system=tax_system).triplet_teams.first().triplet
    if "customer_id_number" in kwargs:
        number = kwargs["customer_id_number"].zfill(9)
        Customer.objects.filter(id_number=number).exists() or CustomerFactory(
            id_number=number, kind="company" if number == COMPANY else "person"
        )
    return opening.open_by_representative(
        by=card.user, at=OPENED_AT, triplet_id=triplet.pk, description="בשם הלקוח", **kwargs
    )


@pytest.mark.req("CRM-2.2.1-e")
def test_a_valid_power_is_kept_with_the_inquiry_as_it_was_found(card):
    inquiry = send(card, customer_id_number=CLIENT)

    assert inquiry.representation["source"] == "register"
    assert inquiry.representation["valid_from"] == "2022-01-01"
    assert (inquiry.channel_id, inquiry.verification_method) == ("rep_network", "smart_card")
    assert inquiry.customer.id_number == CLIENT


@pytest.mark.req("CRM-6.6-a")
@pytest.mark.parametrize(
    ("customer", "tax_system"),
    [(EXPIRED, "income_tax"), (CLIENT, "vat"), (SEVERANCE, "income_tax")],
    ids=["expired", "another tax system", "limited to another topic"],
)
def test_without_a_valid_power_for_the_tax_system_nothing_is_opened(refusing, card, customer, tax_system):
    triplet = office(tax_system=tax_system).triplet_teams.first().triplet
    CustomerFactory(id_number=customer)

    with refusing(Code.POA_MISSING):
        send(card, triplet=triplet, customer_id_number=customer)


@pytest.mark.req("CRM-6.6-g")
def test_a_limited_power_in_the_register_opens_its_topic(card):
    triplet = office(tax_system="income_tax", poa_limited_topic="severance").triplet_teams.first().triplet

    assert send(card, triplet=triplet, customer_id_number=SEVERANCE).representation["limited_topic"] == "severance"


@pytest.fixture
def medical():
    """A triplet of the medical committees; the accountant holds no register power for it."""
    return office(tax_system="income_tax", poa_limited_topic="medical_committees").triplet_teams.first().triplet


def request_for(card, *steps, customer=SEVERANCE, topic="medical_committees"):
    owner = Customer.objects.filter(id_number=customer).first() or CustomerFactory(id_number=customer)
    request = poa_requests.submit(by=card.user, at=OPENED_AT, customer_id_number=customer, topic=topic)
    for step in steps:
        poa_requests.decide(request_id=request.pk, step=step, by=owner.user, at=OPENED_AT)
    return request


@pytest.mark.req("CRM-6.6-f")
def test_an_approved_request_opens_its_own_topic_and_no_other(refusing, card, medical):
    work_grant = office(tax_system="income_tax").triplet_teams.first().triplet
    request = request_for(card, Step.APPROVE)

    opened = send(card, triplet=medical, customer_id_number=SEVERANCE)

    assert (opened.representation["source"], opened.representation["request"]) == ("approved_request", request.pk)
    with refusing(Code.POA_MISSING, "customer_id_number"):
        send(card, triplet=work_grant, customer_id_number=SEVERANCE)


@pytest.mark.req("CRM-6.6-f")
@pytest.mark.parametrize("steps", [(), (Step.DECLINE,), (Step.APPROVE, Step.REVOKE)], ids=["pending", "no", "revoked"])
def test_a_request_that_is_not_approved_opens_nothing(refusing, card, medical, steps):
    request_for(card, *steps)

    with refusing(Code.POA_REQUEST_NOT_APPROVED, "customer_id_number"):
        send(card, triplet=medical, customer_id_number=SEVERANCE)


def test_an_approved_request_opens_nothing_once_an_active_file_of_another_type_exists(refusing, card, medical):
    request = request_for(card, Step.APPROVE)
    PoaRequest.objects.filter(pk=request.pk).update(customer=CustomerFactory(id_number=EXPIRED))  # active file 20

    with refusing(Code.POA_MISSING, "customer_id_number"):
        send(card, triplet=medical, customer_id_number=EXPIRED)


def test_a_request_of_another_office_opens_nothing(refusing, card, medical):
    request_for(RepresentativeEmployeeFactory(), Step.APPROVE)

    with refusing(Code.POA_MISSING):
        send(card, triplet=medical, customer_id_number=SEVERANCE)


@pytest.mark.req("CRM-2.2.1-e")
def test_what_was_opened_by_a_request_goes_on_after_the_customer_revoked_it(card, medical):
    request = request_for(card, Step.APPROVE)
    opened = send(card, triplet=medical, customer_id_number=SEVERANCE)
    poa_requests.decide(
        request_id=request.pk, step=Step.REVOKE, by=Customer.objects.get(id_number=SEVERANCE).user, at=OPENED_AT
    )

    corresponding.customer_message(inquiry_id=opened.pk, by=card.user, at=later(opened), text="צירפתי מסמך")
    clerk = opened.handling_team.members.first().user
    assigning.assign_to_me(inquiry_id=opened.pk, by=clerk, at=later(opened))
    answer = corresponding.send_message(inquiry_id=opened.pk, by=clerk, at=later(opened), text="התקבל")

    opened.refresh_from_db()
    assert answer.pk
    assert opened.representation["source"] == "approved_request"


def test_an_employee_of_the_office_opens_by_the_offices_power(card):
    employee = RepresentativeEmployeeFactory(representative=card.representative, is_the_representative=False)

    inquiry = send(employee, customer_id_number=CLIENT)

    assert (inquiry.representative, inquiry.opened_by) == (card.representative, employee.user)


def test_a_register_that_is_down_opens_nothing(refusing, card, settings, tmp_path):
    triplet = office(tax_system="income_tax").triplet_teams.first().triplet
    CustomerFactory(id_number=CLIENT)
    settings.REGISTERS_FOLDER = tmp_path

    with refusing(Code.REGISTER_UNAVAILABLE):
        send(card, triplet=triplet, customer_id_number=CLIENT)


@pytest.mark.parametrize("number", ["", "111100013", "abc"])
def test_a_number_that_cannot_be_one_is_refused_at_its_field(refusing, card, number):
    triplet = office(tax_system="income_tax").triplet_teams.first().triplet
    code = Code.INVALID_VALUE if number else Code.FIELD_REQUIRED

    with refusing(code, "customer_id_number"):
        opening.open_by_representative(
            by=card.user, at=OPENED_AT, triplet_id=triplet.pk, description="x", customer_id_number=number
        )


@pytest.mark.req("CRM-6.6-b")
def test_in_his_own_name_he_declares_whom_it_concerns(refusing, card):
    triplet = office(tax_system="vat").triplet_teams.first().triplet

    with refusing(Code.FIELD_REQUIRED, "concerns_client"):
        send(card, triplet=triplet, own_name=True)
    with refusing(Code.OWN_NAME_ABOUT_CLIENT):
        send(card, triplet=triplet, own_name=True, concerns_client=True)
    inquiry = send(card, triplet=triplet, own_name=True, concerns_client=False)

    assert inquiry.is_own_name
    assert StatusHistory.objects.filter(inquiry=inquiry, event="declaration").count() == 1


@pytest.mark.req("CRM-2.1.1-a")
def test_his_own_inquiries_are_in_his_own_customer_file(card):
    inquiry = send(card, tax_system="vat", own_name=True, concerns_client=False)
    second = send(card, tax_system="vat", own_name=True, concerns_client=False)

    assert inquiry.customer.id_number == ACCOUNTANT
    assert second.customer == inquiry.customer


def test_the_notice_goes_to_the_offices_registered_addresses(card):
    send(card, customer_id_number=CLIENT)

    office_addresses = {card.representative.email, card.representative.mobile}
    assert set(Notification.objects.values_list("address", flat=True)) == office_addresses


@pytest.mark.req("CRM-2.2.1-g")
@pytest.mark.req("CRM-6.6-h")
def test_in_real_estate_the_assessment_decides(refusing):
    lawyer = RepresentativeEmployeeFactory(representative=RepresentativeFactory(id_number=LAWYER))
    triplet = real_estate(in_treatment=False).triplet
    CustomerFactory(id_number=COMPANY, kind="company")

    with refusing(Code.POA_NOT_IN_ASSESSMENT):
        send(lawyer, triplet=triplet, customer_id_number=COMPANY, assessment_number="900000222")
    opened = send(lawyer, triplet=triplet, customer_id_number=COMPANY, assessment_number="900000111")
    own = send(lawyer, triplet=triplet, own_name=True, concerns_client=True)

    assert opened.representation["source"] == "assessment"
    assert own.is_own_name


@pytest.mark.req("CRM-2.2.6-b")
def test_a_companys_real_estate_representative_opens_without_limit():
    lawyer = RepresentativeEmployeeFactory(representative=RepresentativeFactory(id_number=LAWYER))
    triplet = real_estate(in_treatment=False).triplet

    for _ in range(5):
        send(lawyer, triplet=triplet, customer_id_number=COMPANY, assessment_number="900000111")

    assert Inquiry.objects.filter(representative=lawyer.representative).count() == 5


def test_the_office_and_the_customer_have_limits_of_their_own(refusing, card):
    triplet = office(tax_system="income_tax").triplet_teams.first().triplet
    employee = RepresentativeEmployeeFactory(representative=card.representative, is_the_representative=False)
    for by in (card, employee, card):
        send(by, triplet=triplet, customer_id_number=CLIENT)
    customer = Customer.objects.get(id_number=CLIENT)

    with refusing(Code.OPEN_LIMIT_REACHED):
        send(employee, triplet=triplet, customer_id_number=CLIENT)
    opening.open_by_customer(by=customer.user, at=OPENED_AT, triplet_id=triplet.pk, description="בעצמי")
