import pytest

from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from inquiries.models import Inquiry, StatusHistory
from inquiries.selectors import visibility
from inquiries.services import answering, closing, opening
from tests.factories.inquiries import (
    OPENED_AT,
    InquiryFactory,
    clerk,
    draft,
    fresh,
    later,
    office,
    operator,
    take_step,
)
from tests.factories.people import CustomerFactory, UserFactory
from tests.factories.routing import TeamFactory

pytestmark = pytest.mark.django_db


def save(inquiry, **kwargs):
    given = {
        "triplet_id": kwargs.pop("triplet_id", None) or office().triplet_teams.first().triplet_id,
        "description": "שאלה בטלפון",
        "proposed_solution": "הוסבר בטלפון",
    }
    if "customer_id" not in kwargs and "contact_name" not in kwargs:
        kwargs["customer_id"] = CustomerFactory().pk
    return opening.save_draft(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), **{**given, **kwargs})


@pytest.mark.req("CRM-5.2.1-a")
def test_only_an_operator_of_an_information_centre_opens_by_hand(refusing):
    draft()
    office_handler, strayed = TeamFactory(members=[clerk()]).members.get().user, operator()
    strayed.unit_memberships.all().delete()
    strayed.team_memberships.all().delete()

    for by in (office_handler, type(strayed).objects.get(pk=strayed.pk)):
        with refusing(Code.MANUAL_OPEN_NOT_ALLOWED):
            opening.new_draft(by=by, at=OPENED_AT)


def test_a_draft_counts_nowhere_and_is_seen_by_its_creator_alone():
    inquiry = draft()
    admin = UserFactory(roles=["crm_admin"], roles__scope="all", roles__level=3)

    assert (inquiry.status, inquiry.number, inquiry.opened_at) == ("open", None, None)
    assert not Inquiry.objects.active().exists()
    assert not Inquiry.objects.submitted().exists()
    assert visibility.visible_to(inquiry.clerk).get() == inquiry
    assert not visibility.visible_to(admin).exists()
    assert not StatusHistory.objects.exists()


def test_the_first_save_numbers_it_and_gives_it_to_its_creator():
    inquiry = draft()
    own_team = inquiry.clerk.team_memberships.get().team

    save(inquiry)

    now = fresh(inquiry)
    assert (now.status, now.owner, now.handling_team) == ("in_treatment", inquiry.clerk, own_team)
    assert now.number
    assert (now.opening_unit, now.channel_id) == (own_team.unit, "phone")
    assert StatusHistory.objects.get(inquiry=inquiry).note == "הוסבר בטלפון"


def test_what_the_first_save_misses_is_named_together(refusing):
    inquiry = draft()

    with refusing(Code.FIELD_REQUIRED, "triplet", "customer", "description") as caught:
        opening.save_draft(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="")
    assert "proposed_solution" in caught.value.refusals[1].fields


def test_a_general_question_needs_only_the_callers_name(refusing):
    inquiry = draft()
    general = office(requires_identification=False).triplet_teams.first().triplet
    particular = office().triplet_teams.first().triplet

    with refusing(Code.FIELD_REQUIRED, "customer"):
        save(inquiry, contact_name="רות", triplet_id=particular.pk)
    save(inquiry, contact_name="רות", triplet_id=general.pk)

    assert fresh(inquiry).customer is None


def test_a_discarded_draft_is_gone():
    inquiry = draft()

    opening.discard_draft(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))

    assert not Inquiry.objects.exists()


def test_nobody_else_saves_or_discards_a_draft(refusing):
    inquiry, other = draft(), operator()

    with refusing(Code.OUT_OF_SCOPE):
        opening.discard_draft(inquiry_id=inquiry.pk, by=other, at=later(inquiry))


def test_the_limit_of_open_inquiries_holds_for_the_phone_too(refusing):
    team, customer = office(), CustomerFactory()
    triplet = team.triplet_teams.first().triplet
    by = operator()
    for _ in range(3):
        save(draft(by=by), triplet_id=triplet.pk, customer_id=customer.pk)
    fourth = draft(by=by)

    with refusing(Code.OPEN_LIMIT_REACHED):
        save(fourth, triplet_id=triplet.pk, customer_id=customer.pk)


@pytest.mark.req("CRM-5.2-c")
def test_a_phone_inquiry_is_closed_with_a_proposed_solution_and_without_a_reply(refusing):
    inquiry = draft()
    save(inquiry)
    close = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry)}

    with refusing(Code.REPLY_NOT_ALLOWED_PHONE, "reply"):
        closing.close_success(**close, proposed_solution="טופל", reply="אושר")
    with refusing(Code.FIELD_REQUIRED, "proposed_solution"):
        closing.close_success(**close)
    closing.close_success(**close, proposed_solution="טופל")

    assert fresh(inquiry).status == "closed_success"


def test_on_a_phone_inquiry_the_employee_may_still_write_a_message():
    inquiry = draft()
    save(inquiry)
    opening.verify_customer(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))

    message = answering.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text="כפי שסוכם")

    assert message.side == "employee"


@pytest.mark.req("CRM-2.2.1-c")
def test_verification_by_phone_is_stored_with_who_did_it_and_when():
    inquiry = draft()
    save(inquiry)
    assert fresh(inquiry).verification_method == "none"
    at = later(inquiry)

    opening.verify_customer(inquiry_id=inquiry.pk, by=inquiry.clerk, at=at)

    now = fresh(inquiry)
    assert (now.verification_method, now.verified_at, now.verified_by) == ("phone", at, inquiry.clerk)
    assert StatusHistory.objects.filter(inquiry=inquiry, event="verification").count() == 1


@pytest.mark.req("CRM-2.2.1-c")
def test_a_verification_is_of_the_customer_it_was_made_with_and_of_nobody_else():
    inquiry = draft(customer_id=CustomerFactory().pk)
    opening.verify_customer(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))

    save(inquiry, customer_id=CustomerFactory().pk)

    now = fresh(inquiry)
    assert (now.verification_method, now.verified_at, now.verified_by) == ("none", None, None)


@pytest.mark.req("CRM-2.2.1-c")
def test_a_verification_by_phone_adds_to_what_was_stored_at_opening(refusing):
    inquiry = InquiryFactory()
    by = UserFactory(roles=["info_centre_operator"], roles__scope="all")
    inquiry.handling_team.members.create(user=by)
    take_step(inquiry, "assign", by=by, at=later(inquiry))

    opening.verify_customer(inquiry_id=inquiry.pk, by=by, at=later(inquiry))

    assert fresh(inquiry).verification_method == "digital_registration"
    assert StatusHistory.objects.filter(inquiry=inquiry, event="verification", by=by).count() == 1
    take_step(inquiry, "close", by=by, at=later(inquiry))
    with refusing(Code.INQUIRY_CLOSED):
        opening.verify_customer(inquiry_id=inquiry.pk, by=by, at=later(inquiry))


def test_somebody_abroad_is_verified_by_documents(refusing):
    inquiry = draft(channel="abroad_contact")
    verify = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry)}

    with refusing(Code.FIELD_REQUIRED, "documents_seen"):
        opening.verify_customer(**verify)
    opening.verify_customer(**verify, documents_seen="דרכון")

    assert fresh(inquiry).verification_method == "abroad_manual"


def test_an_office_handler_verifies_nobody(refusing):
    inquiry = draft()
    save(inquiry)

    with refusing(Code.PERMISSION_DENIED):
        opening.verify_customer(inquiry_id=inquiry.pk, by=clerk(), at=later(inquiry))


@pytest.mark.req("CRM-2.1.3-c")
def test_a_caller_who_is_not_registered_gets_no_notice():
    inquiry = draft()
    save(inquiry, customer_id=CustomerFactory(unregistered=True).pk)

    closing.close_success(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="טופל")

    assert not Notification.objects.exists()


def test_a_draft_is_opened_only_by_a_channel_for_hands(refusing):
    inquiry = draft()

    with refusing(Code.INVALID_VALUE, "channel"):
        opening.new_draft(by=inquiry.clerk, at=OPENED_AT, channel="internet")


def test_a_draft_takes_no_impossible_tax_year(refusing):
    by = draft().clerk

    with refusing(Code.INVALID_VALUE, "tax_year"):
        opening.new_draft(by=by, at=OPENED_AT, tax_year=99_999)
