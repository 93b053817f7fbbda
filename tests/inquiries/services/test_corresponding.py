from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from crm_portal.errors import Code
from crm_portal.files.services.settling import settle
from crm_portal.messaging.models import Notification
from crm_portal.people.rules.roles import Role, Scope
from inquiries.models import Message, StatusHistory
from inquiries.services import closing, corresponding, reading
from routing.models import Team
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, another_team, fresh, head_team, later, office, take_step
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db


def write(inquiry, text="שאלה נוספת", **kwargs):
    at = kwargs.pop("at", None) or later(inquiry)
    by = kwargs.pop("by", inquiry.opened_by)
    return corresponding.customer_message(inquiry_id=inquiry.pk, by=by, at=at, text=text, **kwargs)


def answer(inquiry, text="תשובה", **kwargs):
    at = kwargs.pop("at", None) or later(inquiry)
    return corresponding.send_message(
        inquiry_id=inquiry.pk, by=kwargs.pop("by", inquiry.clerk), at=at, text=text, **kwargs
    )


@pytest.mark.req("CRM-4.2-d")
def test_before_any_answer_a_message_leaves_the_status_and_raises_the_badge():
    inquiry = InquiryFactory()

    write(inquiry)

    assert (fresh(inquiry).status, fresh(inquiry).unread_messages) == ("open_team", 1)


@pytest.mark.req("CRM-4.2-d")
def test_after_an_answer_and_a_release_a_message_makes_it_information_arrived_in_the_teams_queue():
    inquiry = InquiryFactory(steps=("assign", "answer", "release"))

    write(inquiry)

    assert (fresh(inquiry).status, fresh(inquiry).owner) == ("info_arrived", None)


def test_a_message_during_treatment_leaves_the_inquiry_with_its_owner():
    inquiry = InquiryFactory(steps=("assign", "answer"))

    write(inquiry)

    assert (fresh(inquiry).status, fresh(inquiry).owner) == ("info_arrived", inquiry.clerk)


@pytest.mark.req("CRM-4.2-d", "CRM-5.2.6-a")
def test_a_message_on_a_waiting_inquiry_brings_it_to_the_team_and_ends_the_waiting():
    inquiry = InquiryFactory(awaiting_customer=True)

    write(inquiry)

    now = fresh(inquiry)
    assert (now.status, now.owner, now.waiting_since, now.auto_close_at) == ("info_arrived", None, None, None)


@pytest.mark.req("CRM-2.2.4-a")
def test_the_fourth_unanswered_message_is_refused_and_an_answer_allows_three_more(refusing):
    inquiry = InquiryFactory(in_treatment=True)

    for _ in range(2):
        for _ in range(3):
            write(inquiry)
        with refusing(Code.CORRESPONDENCE_LIMIT_REACHED):
            write(inquiry)
        answer(inquiry)
    assert fresh(inquiry).open_messages == 0


@pytest.mark.req("CRM-2.2.4-a")
def test_neither_assignment_nor_release_allows_more_messages(refusing):
    inquiry = InquiryFactory(in_treatment=True)
    for _ in range(3):
        write(inquiry)
    take_step(inquiry, "release", by=inquiry.clerk, at=later(inquiry))
    take_step(inquiry, "assign", by=inquiry.clerk, at=later(inquiry))

    with refusing(Code.CORRESPONDENCE_LIMIT_REACHED):
        write(inquiry)


@pytest.mark.req("CRM-2.2.4-b")
@pytest.mark.parametrize("trait", ["closed", "closed_no_treatment", "cancelled", "closed_by_system"])
def test_a_closed_inquiry_takes_messages_to_the_end_of_the_fourteenth_day(refusing, trait):
    inquiry = InquiryFactory(**{trait: True})
    midnight = inquiry.closed_at.replace(hour=22, minute=0)  # 00:00 of the next day in Jerusalem

    with refusing(Code.CORRESPONDENCE_WINDOW_CLOSED, "text"):
        write(inquiry, at=midnight + timedelta(days=14))
    write(inquiry, at=midnight + timedelta(days=14, seconds=-1))

    assert (fresh(inquiry).status, fresh(inquiry).closed_at) == ("info_arrived", None)


@pytest.mark.req("CRM-2.2.4-c")
def test_the_limit_of_messages_holds_across_closing_and_re_activation(refusing):
    inquiry = InquiryFactory(steps=("assign", "customer", "customer"))
    head = {"inquiry_id": inquiry.pk, "at": later(inquiry)}
    closing.close_failed_sanitisation(**head, file_name="טופס.pdf")

    write(inquiry)
    with refusing(Code.CORRESPONDENCE_LIMIT_REACHED):
        write(inquiry)


@pytest.mark.req("CRM-6.2-b")
def test_a_closed_inquiry_comes_back_to_the_last_team_under_the_present_triplet_not_to_the_employee():
    inquiry = InquiryFactory(forwarded=True)
    second = inquiry.handling_team
    employee = second.members.get().user
    take_step(inquiry, "assign", by=employee, at=later(inquiry))
    take_step(inquiry, "close", by=employee, at=later(inquiry))

    write(inquiry)

    now = fresh(inquiry)
    assert (now.status, now.owner, now.handling_team) == ("info_arrived", None, second)
    assert StatusHistory.objects.filter(inquiry=inquiry, event="reactivation").get().to_team == second


@pytest.mark.req("CRM-6.2-b")
def test_a_dissolved_team_is_skipped_for_the_default_team_of_the_unit():
    inquiry = InquiryFactory(closed=True)
    heir = another_team(inquiry.triplet)
    Team.objects.filter(pk=heir.pk).update(unit=inquiry.handling_unit)
    inquiry.triplet.triplet_teams.filter(team=inquiry.handling_team).delete()
    inquiry.triplet.triplet_teams.update(unit=inquiry.handling_unit)
    Team.objects.filter(pk=inquiry.handling_team_id).update(is_active=False)

    write(inquiry)

    assert fresh(inquiry).handling_team == heir


def test_without_any_living_team_it_comes_back_to_the_head_team():
    inquiry = InquiryFactory(closed=True)
    Team.objects.filter(pk=inquiry.handling_team_id).update(is_active=False)

    write(inquiry)

    assert fresh(inquiry).handling_team == head_team()


def test_a_double_click_sends_once():
    inquiry = InquiryFactory()

    first = write(inquiry, idempotency_key="k")
    second = write(inquiry, idempotency_key="k")

    assert first == second
    assert fresh(inquiry).open_messages == 1


def test_a_message_needs_words(refusing):
    inquiry = InquiryFactory()

    with refusing(Code.FIELD_REQUIRED, "text"):
        write(inquiry, text="  ")


@pytest.mark.parametrize("who", ["another customer", "a representative", "the represented customer"])
def test_nobody_writes_on_an_inquiry_he_did_not_open(refusing, who):
    inquiry = InquiryFactory(by_representative=True) if who == "the represented customer" else InquiryFactory()
    by = CustomerFactory().user
    if who == "a representative":
        by = RepresentativeEmployeeFactory().user
    if who == "the represented customer":
        inquiry.customer.user = by = UserFactory(kind="customer")
        inquiry.customer.save()

    with refusing(Code.OUT_OF_SCOPE):
        write(inquiry, by=by)


def test_an_employee_of_the_same_office_may_write_for_it():
    inquiry = InquiryFactory(by_representative=True)
    employee = RepresentativeEmployeeFactory(representative=inquiry.representative, is_the_representative=False).user

    assert write(inquiry, by=employee).author == employee


@pytest.mark.req("CRM-4.2-a")
def test_the_owner_writes_without_a_status_change_and_the_customer_gets_one_notice():
    inquiry = InquiryFactory(in_treatment=True)
    Notification.objects.all().delete()

    answer(inquiry)

    assert fresh(inquiry).status == "in_treatment"
    assert Notification.objects.filter(kind="employee_message", channel="email").count() == 1


def test_who_does_not_own_it_writes_nothing(refusing):
    inquiry = InquiryFactory()

    with refusing(Code.NOT_ASSIGNED_TO_YOU):
        answer(inquiry)


@pytest.mark.req("CRM-4.2-a")
def test_the_last_team_may_add_a_message_after_closing_without_re_activation_or_a_longer_window(refusing):
    inquiry = InquiryFactory(closed=True)
    stranger = UserFactory(roles=[Role.HANDLER], roles__scope=Scope.ALL)

    answer(inquiry)
    with refusing(Code.NOT_TEAM_MEMBER):
        answer(inquiry, by=stranger)
    with refusing(Code.CORRESPONDENCE_WINDOW_CLOSED):
        answer(inquiry, at=inquiry.closed_at + timedelta(days=16))

    assert (fresh(inquiry).status, fresh(inquiry).closed_at) == ("closed_success", inquiry.closed_at)


@pytest.mark.req("CRM-4.2-b")
def test_a_reply_becomes_one_message_and_is_never_changed():
    inquiry = InquiryFactory(closed=True)
    message = Message.objects.get(inquiry=inquiry, side="employee")

    assert message.text == "הבקשה אושרה"
    for change in (lambda: Message.objects.update(text="אחרת"), message.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.req("CRM-2.2.1-b")
def test_no_file_goes_to_somebody_who_was_not_identified(refusing):
    inquiry = InquiryFactory(team=office(requires_identification=False), customer=None, in_treatment=True)

    with refusing(Code.CUSTOMER_NOT_VERIFIED):
        answer(inquiry, files=[files.upload()])


@pytest.mark.req("CRM-2.2.1-b")
@pytest.mark.parametrize("step", ["answer", "close"])
def test_who_asked_a_general_question_is_sent_the_answer_itself_once(step):
    inquiry = InquiryFactory(team=office(requires_identification=False), customer=None, in_treatment=True)
    Notification.objects.all().delete()

    take_step(inquiry, step, by=inquiry.clerk, at=later(inquiry))

    notice = Notification.objects.get()
    assert (notice.kind, notice.address) == ("general_answer", "ruth@example.org")
    assert Message.objects.get(inquiry=inquiry).text in notice.body


@pytest.mark.req("CRM-4.2-c")
def test_the_badge_counts_customer_messages_until_a_user_who_may_handle_reads_them():
    inquiry = InquiryFactory(in_treatment=True)
    viewer = UserFactory(roles=[Role.VIEWER], roles__scope=Scope.ALL)
    write(inquiry)
    write(inquiry)
    answer(inquiry)
    version = fresh(inquiry).version

    reading.mark_messages_read(inquiry_id=inquiry.pk, by=viewer, at=later(inquiry))
    assert fresh(inquiry).unread_messages == 2
    assert reading.mark_messages_read(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry)) == 2

    assert (fresh(inquiry).unread_messages, fresh(inquiry).version) == (0, version)
    assert not Message.objects.filter(side="customer", read_at=None).exists()


@pytest.mark.req("CRM-4.2-e")
@pytest.mark.req("CRM-5.2.11-a")
def test_a_message_whose_file_fails_is_kept_marked_and_not_counted_and_the_inquiry_closes():
    inquiry = InquiryFactory(in_treatment=True)
    write(inquiry)
    Notification.objects.all().delete()
    message = write(inquiry, files=[files.upload("נעול.pdf", files.locked_pdf()), files.upload("תקין.pdf")])

    for attachment in message.attachments.all():
        settle(file_id=attachment.file_id, at=later(inquiry))

    now = fresh(inquiry)
    assert (now.status, now.closing_reason_id, now.open_messages) == ("closed_by_system", "failed_sanitisation", 1)
    message.refresh_from_db()
    assert message.is_rejected
    assert StatusHistory.objects.filter(inquiry=inquiry, event="auto_close").get().by is None
    notice = Notification.objects.get(channel="sms", kind="inquiry_failed_sanitisation")
    assert "נעול.pdf" in notice.body
    assert sorted(message.attachments.values_list("file__state", flat=True)) == ["clean", "failed"]


@pytest.mark.req("CRM-5.2.11-a")
def test_a_message_with_files_on_a_closed_inquiry_waits_until_all_are_clean():
    inquiry = InquiryFactory(closed=True)
    message = write(inquiry, files=[files.upload("א.pdf"), files.upload("ב.pdf")])
    first, second = message.attachments.all()

    settle(file_id=first.file_id, at=later(inquiry))
    assert fresh(inquiry).status == "closed_success"
    settle(file_id=second.file_id, at=inquiry.closed_at + timedelta(days=30))  # judged when it was sent

    assert fresh(inquiry).status == "info_arrived"


@pytest.mark.req("CRM-5.2.11-a")
def test_a_message_with_a_failed_file_on_a_closed_inquiry_leaves_it_closed():
    inquiry = InquiryFactory(closed=True)
    message = write(inquiry, files=[files.upload("א.pdf"), files.upload("נעול.pdf", files.locked_pdf())])

    for attachment in message.attachments.all():
        settle(file_id=attachment.file_id, at=later(inquiry))

    assert (fresh(inquiry).status, fresh(inquiry).open_messages) == ("closed_success", 0)
    assert Message.objects.filter(pk=message.pk, is_rejected=True, is_held=False).exists()


def test_an_employees_failed_file_closes_nothing():
    inquiry = InquiryFactory(in_treatment=True)
    message = answer(inquiry, files=[files.upload("נעול.pdf", files.locked_pdf())])

    settle(file_id=message.attachments.get().file_id, at=later(inquiry))

    assert fresh(inquiry).status == "in_treatment"
