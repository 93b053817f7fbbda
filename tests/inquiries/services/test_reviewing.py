"""A manager grades an answer (CRM-2-c)."""

from datetime import date, timedelta

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.people.rules.roles import Role
from inquiries.models import QualityReview
from inquiries.selectors.moments import Moment
from inquiries.selectors.reviewing import answers_of, sample
from inquiries.services import reviewing
from tests.factories.inquiries import OPENED_AT, InquiryFactory, later, take_step
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.req("CRM-2-c")]


@pytest.fixture
def inquiry():
    return InquiryFactory(closed=True)


@pytest.fixture
def manager(inquiry):
    user = UserFactory(roles=[Role.OFFICE_MANAGER])
    inquiry.handling_unit.members.create(user=user)
    return user


def grade(inquiry, by, grade=4, **changes):
    given = {"inquiry_id": inquiry.pk, "message_id": inquiry.messages.get(side="employee").pk, "remark": "ברור"}
    return reviewing.grade(by=by, at=later(inquiry), grade=grade, **given | changes)


def test_the_reply_of_a_closed_inquiry_is_graded(inquiry, manager):
    grade(inquiry, manager)

    review = QualityReview.objects.get()
    assert (review.inquiry, review.message.text, review.grade) == (inquiry, "הבקשה אושרה", 4)
    assert AuditEvent.objects.get(action="quality.review").after["grade"] == 4


def test_grading_again_replaces_ones_own_grade_and_the_audit_keeps_both(inquiry, manager):
    other = UserFactory(roles=[Role.DEPUTY_MANAGER])
    inquiry.handling_unit.members.create(user=other)
    grade(inquiry, manager, 2)
    grade(inquiry, other, 5)

    grade(inquiry, manager, 3)

    assert sorted(QualityReview.objects.values_list("grade", flat=True)) == [3, 5]
    assert AuditEvent.objects.filter(action="quality.review").last().before["grade"] == 2


@pytest.mark.parametrize(
    ("value", "code"), [(None, Code.FIELD_REQUIRED), (0, Code.INVALID_VALUE), (6, Code.INVALID_VALUE)]
)
def test_a_grade_is_one_to_five(inquiry, manager, refusing, value, code):
    with refusing(code, "grade"):
        grade(inquiry, manager, value)


def test_only_a_manager_of_the_unit_grades(inquiry, refusing):
    stranger = UserFactory(roles=[Role.OFFICE_MANAGER])

    with refusing(Code.OUT_OF_SCOPE):
        grade(inquiry, stranger)
    with refusing(Code.PERMISSION_DENIED):
        grade(inquiry, inquiry.clerk)


def test_what_the_customer_wrote_is_not_graded_nor_an_answer_of_another_inquiry(manager, inquiry, refusing):
    other = InquiryFactory(team=inquiry.handling_team, info_arrived=True)

    with refusing(Code.OUT_OF_SCOPE):
        grade(other, manager, message_id=other.messages.get(side="customer").pk)
    with refusing(Code.OUT_OF_SCOPE):
        grade(inquiry, manager, message_id=other.messages.get(side="employee").pk)


def test_nobody_grades_his_own_answer(refusing):
    clerk = UserFactory(roles=[Role.HANDLER, Role.OFFICE_MANAGER])
    inquiry = InquiryFactory()
    inquiry.handling_team.members.all().delete()
    inquiry.handling_team.members.create(user=clerk)
    inquiry.handling_unit.members.create(user=clerk)
    for number, step in enumerate(("assign", "close"), start=1):
        take_step(inquiry, step, by=clerk, at=OPENED_AT + timedelta(hours=number))

    with refusing(Code.INVALID_VALUE, "grade"):
        grade(inquiry, clerk)


def test_each_answer_has_its_time_in_business_hours(inquiry):
    [first] = answers_of(inquiry, Moment.of(later(inquiry)).authority)

    assert (first.is_first, first.took) == (True, timedelta(hours=2))


def test_the_sample_of_a_month_is_the_same_each_time_and_from_the_unit_alone(inquiry, manager):
    for _ in range(5):
        InquiryFactory(team=inquiry.handling_team, closed=True)
    foreign = InquiryFactory(closed=True)
    authority, month = Moment.of(later(inquiry)).authority, date(2026, 11, 1)

    drawn = [row.answer.message.pk for row in sample(manager, month, authority, size=3)]

    assert len(drawn) == 3
    assert drawn == [row.answer.message.pk for row in sample(manager, month, authority, size=3)]
    everything = [row.inquiry.pk for row in sample(manager, month, authority)]
    assert len(everything) == 6
    assert foreign.pk not in everything
    assert everything != sorted(everything) or drawn != sorted(drawn)
    assert not sample(manager, date(2026, 10, 1), authority)


def test_what_was_graded_can_be_left_out(inquiry, manager):
    authority, month = Moment.of(later(inquiry)).authority, date(2026, 11, 1)
    grade(inquiry, manager)

    assert len(sample(manager, month, authority)) == 1
    assert not sample(manager, month, authority, ungraded=True)
