"""Coordination by two people at once."""

from datetime import timedelta

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.people.models import Absence
from crm_portal.people.rules.roles import Role
from inquiries.models import Consultation, DailyFollowUp, QualityReview
from inquiries.services import absences, consulting, corresponding, following_up, reviewing
from tests.factories.inquiries import InquiryFactory, fresh, later
from tests.factories.people import UserFactory
from tests.inquiries.test_races import at_once, codes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


def of_unit(inquiry, *roles):
    user = UserFactory(roles=roles)
    inquiry.handling_unit.members.create(user=user)
    return user


def _own(user):
    return type(user).objects.get(pk=user.pk)


@pytest.mark.req("CRM-3.4-g")
def test_of_many_who_confirm_a_day_at_once_the_first_is_kept(inquiry):
    people = [of_unit(inquiry, Role.CRM_TRUSTEE) for _ in range(4)]
    at, team = later(inquiry, days=3), inquiry.handling_team_id

    results = at_once(
        *[
            lambda user=user: following_up.confirm(team_ids=[team], by=_own(user), at=at)[0].confirmed_by
            for user in people
        ]
    )

    row = DailyFollowUp.objects.get()
    assert set(results) == {row.confirmed_by}
    assert AuditEvent.objects.filter(action="follow_up.confirm").count() == 1


@pytest.mark.req("CRM-3.4-h")
def test_of_two_overlapping_absences_entered_at_once_one_stands(inquiry):
    manager, day = of_unit(inquiry, Role.OFFICE_MANAGER), later(inquiry).date()
    enter = {"employee_id": inquiry.clerk.pk, "at": later(inquiry), "until_on": day + timedelta(days=3)}

    results = at_once(*[
        lambda first=first: absences.enter(by=_own(manager), from_on=day + timedelta(days=first), **enter)
        for first in (0, 1, 2)
    ])  # fmt: skip

    assert codes(results) == [Code.DUPLICATE] * 2
    assert Absence.objects.count() == 1


@pytest.mark.req("CRM-6.5-b")
def test_asking_and_writing_to_the_customer_at_once_never_both_go_ahead_in_the_wrong_order(inquiry):
    manager = of_unit(inquiry, Role.OFFICE_MANAGER)
    at = later(inquiry)

    results = at_once(
        lambda: consulting.ask(
            inquiry_id=inquiry.pk, by=_own(inquiry.clerk), at=at, addressee_id=manager.pk, reason="complex_legally",
            question="?", version=inquiry.version,
        ).pk,
        lambda: corresponding.send_message(
            inquiry_id=inquiry.pk, by=_own(inquiry.clerk), at=at, text="אנו בודקים את הבקשה", version=inquiry.version
        ).pk,
    )  # fmt: skip

    assert codes(results) in ([Code.STALE_VERSION], [Code.CONSULTATION_OPEN])
    assert Consultation.objects.count() + fresh(inquiry).answer_count == 1


@pytest.mark.req("CRM-6.5-b")
def test_of_an_answer_and_a_withdrawal_at_once_one_counts(inquiry):
    manager = of_unit(inquiry, Role.OFFICE_MANAGER)
    at = later(inquiry)
    consultation = consulting.ask(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=at, addressee_id=manager.pk, reason="complex_legally", question="?"
    )

    results = at_once(
        lambda: consulting.answer(consultation_id=consultation.pk, by=_own(manager), at=at, answer="כן").pk,
        lambda: consulting.withdraw(consultation_id=consultation.pk, by=_own(inquiry.clerk), at=at).pk,
    )

    now = Consultation.objects.get()
    assert codes(results) == [Code.INVALID_TRANSITION]
    assert (now.answered_at is None) != (now.withdrawn_at is None)


@pytest.mark.req("CRM-2-c")
def test_a_double_click_on_a_grade_leaves_one():
    inquiry = InquiryFactory(closed=True)
    manager = of_unit(inquiry, Role.OFFICE_MANAGER)
    given = {
        "inquiry_id": inquiry.pk, "message_id": inquiry.messages.get(side="employee").pk, "at": later(inquiry),
        "grade": 3,
    }  # fmt: skip

    at_once(*[lambda: reviewing.grade(by=_own(manager), **given)] * 3)

    assert QualityReview.objects.count() == 1
