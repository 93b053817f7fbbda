"""
Requests for a limited power of attorney. The local registers know 111100020 (file 91), 111100038 (file 10, closed),
111100046 (file 95), 111100053 (no file), 111100012 (an active file 20) and 111100111 (91 and an active 20).
"""

import pytest
from django.utils import timezone, translation

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from crm_portal.people.labels import POA_REQUEST_STATE
from crm_portal.people.models import PoaRequest
from crm_portal.people.rules.poa_requests import Step
from crm_portal.people.services import poa_requests
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db
FILE_91, NO_FILE, OTHER_FILE = "111100020", "111100053", "111100012"


@pytest.fixture
def card():
    return RepresentativeEmployeeFactory()


def submit(card, *, number=FILE_91, topic="medical_committees"):
    return poa_requests.submit(by=card.user, at=timezone.now(), customer_id_number=number, topic=topic)


def decide(request, step, by=None):
    by = by or request.customer.user
    return poa_requests.decide(request_id=request.pk, step=step, by=by, at=timezone.now())


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.refusals[0]


@pytest.mark.req("CRM-6.6-f")
@pytest.mark.parametrize(
    ("number", "file_type"), [(FILE_91, "91"), ("111100038", "10"), ("111100046", "95"), (NO_FILE, "")]
)
def test_a_request_stands_on_the_file_that_the_register_knows(card, number, file_type):
    CustomerFactory(id_number=number)

    request = submit(card, number=number.lstrip("0"))

    assert (request.file_type, request.state) == (file_type, "pending")
    assert AuditEvent.objects.get(action="poa_request.submit").actor == card.user


@pytest.mark.parametrize("number", [OTHER_FILE, "111100111"], ids=["an active file 20", "91 beside an active 20"])
def test_an_active_file_of_another_type_needs_a_power_in_the_register(card, number):
    CustomerFactory(id_number=number)

    reason = refused(lambda: submit(card, number=number))

    assert (reason.code, reason.details["because"]) == (Code.POA_MISSING, "poa_active_file")
    assert not PoaRequest.objects.exists()


@pytest.mark.parametrize(
    ("number", "topic", "code", "field"),
    [
        ("", "severance", Code.FIELD_REQUIRED, "customer_id_number"),
        ("111100021", "severance", Code.INVALID_VALUE, "customer_id_number"),
        (FILE_91, "", Code.FIELD_REQUIRED, "topic"),
        (FILE_91, "capital_declaration", Code.INVALID_VALUE, "topic"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(card, number, topic, code, field):
    CustomerFactory(id_number=FILE_91)

    reason = refused(lambda: submit(card, number=number, topic=topic))

    assert (reason.code, reason.fields) == (code, (field,))


def test_a_customer_without_a_personal_area_could_not_approve(card):
    CustomerFactory(id_number=FILE_91, unregistered=True)

    assert refused(lambda: submit(card)).code == Code.IDENTIFICATION_REQUIRED


def test_one_request_stands_for_a_topic_and_a_new_one_follows_a_refusal(card):
    CustomerFactory(id_number=FILE_91)
    first = submit(card)

    assert refused(lambda: submit(card)).code == Code.DUPLICATE
    decide(first, Step.DECLINE)

    assert submit(card).state == "pending"


def test_a_register_that_is_down_leaves_no_request(card, settings, tmp_path):
    CustomerFactory(id_number=FILE_91)
    settings.REGISTERS_FOLDER = tmp_path

    assert refused(lambda: submit(card)).code == Code.REGISTER_UNAVAILABLE
    assert not PoaRequest.objects.exists()


def test_the_states_have_the_labels_of_the_specification():
    with translation.override("he"):
        assert [str(label) for _, label in POA_REQUEST_STATE] == ["ממתין לאישור הלקוח", "אושר", "נדחה", "בוטל"]


@pytest.mark.req("CRM-6.6-f")
@pytest.mark.parametrize(
    ("steps", "state"),
    [((Step.APPROVE,), "approved"), ((Step.DECLINE,), "declined"), ((Step.APPROVE, Step.REVOKE), "revoked")],
)
def test_the_customer_approves_declines_and_revokes(card, steps, state):
    CustomerFactory(id_number=FILE_91)
    request = submit(card)

    for step in steps:
        decide(request, step)

    request.refresh_from_db()
    assert (request.state, request.decided_by) == (state, request.customer.user)
    assert AuditEvent.objects.filter(action=f"poa_request.{steps[-1].value}", outcome="done").count() == 1


@pytest.mark.parametrize(
    ("before", "step"),
    [((), Step.REVOKE), ((Step.APPROVE,), Step.APPROVE), ((Step.APPROVE,), Step.DECLINE),
     ((Step.DECLINE,), Step.APPROVE), ((Step.APPROVE, Step.REVOKE), Step.APPROVE)],
)  # fmt: skip
def test_a_step_that_does_not_follow_is_refused_and_changes_nothing(card, before, step):
    CustomerFactory(id_number=FILE_91)
    request = submit(card)
    for earlier in before:
        decide(request, earlier)
    was = PoaRequest.objects.values().get()

    assert refused(lambda: decide(request, step)).code == Code.INVALID_TRANSITION
    assert PoaRequest.objects.values().get() == was


@pytest.mark.parametrize("step", [Step.APPROVE, Step.DECLINE])
def test_nobody_but_the_customer_decides(card, step):
    CustomerFactory(id_number=FILE_91)
    request = submit(card)

    assert refused(lambda: decide(request, step, by=CustomerFactory().user)).code == Code.OUT_OF_SCOPE
    assert refused(lambda: decide(request, step, by=card.user)).code == Code.PERMISSION_DENIED
    assert refused(lambda: decide(request, step, by=UserFactory())).code == Code.PERMISSION_DENIED


def test_anybody_of_the_office_withdraws_and_no_other_office(card):
    CustomerFactory(id_number=FILE_91)
    employee = RepresentativeEmployeeFactory(representative=card.representative, is_the_representative=False)
    request = submit(card)

    def withdraw(by):
        return poa_requests.withdraw(request_id=request.pk, by=by, at=timezone.now())

    assert refused(lambda: withdraw(RepresentativeEmployeeFactory().user)).code == Code.OUT_OF_SCOPE
    withdraw(employee.user)

    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("revoked", employee.user)
    assert refused(lambda: decide(request, Step.APPROVE)).code == Code.INVALID_TRANSITION


def test_the_customer_hears_of_a_request_and_the_office_of_the_decision(card):
    customer = CustomerFactory(id_number=FILE_91)
    request = submit(card)
    asked = Notification.objects.filter(kind="poa_request_submitted")

    assert set(asked.values_list("address", flat=True)) == {customer.email, customer.mobile}
    assert all(card.representative.name in body for body in asked.values_list("body", flat=True))

    decide(request, Step.APPROVE)
    decide(request, Step.REVOKE)

    told = Notification.objects.filter(kind="poa_request_decided")
    assert set(told.values_list("address", flat=True)) == {card.representative.email, card.representative.mobile}
    assert told.count() == 4
    assert not any(customer.last_name in body or FILE_91 in body for body in told.values_list("body", flat=True))
