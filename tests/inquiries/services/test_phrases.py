"""What may not be sent to a customer, and what is sent only after a second thought."""

import pytest

from crm_portal.errors import Code
from crm_portal.sentences import sentences
from inquiries.models import ForbiddenPhrase, Message
from inquiries.services import answering, closing, corresponding, opening, reference, triplets
from inquiries.services.phrases import forbidden_in
from tests.factories.inquiries import InquiryFactory, draft, fresh, later
from tests.factories.people import CustomerFactory
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db
SEEDED = (
    "נא פנה למחלקת", "הועבר לטיפול", "פנה לרכז החוליה בכתובת דואר אלקטרוני", "יש לפנות לחטיבה", "יש לפנות למשרד אחר",
)  # fmt: skip


@pytest.fixture
def inquiry():
    found = InquiryFactory(in_treatment=True)
    triplets.set_validation(inquiry_id=found.pk, by=found.clerk, at=later(found), verdict="correct")
    return fresh(found)


def close(inquiry, reply, **kwargs):
    return closing.close_success(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), reply=reply, **kwargs)


def write(inquiry, text, **kwargs):
    return corresponding.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text=text, **kwargs)


@pytest.mark.req("CRM-6.4-b")
def test_a_reply_that_says_a_forbidden_phrase_is_refused_and_the_refusal_names_the_right_action(refusing, inquiry):
    with refusing(Code.FORBIDDEN_PHRASE, "reply") as caught:
        close(inquiry, "הועבר  לטיפול.")

    [said] = sentences(caught.value)
    assert '"הועבר לטיפול"' in said
    assert "העבירו את הפנייה להמשך טיפול" in said


@pytest.mark.req("CRM-6.4-b")
def test_a_message_that_says_a_forbidden_phrase_is_refused_and_no_confirmation_helps(refusing, inquiry):
    with refusing(Code.FORBIDDEN_PHRASE, "text"):
        write(inquiry, "שלום, יש לפנות למשרד אחר", confirm_thin_reply=True, confirm_representation=True)


@pytest.mark.req("CRM-6.4-b")
def test_every_phrase_of_the_instruction_ships_with_what_to_do_instead():
    reference.load()

    for phrase in SEEDED:
        row = forbidden_in(f"שלום, {phrase}.")
        assert row is not None, phrase
        assert row.advice


@pytest.mark.req("CRM-6.4-b")
def test_a_phrase_that_the_department_adds_or_stops_counts_at_once(refusing, inquiry):
    ForbiddenPhrase.objects.create(text="פנו אלינו בפקס")
    with refusing(Code.FORBIDDEN_PHRASE) as caught:
        write(inquiry, "פנו אלינו בפקס")
    assert "פנו אלינו בפקס" in sentences(caught.value)[0]

    ForbiddenPhrase.objects.filter(text="פנו אלינו בפקס").update(is_active=False)
    write(inquiry, "פנו אלינו בפקס")


@pytest.mark.req("CRM-6.5-a")
def test_a_one_word_reply_is_sent_only_after_confirmation(settings, refusing, inquiry):
    settings.MIN_REPLY_LENGTH = 20
    with refusing(Code.CONFIRMATION_REQUIRED, "confirm_thin_reply"):
        close(inquiry, "אושר")

    assert close(inquiry, "אושר", confirm_thin_reply=True).status == "closed_success"


@pytest.mark.req("CRM-6.5-a")
def test_a_one_word_message_is_sent_only_after_confirmation(settings, refusing, inquiry):
    settings.MIN_REPLY_LENGTH = 20
    with refusing(Code.CONFIRMATION_REQUIRED, "confirm_thin_reply"):
        write(inquiry, "בבדיקה")

    assert write(inquiry, "בבדיקה", confirm_thin_reply=True).text == "בבדיקה"


@pytest.mark.req("CRM-6.5-a")
def test_a_reply_that_is_only_the_title_of_a_template_asks_for_confirmation(refusing, inquiry):
    title = 'פנייה לא נפתחה ע"ש הלקוח'  # of the shipped template, which may be used on every triplet

    with refusing(Code.CONFIRMATION_REQUIRED, "confirm_thin_reply"):
        close(inquiry, f" {title}. ")


@pytest.mark.req("CRM-6.5-a")
def test_a_phone_inquiry_has_no_reply_to_be_thin(settings):
    settings.MIN_REPLY_LENGTH = 20
    inquiry = draft()
    opened = opening.save_draft(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="נענה", description="שאלה",
        customer_id=CustomerFactory().pk, triplet_id=TripletFactory().pk,
    )  # fmt: skip

    closed = closing.close_success(inquiry_id=opened.pk, by=inquiry.clerk, at=later(opened), proposed_solution="נענה")

    assert closed.status == "closed_success"


def test_interim_work_is_saved_whatever_the_proposed_solution_says(inquiry):
    saved = answering.save(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="הועבר לטיפול הרכז"
    )

    assert saved.proposed_solution == "הועבר לטיפול הרכז"
    assert not Message.objects.filter(inquiry=inquiry).exists()
