"""The pages of consultations (screen E18)."""

import pytest
from django.urls import reverse

from crm_portal.people.rules.roles import Role
from inquiries.models import Consultation
from inquiries.services import closing, consulting, forwarding, triplets
from tests.factories.inquiries import InquiryFactory, another_team, fresh, later
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.req("CRM-6.5-b")]
QUESTION = "האם חל סעיף 9 על ההכנסה?"


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


@pytest.fixture
def referent(inquiry):
    user = UserFactory(roles=[Role.LEGAL_REFERENT])
    inquiry.handling_unit.members.create(user=user)
    return user


@pytest.fixture
def consultation(inquiry, referent):
    return consulting.ask(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), addressee_id=referent.pk,
        reason="complex_legally", question=QUESTION, reply_draft="טיוטת מענה",
    )  # fmt: skip


def page(inquiry) -> str:
    return reverse("inquiries:inquiry", args=[inquiry.number])


def test_the_owner_asks_and_sees_that_it_holds_back(sign_in, inquiry, referent):
    browser = sign_in(inquiry.clerk)
    asked = {"addressee": referent.pk, "reason": "complex_legally", "question": QUESTION, "version": inquiry.version}

    response = browser.post(reverse("inquiries:consult", args=[inquiry.number]), asked, follow=True)

    assert QUESTION in response.text
    assert "עד לתשובה, או עד למשיכת הבקשה" in response.text
    assert Consultation.objects.get().addressee == referent


def test_what_was_typed_is_kept_when_something_is_missing(sign_in, inquiry, referent):
    response = sign_in(inquiry.clerk).post(
        reverse("inquiries:consult", args=[inquiry.number]), {"question": QUESTION, "addressee": referent.pk}
    )

    assert response.status_code == 422
    assert QUESTION in response.text
    assert response.context["form"].errors.keys() == {"reason"}


def test_the_referent_begins_at_what_he_is_asked_and_answers_on_the_inquiry(sign_in, consultation, inquiry, referent):
    browser = sign_in(referent)

    listed = browser.get("/", follow=True)
    shown = browser.get(page(inquiry))
    response = browser.post(reverse("inquiries:answer_consultation", args=[consultation.pk]), {"answer": "כן, חל"})

    assert inquiry.number in listed.text
    assert "טיוטת מענה" in shown.text
    assert response.url == page(inquiry)
    assert Consultation.objects.get().answer == "כן, חל"


def test_the_addressee_is_told_in_the_menu_how_many_wait(sign_in, consultation, referent):
    shown = sign_in(referent).get(reverse("inquiries:consultations")).context["shell"]
    links = {link.item.url_name: link.count for _heading, links in shown.menu for link in links}

    assert links["inquiries:consultations"] == 1


def test_an_empty_answer_is_refused_at_its_field(sign_in, consultation, inquiry, referent):
    response = sign_in(referent).post(reverse("inquiries:answer_consultation", args=[consultation.pk]), {"answer": " "})

    assert response.status_code == 422
    assert response.context["answer_form"].errors.keys() == {"answer"}
    assert f'id="consultation_{consultation.pk}_answer"' in response.text


def test_an_answer_to_a_question_taken_back_finds_nothing_and_changes_nothing(sign_in, consultation, inquiry, referent):
    consulting.withdraw(consultation_id=consultation.pk, by=inquiry.clerk, at=later(inquiry))

    response = sign_in(referent).post(
        reverse("inquiries:answer_consultation", args=[consultation.pk]), {"answer": "כן"}
    )

    assert response.status_code == 404
    assert Consultation.objects.get().answer == ""


def test_an_answer_that_came_second_is_kept_to_be_copied(sign_in, consultation, inquiry, referent):
    consulting.answer(consultation_id=consultation.pk, by=referent, at=later(inquiry), answer="ראשונה")

    response = sign_in(referent).post(
        reverse("inquiries:answer_consultation", args=[consultation.pk]), {"answer": "תשובה שנייה"}
    )

    assert response.status_code == 409
    assert "תשובה שנייה" in response.text
    assert Consultation.objects.get().answer == "ראשונה"


def test_the_owner_takes_the_question_back(sign_in, consultation, inquiry):
    sign_in(inquiry.clerk).post(reverse("inquiries:withdraw_consultation", args=[consultation.pk]))

    assert not Consultation.objects.get().is_open


def test_the_customer_sees_nothing_of_it(sign_in, consultation, inquiry, referent):
    consulting.answer(consultation_id=consultation.pk, by=referent, at=later(inquiry), answer="סודי ביותר")

    shown = sign_in(inquiry.opened_by).get(reverse("personal:inquiry", args=[inquiry.number])).text

    for internal in (QUESTION, "טיוטת מענה", "סודי ביותר", "התייעצות", str(referent)):
        assert internal not in shown


def test_a_referent_has_no_way_to_handle(sign_in, consultation, inquiry, referent):
    browser = sign_in(referent)

    response = browser.post(
        reverse("inquiries:message", args=[inquiry.number]), {"text": "שלום", "version": inquiry.version}
    )

    assert response.status_code == 403
    assert fresh(inquiry).answer_count == 0


def test_the_queries_of_the_list_do_not_grow(sign_in, inquiry, referent, django_assert_max_num_queries):
    for _ in range(4):
        other = InquiryFactory(team=inquiry.handling_team, in_treatment=True)
        consulting.ask(
            inquiry_id=other.pk, by=other.clerk, at=later(other), addressee_id=referent.pk,
            reason="complex_legally", question=QUESTION,
        )  # fmt: skip
    browser = sign_in(referent)
    browser.get(reverse("inquiries:consultations"))  # the first request of a session also writes that it is in use

    browser.get(reverse("inquiries:consultations"))  # what a process learns once

    with django_assert_max_num_queries(12):
        assert browser.get(reverse("inquiries:consultations")).text.count(QUESTION) == 4


def test_a_manager_who_answered_about_an_inquiry_that_left_his_unit_goes_on_to_his_consultations(sign_in, inquiry):
    manager = UserFactory(roles=[Role.OFFICE_MANAGER])
    inquiry.handling_unit.members.create(user=manager)
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    asked = consulting.ask(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), addressee_id=manager.pk,
        reason="complex_legally", question=QUESTION,
    )  # fmt: skip
    forwarding.forward(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), team_id=another_team(inquiry.triplet).pk,
        proposed_solution="שייך למשרד אחר",
    )  # fmt: skip
    browser = sign_in(manager)
    assert QUESTION in browser.get(page(inquiry)).text

    done = browser.post(reverse("inquiries:answer_consultation", args=[asked.pk]), {"answer": "לא חל"})

    assert done.url == reverse("inquiries:consultations")
    assert browser.get(page(inquiry)).status_code == 404


def test_the_page_says_that_the_closing_ended_it(sign_in, consultation, inquiry):
    closing.close_failed_sanitisation(inquiry_id=inquiry.pk, at=later(inquiry), file_name="נגיף.pdf")

    browser = sign_in(inquiry.clerk)

    assert "הפנייה נסגרה" in browser.get(reverse("inquiries:consultations")).text
    assert "ממתינה לתשובה" not in browser.get(page(inquiry)).text
