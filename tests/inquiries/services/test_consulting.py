"""Asking a manager or a referent before an answer (CRM-6.5-b)."""

from datetime import timedelta

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from inquiries.models import Consultation
from inquiries.selectors import visibility
from inquiries.selectors.clocks import clock_of
from inquiries.selectors.consulting import addressed_to, consultants_for
from inquiries.services import answering, assigning, closing, consulting, corresponding, forwarding, triplets
from tests.factories.inquiries import InquiryFactory, another_team, fresh, later
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.req("CRM-6.5-b")]


@pytest.fixture
def inquiry():
    inquiry = InquiryFactory(in_treatment=True)
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    return fresh(inquiry)


def of_unit(inquiry, *roles, **kwargs):
    user = UserFactory(roles=roles, **kwargs)
    inquiry.handling_unit.members.create(user=user)
    return user


@pytest.fixture
def manager(inquiry):
    return of_unit(inquiry, Role.OFFICE_MANAGER)


def ask(inquiry, addressee, **changes):
    given = {
        "inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry), "addressee_id": addressee.pk,
        "reason": "complex_legally", "question": "האם חל סעיף 9?", "reply_draft": "להלן עמדתנו",
    }  # fmt: skip
    return consulting.ask(**given | changes)


ANSWERS = {
    "a reply that waits": lambda one: answering.wait_for_customer(
        inquiry_id=one.pk, by=one.clerk, at=later(one), proposed_solution="חסר", reply="נא לצרף טופס 106"
    ),
    "a message": lambda one: corresponding.send_message(
        inquiry_id=one.pk, by=one.clerk, at=later(one), text="אנו בודקים את הבקשה"
    ),
    "closing": lambda one: closing.close_success(
        inquiry_id=one.pk, by=one.clerk, at=later(one), reply="הבקשה אושרה במלואה"
    ),
    "closing without treatment": lambda one: closing.close_no_treatment(
        inquiry_id=one.pk, by=one.clerk, at=later(one), proposed_solution="כפולה", reply="נענה בפנייה אחרת",
        closing_reason="identical_inquiry",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANSWERS)
def test_while_one_is_open_an_answer_is_refused_and_after_the_answer_it_is_not(inquiry, manager, refusing, kind):
    consultation = ask(inquiry, manager)

    with refusing(Code.CONSULTATION_OPEN):
        ANSWERS[kind](inquiry)
    consulting.answer(consultation_id=consultation.pk, by=manager, at=later(inquiry), answer="כן, לאשר")

    ANSWERS[kind](inquiry)
    assert fresh(inquiry).answer_count == 1


def test_withdrawal_ends_it_too(inquiry, manager):
    consultation = ask(inquiry, manager)

    consulting.withdraw(consultation_id=consultation.pk, by=inquiry.clerk, at=later(inquiry))

    ANSWERS["a message"](inquiry)
    assert fresh(inquiry).answer_count == 1


def test_of_two_open_ones_both_hold_back(inquiry, manager, refusing):
    first = ask(inquiry, manager)
    ask(inquiry, of_unit(inquiry, Role.LEGAL_REFERENT))

    consulting.answer(consultation_id=first.pk, by=manager, at=later(inquiry), answer="מוסכם")

    with refusing(Code.CONSULTATION_OPEN):
        ANSWERS["a message"](inquiry)


def test_interim_work_goes_on(inquiry, manager):
    ask(inquiry, manager)

    answering.save(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="ממתין לתשובה")

    assert fresh(inquiry).proposed_solution == "ממתין לתשובה"


def test_the_managers_and_referents_of_the_unit_may_be_asked_and_nobody_else(inquiry, manager, refusing):
    legal, professional = (of_unit(inquiry, role) for role in (Role.LEGAL_REFERENT, Role.PROFESSIONAL_REFERENT))
    colleague = of_unit(inquiry, Role.HANDLER)
    elsewhere = UserFactory(roles=[Role.OFFICE_MANAGER])
    another_team(inquiry.triplet).unit.members.create(user=elsewhere)
    gone = of_unit(inquiry, Role.DEPUTY_MANAGER, is_active=False)

    offered = {one.user for one in consultants_for(inquiry, besides=inquiry.clerk)}

    assert offered == {manager, legal, professional}
    for user in (colleague, elsewhere, gone):
        with refusing(Code.INVALID_VALUE, "addressee"):
            ask(inquiry, user)


def test_who_may_not_see_the_triplet_is_not_asked(inquiry, manager):
    type(inquiry.triplet).objects.filter(pk=inquiry.triplet_id).update(view_level=2)
    cleared = of_unit(inquiry, Role.LEGAL_REFERENT, roles__level=2)

    assert [one.user for one in consultants_for(fresh(inquiry), besides=inquiry.clerk)] == [cleared]


@pytest.mark.parametrize("field", ["question", "reason", "addressee"])
def test_a_question_without_its_parts_is_refused_at_the_field(inquiry, manager, refusing, field):
    empty = {"addressee_id": None} if field == "addressee" else {field: "  " if field == "question" else ""}

    with refusing(Code.FIELD_REQUIRED, field):
        ask(inquiry, manager, **empty)


def test_a_reason_that_is_not_in_the_list_is_refused(inquiry, manager, refusing):
    with refusing(Code.INVALID_VALUE, "reason"):
        ask(inquiry, manager, reason="because")


def test_only_the_owner_asks(inquiry, manager, refusing):
    colleague = of_unit(inquiry, Role.HANDLER)

    with refusing(Code.NOT_ASSIGNED_TO_YOU):
        ask(inquiry, manager, by=colleague)


def test_nothing_is_asked_about_a_closed_inquiry(inquiry, manager, refusing):
    ANSWERS["closing"](inquiry)

    with refusing(Code.INQUIRY_CLOSED):
        ask(inquiry, manager)


def test_the_same_person_is_not_asked_twice_at_once(inquiry, manager, refusing):
    ask(inquiry, manager)

    with refusing(Code.DUPLICATE, "addressee"):
        ask(inquiry, manager)


def test_an_answer_has_words_and_is_given_once(inquiry, manager, refusing):
    consultation = ask(inquiry, manager)
    given = {"consultation_id": consultation.pk, "by": manager, "at": later(inquiry)}

    with refusing(Code.FIELD_REQUIRED, "answer"):
        consulting.answer(**given, answer=" \n")
    consulting.answer(**given, answer="מוסכם")
    with refusing(Code.INVALID_TRANSITION):
        consulting.answer(**given, answer="שוב")

    assert Consultation.objects.get().answer == "מוסכם"


def test_another_manager_answers_for_one_who_is_away_but_not_the_asker_or_a_colleague(inquiry, manager, refusing):
    consultation = ask(inquiry, manager)
    deputy, colleague = of_unit(inquiry, Role.DEPUTY_MANAGER), of_unit(inquiry, Role.HANDLER)

    for user in (inquiry.clerk, colleague):
        with refusing(Code.PERMISSION_DENIED):
            consulting.answer(consultation_id=consultation.pk, by=user, at=later(inquiry), answer="כן")
    answered = consulting.answer(consultation_id=consultation.pk, by=deputy, at=later(inquiry), answer="כן")

    assert answered.answered_by == deputy


def test_a_question_to_a_referent_is_not_answered_by_a_manager(inquiry, manager, refusing):
    consultation = ask(inquiry, of_unit(inquiry, Role.LEGAL_REFERENT))

    with refusing(Code.PERMISSION_DENIED):
        consulting.answer(consultation_id=consultation.pk, by=manager, at=later(inquiry), answer="כן")


def test_only_the_asker_or_the_owner_withdraws(inquiry, manager, refusing):
    consultation = ask(inquiry, manager)

    with refusing(Code.PERMISSION_DENIED):
        consulting.withdraw(consultation_id=consultation.pk, by=manager, at=later(inquiry))


def test_it_is_in_the_internal_history_with_question_and_answer(inquiry, manager):
    consultation = ask(inquiry, manager)
    consulting.answer(consultation_id=consultation.pk, by=manager, at=later(inquiry), answer="לאשר")

    asked, answered = inquiry.history.filter(event="consultation")

    assert (asked.by, "האם חל סעיף 9?" in asked.note, str(manager) in asked.note) == (inquiry.clerk, True, True)
    assert (answered.by, answered.note) == (manager, "לאשר")


def test_the_clock_runs_on(inquiry, manager):
    ask(inquiry, manager)
    at = later(inquiry, days=28)

    asked = clock_of([inquiry], at)[inquiry.pk].net

    assert asked - clock_of([inquiry], at - timedelta(days=1))[inquiry.pk].net == timedelta(days=1)


@pytest.mark.req("CRM-2.2.2-a")
def test_a_referent_sees_only_what_he_is_asked_about(inquiry):
    referent = of_unit(inquiry, Role.LEGAL_REFERENT)
    InquiryFactory(team=inquiry.handling_team)
    assert not visibility.visible_to(referent).exists()

    consultation = ask(inquiry, referent)
    assert [one.pk for one in visibility.visible_to(referent)] == [inquiry.pk]
    assert not visibility.may_handle(referent, inquiry)

    consulting.answer(consultation_id=consultation.pk, by=referent, at=later(inquiry), answer="כן")
    assert visibility.may_see(referent, inquiry)


def test_a_question_that_was_taken_back_shows_the_referent_nothing_more(inquiry):
    referent = of_unit(inquiry, Role.PROFESSIONAL_REFERENT)
    consultation = ask(inquiry, referent)

    consulting.withdraw(consultation_id=consultation.pk, by=inquiry.clerk, at=later(inquiry))

    assert not visibility.may_see(referent, inquiry)
    assert not addressed_to(referent).exists()


def cancelled(inquiry):
    assigning.release(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), note="ממתין לתשובת המנהל")
    closing.cancel(inquiry_id=inquiry.pk, by=inquiry.opened_by, at=later(inquiry))


def closed_by_the_system(inquiry):
    closing.close_failed_sanitisation(inquiry_id=inquiry.pk, at=later(inquiry), file_name="נגיף.pdf")


@pytest.mark.parametrize("close", [cancelled, closed_by_the_system])
def test_closing_by_the_customer_or_the_system_ends_what_is_still_asked(inquiry, manager, close):
    answered = ask(inquiry, manager)
    consulting.answer(consultation_id=answered.pk, by=manager, at=later(inquiry), answer="לאשר")
    left = ask(inquiry, manager)

    close(inquiry)

    left.refresh_from_db()
    answered.refresh_from_db()
    assert (left.is_open, left.ended_by_closing) == (False, True)
    assert (answered.withdrawn_at, answered.ended_by_closing) == (None, False)
    ended = inquiry.history.filter(event="consultation").latest("id")
    assert (ended.by, ended.note) == (None, str(manager))
    assert AuditEvent.objects.filter(action="consultation.end", target_id=str(inquiry.pk), actor=None).count() == 1


def test_both_sides_are_told_that_no_answer_is_needed_any_more(inquiry):
    User.objects.filter(pk=inquiry.clerk.pk).update(email="clerk@example.org")
    ask(inquiry, of_unit(inquiry, Role.OFFICE_MANAGER, email="manager@example.org"))

    closed_by_the_system(inquiry)

    told = Notification.objects.filter(kind="consultation_ended", about=inquiry.number)
    assert {one.address for one in told} == {"manager@example.org", "clerk@example.org"}
    assert all(inquiry.number in one.body and "האם חל סעיף 9?" not in one.body for one in told)


def test_an_inquiry_that_comes_back_is_not_held_back_by_what_was_asked_before(inquiry, manager):
    ask(inquiry, manager)
    closed_by_the_system(inquiry)

    corresponding.customer_message(
        inquiry_id=inquiry.pk, by=inquiry.opened_by, at=later(inquiry), text="הנה הקובץ הנכון"
    )
    assigning.assign_to_me(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))

    ANSWERS["a message"](inquiry)
    assert fresh(inquiry).answer_count == 1


def test_a_manager_reads_what_he_is_asked_until_he_has_answered_also_after_it_was_forwarded(inquiry, manager, refusing):
    consultation = ask(inquiry, manager)
    target = another_team(inquiry.triplet)
    forwarding.forward(
        inquiry_id=inquiry.pk,
        by=inquiry.clerk,
        at=later(inquiry),
        team_id=target.pk,
        proposed_solution="שייך למשרד אחר",
    )

    assert visibility.may_see(manager, inquiry)
    assert not visibility.may_handle(manager, fresh(inquiry))
    assert not visibility.visible_to(manager).exists()  # in none of his lists
    consulting.answer(consultation_id=consultation.pk, by=manager, at=later(inquiry), answer="לא חל")

    assert not visibility.may_see(manager, inquiry)
    with refusing(Code.OUT_OF_SCOPE):
        consulting.answer(consultation_id=consultation.pk, by=manager, at=later(inquiry), answer="חל")


def test_a_manager_whose_question_was_taken_back_reads_it_no_more(inquiry, manager):
    consultation = ask(inquiry, manager)
    target = another_team(inquiry.triplet)
    consulting.withdraw(consultation_id=consultation.pk, by=inquiry.clerk, at=later(inquiry))

    forwarding.forward(
        inquiry_id=inquiry.pk,
        by=inquiry.clerk,
        at=later(inquiry),
        team_id=target.pk,
        proposed_solution="שייך למשרד אחר",
    )

    assert not visibility.may_see(manager, inquiry)
