"""Notices: what became of their messages, the second try, and the letter that each carries."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pypdf
import pytest
from django.db import transaction

from compensation.models import ClerkTask, Notice
from compensation.rules.codes import GapReason, NoticeKind
from compensation.rules.gaps import Gap
from compensation.selectors.objections import objection_deadline
from compensation.services import deciding, details, notices
from crm_portal.errors import Refused
from crm_portal.files.storages import clean
from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.reports import Outcome
from crm_portal.messaging.rules.states import DeliveryState
from crm_portal.messaging.services import reporting
from crm_portal.messaging.signals import message_settled
from tests.compensation.conftest import AT, fresh, later
from tests.compensation.services.test_deciding import WORDS, propose

pytestmark = pytest.mark.django_db


def settled(message: Notification, state: DeliveryState, at) -> None:
    """What the delivery does with a message, without a mail server."""
    message.state, message.next_attempt_at = state.value, None
    message.sent_at = at if state is DeliveryState.SENT else None
    with transaction.atomic():
        message.save()
        message_settled.send(sender=Notification, message=message, at=at)


def report(message: Notification, outcome: Outcome, at) -> None:
    reporting.report(notification_id=message.pk, outcome=outcome, at=at, reason="550 no such user")


def words_of(notice: Notice) -> str:
    with clean().open(notice.letter.clean_copy) as content:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content.read())).pages)


@pytest.fixture
def served(in_review, clerk, manager) -> Notice:
    propose(in_review, clerk)
    deciding.approve(claim_id=in_review.pk, by=manager, at=AT)
    return in_review.notices.get()


@pytest.mark.req("CMP-8.10-a")
def test_a_notice_is_served_when_its_message_was_handed_over(served):
    assert served.served_at is None

    settled(served.email, DeliveryState.SENT, later(hours=1))

    served.refresh_from_db()
    assert (served.sent_at, served.bounced_at) == (later(hours=1), None)


@pytest.mark.req("CMP-9.1-b")
def test_the_time_to_object_starts_with_the_service(served):
    assert objection_deadline(fresh(served.claim), served.decision) is None
    settled(served.email, DeliveryState.SENT, later(days=3))
    served.refresh_from_db()

    deadline = objection_deadline(fresh(served.claim), served.decision)

    assert deadline.last_day == date(2024, 3, 13)  # 60 days of 13 January


@pytest.mark.req("CMP-8.10-a")
def test_a_bounce_is_tried_again_by_sms_and_becomes_a_task(served):
    settled(served.email, DeliveryState.SENT, AT)
    report(served.email, Outcome.BOUNCED, later(days=1))

    served.refresh_from_db()
    assert (served.bounced_at, served.served_at) == (later(days=1), None)
    assert ClerkTask.objects.get().notice == served
    assert served.second_sms.pk != served.sms.pk
    settled(served.second_sms, DeliveryState.SENT, later(days=2))
    served.refresh_from_db()
    assert served.served_at == later(days=2)


def test_a_bounce_that_is_reported_twice_is_tried_again_once(served):
    settled(served.email, DeliveryState.SENT, AT)
    for _ in range(2):
        report(served.email, Outcome.BOUNCED, AT)

    assert ClerkTask.objects.count() == 1
    assert Notification.objects.filter(about=served.claim.number).count() == 3


@pytest.mark.req("CMP-8.10-a")
def test_the_providers_report_of_its_arrival_is_kept_with_the_notice(served):
    settled(served.email, DeliveryState.SENT, AT)

    report(served.email, Outcome.DELIVERED, later(minutes=3))

    served.refresh_from_db()
    assert (served.sent_at, served.delivered_at, served.bounced_at) == (AT, later(minutes=3), None)


def test_a_second_try_that_comes_back_too_served_nothing(served):
    settled(served.email, DeliveryState.SENT, AT)
    report(served.email, Outcome.BOUNCED, AT)
    served.refresh_from_db()
    settled(served.second_sms, DeliveryState.SENT, later(days=1))

    report(served.second_sms, Outcome.BOUNCED, later(days=2))

    served.refresh_from_db()
    assert served.served_at is None
    assert ClerkTask.objects.filter(done_at=None).count() == 1


def test_where_there_is_no_e_mail_a_message_by_sms_that_comes_back_becomes_a_task(filed):
    filed.claimant.email = ""
    filed.claimant.save()
    notice = notices.serve(fresh(filed), NoticeKind.OTHER, "דבר", at=AT)
    settled(notice.sms, DeliveryState.SENT, AT)

    report(notice.sms, Outcome.BOUNCED, later(days=1))

    notice.refresh_from_db()
    assert (notice.served_at, ClerkTask.objects.get().notice) == (None, notice)


def test_an_address_that_cannot_exist_bounces_at_once(filed):
    filed.claimant.email = "nobody"
    filed.claimant.save()

    notice = notices.serve(fresh(filed), NoticeKind.OTHER, "דבר", at=AT)

    assert (notice.bounced_at, ClerkTask.objects.get().claim) == (AT, filed)


def test_whoever_opened_it_was_served_whatever_became_of_the_messages(served):
    user = served.claim.claimant.customer.user
    with pytest.raises(Refused):
        notices.open_letter(notice_id=served.pk, claims=[], by=user, at=AT)

    notices.open_letter(notice_id=served.pk, claims=[served.claim_id], by=user, at=AT)
    notices.open_letter(notice_id=served.pk, claims=[served.claim_id], by=user, at=AT + timedelta(days=9))

    served.refresh_from_db()
    assert served.served_at == AT


@pytest.mark.req("CMP-8.10-a")
def test_a_task_is_done_once_and_with_words(served, clerk):
    settled(served.email, DeliveryState.SENT, AT)
    report(served.email, Outcome.BOUNCED, AT)
    task = ClerkTask.objects.get()
    with pytest.raises(Refused):
        notices.do_task(task_id=task.pk, outcome=" ", by=clerk, at=AT)

    notices.do_task(task_id=task.pk, outcome="אותרה כתובת אחרת", by=clerk, at=AT)

    with pytest.raises(Refused):
        notices.do_task(task_id=task.pk, outcome="שוב", by=clerk, at=AT)


@pytest.mark.req("CMP-2.3-c")
def test_a_demand_for_details_is_a_letter(in_review, clerk):
    details.request_details(claim_id=in_review.pk, by=clerk, at=AT, text="דוח 102 לספטמבר", due_on=date(2024, 2, 9))

    shown = words_of(in_review.notices.get())

    assert "09.02.2024" in shown
    assert "102" in shown


@pytest.mark.req("CMP-8.5.2-a")
def test_a_decision_is_given_in_writing_with_its_reasons(in_review, clerk, manager):
    reasons = f"{WORDS}, לפי חוות דעת 77123"
    propose(in_review, clerk, Decimal(200_000), [Gap(GapReason.OTHER, Decimal(18_348))], reasons)

    decision = deciding.approve(claim_id=in_review.pk, by=manager, at=AT)

    assert decision.reasons == reasons
    assert "77123" in words_of(decision.notices.get())
