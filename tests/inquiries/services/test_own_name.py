"""A representative in his own name who writes about somebody else, outside real estate (CRM-6.6-b, c, e)."""

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.files.services.settling import settle
from crm_portal.people.rules.roles import Role
from inquiries.models import Attachment, OwnNameMark, StatusHistory
from inquiries.services import answering, attaching, closing, corresponding, forwarding, own_name, triplets
from inquiries.services.own_name import refuse_if_marked
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, another_team, clerk, fresh, later, office, real_estate
from tests.factories.people import PowerOfAttorneyFactory, UserFactory, valid_id
from tests.factories.routing import TeamFactory

pytestmark = pytest.mark.django_db
OTHER = valid_id(31_000_000)


@pytest.fixture
def inquiry():
    made = InquiryFactory(by_representative=True, in_treatment=True, team=office(tax_system="vat"))
    triplets.set_validation(inquiry_id=made.pk, by=made.clerk, at=later(made), verdict="correct")
    return fresh(made)


@pytest.fixture
def marked(inquiry):
    mark(inquiry)
    return fresh(inquiry)


def mark(inquiry, number=OTHER, by=None):
    return own_name.mark(inquiry_id=inquiry.pk, by=by or inquiry.clerk, at=later(inquiry), concerns_number=number)


def act(inquiry, service, **kwargs):
    return service(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), **kwargs)


CLOSING = {"proposed_solution": "לא על שם הלקוח", "reply": "יש לפתוח פנייה על שם הלקוח"}


@pytest.mark.req("CRM-6.6-b")
def test_the_mark_with_the_number_stands_in_the_history(inquiry):
    mark(inquiry, number=OTHER.lstrip("0"))

    row = StatusHistory.objects.get(inquiry=inquiry, event="own_name_mark")
    assert OTHER in row.note
    assert (row.by, OwnNameMark.objects.get().concerns_number) == (inquiry.clerk, OTHER)
    assert AuditEvent.objects.filter(action="inquiry.mark_own_name", outcome="done").count() == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [("", Code.FIELD_REQUIRED), ("12", Code.INVALID_VALUE), ("310000001", Code.INVALID_VALUE)],
    ids=["nothing", "too short to be one", "a wrong check digit"],
)
def test_a_number_that_is_none_marks_nothing(refusing, inquiry, number, code):
    with refusing(code, "concerns_number"):
        mark(inquiry, number=number)


def test_the_inquirers_own_number_is_not_another_entity(refusing, inquiry):
    with refusing(Code.INVALID_VALUE, "concerns_number"):
        mark(inquiry, number=inquiry.customer.id_number)


def test_only_its_owner_marks_and_only_what_was_opened_in_own_name(refusing, inquiry):
    of_customer = InquiryFactory(in_treatment=True)
    colleague = clerk()
    TeamFactory(unit=inquiry.handling_unit, members=[colleague])

    with refusing(Code.NOT_ASSIGNED_TO_YOU):
        mark(inquiry, by=colleague)
    with refusing(Code.INVALID_VALUE):
        mark(of_customer)


def test_a_second_mark_is_refused(refusing, marked):
    with refusing(Code.DUPLICATE):
        mark(marked, number=valid_id(32_000_000))


@pytest.mark.req("CRM-6.6-c")
@pytest.mark.parametrize(
    ("service", "words"),
    [
        (closing.close_success, {"reply": "אושר"}),
        (closing.close_no_treatment, {**CLOSING, "closing_reason": "identical_inquiry"}),
        (answering.wait_for_customer, {"proposed_solution": "חסר", "reply": "נא לצרף"}),
        (corresponding.send_message, {"text": "הנתונים המבוקשים"}),
        (attaching.attach, {"upload": files.upload(), "show_on_internet": True, "note": "אישור"}),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_marked_inquiry_receives_no_other_answer(refusing, marked, service, words):
    with refusing(Code.OWN_NAME_ABOUT_CLIENT):
        act(marked, service, **words)


def test_a_marked_inquiry_is_not_forwarded(refusing, marked):
    target = another_team(marked.triplet)

    with refusing(Code.OWN_NAME_ABOUT_CLIENT):
        act(marked, forwarding.forward, team_id=target.pk, proposed_solution="לצוות אחר")


@pytest.mark.req("CRM-6.6-c")
@pytest.mark.req("CRM-2.2.1-f")
def test_an_attached_power_and_one_in_the_register_change_nothing(refusing, marked):
    PowerOfAttorneyFactory(representative=marked.representative, tax_system="vat", customer__id_number=OTHER)
    power = corresponding.customer_message(
        inquiry_id=marked.pk, by=marked.opened_by, at=later(marked), text="מצורף", files=[files.upload("ייפוי כוח.pdf")]
    ).attachments.get()
    settle(file_id=power.file_id, at=later(marked))

    with refusing(Code.OWN_NAME_ABOUT_CLIENT):
        act(marked, closing.close_success, reply="אושר")


@pytest.mark.req("CRM-6.6-c")
def test_it_is_closed_with_the_named_reason(marked):
    act(marked, closing.close_no_treatment, **CLOSING, closing_reason="not_opened_for_customer")

    closed = fresh(marked)
    assert (closed.status, closed.closing_reason_id) == ("closed_no_treatment", "not_opened_for_customer")


def test_after_closing_no_message_goes_out_either(refusing, marked):
    act(marked, closing.close_no_treatment, **CLOSING, closing_reason="not_opened_for_customer")

    with refusing(Code.OWN_NAME_ABOUT_CLIENT):
        act(marked, corresponding.send_message, text="ובכל זאת")


@pytest.mark.req("CRM-6.6-c")
def test_a_coordinator_removes_a_wrong_mark_with_a_reason(refusing, marked):
    coordinator = UserFactory(roles=[Role.COORDINATOR])
    marked.handling_team.members.create(user=coordinator, is_coordinator=True)
    marked.handling_team.unit.members.create(user=coordinator)

    def remove(by, reason="הלקוח הוא המייצג עצמו"):
        own_name.unmark(inquiry_id=marked.pk, by=by, at=later(marked), removal_reason=reason)

    with refusing(Code.PERMISSION_DENIED):
        remove(marked.clerk)
    with refusing(Code.FIELD_REQUIRED, "removal_reason"):
        remove(coordinator, reason=" ")
    remove(coordinator)

    removed = OwnNameMark.objects.get()
    assert (removed.removed_by, removed.removal_reason) == (coordinator, "הלקוח הוא המייצג עצמו")
    assert AuditEvent.objects.filter(action="inquiry.unmark_own_name", actor=coordinator, outcome="done").exists()
    act(marked, closing.close_success, reply="אושר")
    assert fresh(marked).status == "closed_success"


@pytest.mark.req("CRM-6.6-e")
def test_what_would_give_data_of_another_entity_is_held_back_while_it_is_marked(inquiry):
    refuse_if_marked(inquiry)
    mark(inquiry)

    with pytest.raises(Refused) as refused:
        refuse_if_marked(fresh(inquiry))

    assert refused.value.code == Code.OWN_NAME_ABOUT_CLIENT
    assert fresh(inquiry).customer.id_number == inquiry.representative.id_number


def test_a_declaration_made_in_real_estate_counts_when_it_comes_to_another_tax_system(refusing):
    inquiry = real_estate(by_representative=True, concerns_client=True)
    inquiry.triplet = office(tax_system="income_tax").triplet_teams.first().triplet
    inquiry.save(update_fields=["triplet"])

    with refusing(Code.OWN_NAME_ABOUT_CLIENT):
        act(inquiry, corresponding.send_message, text="תשובה", confirm_representation=True)
    assert not Attachment.objects.exists()
