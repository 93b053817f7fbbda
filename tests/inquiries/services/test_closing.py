from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from crm_portal.errors import Code
from crm_portal.files.services.settling import settle
from crm_portal.messaging.models import Notification
from crm_portal.worktime.services import timing
from inquiries.models import Inquiry, Message, StatusHistory
from inquiries.services import answering, assigning, closing, corresponding, reading, triplets
from routing.models import BusinessUnit
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, fresh, later, real_estate, take_step
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db


def close(inquiry, **kwargs):
    return closing.close_success(
        **{"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry), "reply": "אושר", **kwargs}
    )


def judged(**kwargs):
    inquiry = InquiryFactory(**{"in_treatment": True, **kwargs})
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    return fresh(inquiry)


def sweep(at):
    return timing.run(timing.timers()["close_unanswered_waiting"], at=at)


@pytest.mark.req("CRM-5.2.7-a")
def test_closing_sets_the_closing_time_and_tells_the_customer_once_by_each_way():
    inquiry = judged()
    Notification.objects.all().delete()
    at = later(inquiry)

    close(inquiry, at=at)

    assert (fresh(inquiry).status, fresh(inquiry).closed_at) == ("closed_success", at)
    assert sorted(Notification.objects.values_list("kind", "channel")) == [
        ("inquiry_closed_success", "email"), ("inquiry_closed_success", "sms"),
    ]  # fmt: skip


@pytest.mark.req("CRM-5.2.7-b")
def test_a_pending_file_of_the_customer_holds_the_closing(refusing):
    inquiry = judged()
    message = corresponding.customer_message(
        inquiry_id=inquiry.pk, by=inquiry.opened_by, at=later(inquiry), text="מצורף", files=[files.upload()]
    )
    reading.mark_messages_read(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))

    with refusing(Code.FILE_PENDING):
        close(inquiry)
    settle(file_id=message.attachments.get().file_id, at=later(inquiry))
    close(inquiry)


@pytest.mark.req("CRM-5.2.7-b")
def test_a_message_that_nobody_read_holds_the_closing(refusing):
    inquiry = judged()
    take_step(inquiry, "customer", by=inquiry.clerk, at=later(inquiry))

    with refusing(Code.STALE_VERSION, "messages"):
        close(inquiry)


@pytest.mark.req("CRM-5.2.7-b")
def test_a_message_that_only_a_colleague_read_holds_the_closing_until_the_owner_read_it(refusing):
    inquiry = judged()
    take_step(inquiry, "customer", by=inquiry.clerk, at=later(inquiry))
    colleague = UserFactory(roles=["handler"], roles__scope="all")
    reading.mark_messages_read(inquiry_id=inquiry.pk, by=colleague, at=later(inquiry))

    with refusing(Code.STALE_VERSION, "messages"):
        close(inquiry)
    reading.mark_messages_read(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))
    close(inquiry)


@pytest.mark.req("CRM-5.1.1-f")
def test_without_a_verdict_on_the_triplet_nothing_is_closed(refusing):
    inquiry = InquiryFactory(in_treatment=True)

    with refusing(Code.TRIPLET_VALIDATION_REQUIRED, "triplet_validation"):
        close(inquiry)


@pytest.mark.req("CRM-6.1-a")
def test_a_wrong_triplet_is_corrected_before_success_but_may_be_closed_without_treatment(refusing):
    inquiry = judged()
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="incorrect")

    with refusing(Code.TRIPLET_VALIDATION_REQUIRED, "triplet"):
        close(inquiry)
    closing.close_no_treatment(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="כפולה", reply="נענה",
        closing_reason="identical_inquiry",
    )  # fmt: skip

    assert fresh(inquiry).closing_reason_id == "identical_inquiry"


@pytest.mark.req("CRM-6.6-j")
def test_real_estate_wants_its_three_fields_before_an_answer_and_before_closing(refusing):
    inquiry = real_estate()
    change = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry)}

    with refusing(Code.RE_FIELDS_REQUIRED, "assessment_number", "tax_type", "area"):
        answering.wait_for_customer(**change, proposed_solution="חסר", reply="נא לצרף")
    with refusing(Code.RE_FIELDS_REQUIRED, "assessment_number"):
        answering.send_message(**change, text="אנו בודקים")
    answering.save(**change, assessment_number="900000111", tax_type="-")
    with refusing(Code.RE_FIELDS_REQUIRED, "area"):
        close(inquiry)
    answering.save(**change, area="-")
    close(inquiry)


@pytest.mark.req("CRM-2.1.3-c")
def test_waiting_for_the_customer_tells_him_once_by_e_mail_and_once_by_sms():
    inquiry = judged()
    Notification.objects.all().delete()

    take_step(inquiry, "wait", by=inquiry.clerk, at=later(inquiry))

    assert sorted(Notification.objects.values_list("channel", flat=True)) == ["email", "sms"]
    assert not any("נא לצרף" in body for body in Notification.objects.values_list("body", flat=True))


@pytest.mark.req("CRM-5.2.6-a")
def test_waiting_again_sets_a_new_time():
    inquiry = InquiryFactory(info_arrived=True)
    take_step(inquiry, "assign", by=inquiry.clerk, at=later(inquiry))
    at = later(inquiry)

    take_step(inquiry, "wait", by=inquiry.clerk, at=at)

    assert fresh(inquiry).waiting_since == at


@pytest.mark.req("CRM-5.2.9-a")
@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((), None),
        (("assign",), Code.CANCEL_ASSIGNED),
        (("assign", "release"), None),
        (("assign", "forward"), None),
        (("assign", "wait"), Code.CANCEL_ASSIGNED),
        (("assign", "wait", "release"), None),
        (("assign", "wait", "customer"), None),
        (("assign", "answer", "customer"), Code.CANCEL_ASSIGNED),
        (("assign", "close"), Code.INQUIRY_CLOSED),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_the_customer_cancels_as_long_as_no_employee_holds_it(refusing, steps, code):
    inquiry = InquiryFactory(steps=steps)

    if code is not None:
        with refusing(code):
            closing.cancel(inquiry_id=inquiry.pk, by=inquiry.opened_by, at=later(inquiry))
    else:
        closing.cancel(inquiry_id=inquiry.pk, by=inquiry.opened_by, at=later(inquiry))
        assert (fresh(inquiry).status, fresh(inquiry).owner) == ("closed_by_customer", None)


@pytest.mark.req("CRM-2.2.1-b")
def test_who_did_not_complete_his_registration_cancels_nothing(refusing):
    inquiry = InquiryFactory()
    type(inquiry.customer).objects.filter(pk=inquiry.customer_id).update(registered_at=None, email_verified_at=None)
    by = type(inquiry.opened_by).objects.get(pk=inquiry.opened_by_id)

    with refusing(Code.IDENTIFICATION_REQUIRED):
        closing.cancel(inquiry_id=inquiry.pk, by=by, at=later(inquiry))


@pytest.mark.req("CRM-5.2.9-b")
@pytest.mark.parametrize(("kind", "refused"), [("national_unit", False), ("info_centre", False), ("office", True)])
def test_real_estate_is_not_cancelled_once_it_is_with_an_office(refusing, kind, refused):
    inquiry = real_estate(in_treatment=False)
    BusinessUnit.objects.filter(pk=inquiry.handling_unit_id).update(kind=kind)
    cancel = {"inquiry_id": inquiry.pk, "by": inquiry.opened_by, "at": later(inquiry)}

    if refused:
        with refusing(Code.CANCEL_REAL_ESTATE_OFFICE):
            closing.cancel(**cancel)
    else:
        assert closing.cancel(**cancel).status == "closed_by_customer"


@pytest.mark.req("CRM-5.2.10-a")
def test_the_office_that_opened_it_cancels_it_and_neither_side_cancels_the_others(refusing):
    by_office, by_customer = InquiryFactory(by_representative=True), InquiryFactory()
    employee = RepresentativeEmployeeFactory(representative=by_office.representative, is_the_representative=False).user

    with refusing(Code.OUT_OF_SCOPE):
        closing.cancel(inquiry_id=by_customer.pk, by=employee, at=later(by_customer))
    with refusing(Code.OUT_OF_SCOPE):
        closing.cancel(inquiry_id=by_office.pk, by=CustomerFactory().user, at=later(by_office))
    closing.cancel(inquiry_id=by_office.pk, by=employee, at=later(by_office))

    assert fresh(by_office).status == "closed_by_representative"


@pytest.mark.req("CRM-5.2.11-b")
def test_three_months_without_an_answer_close_the_inquiry_at_the_minute_and_once():
    waited = datetime(2026, 11, 30, 10, tzinfo=UTC)  # 12:00 in Jerusalem
    inquiry = InquiryFactory(in_treatment=True, at=waited - timedelta(hours=5))
    take_step(inquiry, "wait", by=inquiry.clerk, at=waited)

    assert sweep(datetime(2027, 2, 28, 9, 59, tzinfo=UTC)).done == 0
    assert sweep(datetime(2027, 2, 28, 10, 0, tzinfo=UTC)).done == 1
    assert sweep(datetime(2027, 2, 28, 10, 0, tzinfo=UTC)).done == 0

    now = fresh(inquiry)
    assert (now.status, now.closing_reason_id) == ("closed_by_system", "no_response_3_months")
    assert StatusHistory.objects.filter(inquiry=inquiry, event="auto_close").count() == 1
    assert Notification.objects.filter(kind="inquiry_closed_by_system").count() == 2


def test_a_run_that_was_missed_is_caught_up():
    inquiry = InquiryFactory(awaiting_customer=True)

    assert sweep(inquiry.auto_close_at + timedelta(days=40)).done == 1


@pytest.mark.req("CRM-5.2.11-b")
def test_a_pending_file_holds_the_automatic_closing():
    inquiry = InquiryFactory(in_treatment=True, files=[files.upload()])
    take_step(inquiry, "wait", by=inquiry.clerk, at=later(inquiry))
    due = fresh(inquiry).auto_close_at

    assert sweep(due).done == 0
    closing.close_unanswered_waiting(inquiry_id=inquiry.pk, at=due)  # judged again under the lock
    assert fresh(inquiry).status == "waiting_customer"
    settle(file_id=inquiry.attachments.get().file_id, at=due)
    assert sweep(due).done == 1


def test_an_inquiry_whose_customer_answered_is_not_closed():
    inquiry = InquiryFactory(awaiting_customer=True)
    due = inquiry.auto_close_at
    take_step(inquiry, "customer", by=inquiry.clerk, at=later(inquiry))

    closing.close_unanswered_waiting(inquiry_id=inquiry.pk, at=due)

    assert fresh(inquiry).status == "info_arrived"


@pytest.mark.req("CRM-5.2.11-a")
@pytest.mark.parametrize("steps", [(), ("assign",), ("assign", "wait"), ("assign", "forward")])
def test_a_file_of_the_opening_that_fails_closes_the_inquiry_from_any_active_status(steps):
    inquiry = InquiryFactory(files=[files.upload("נעול.pdf", files.locked_pdf())], steps=steps)

    settle(file_id=inquiry.attachments.get().file_id, at=later(inquiry))

    assert (fresh(inquiry).status, fresh(inquiry).closing_reason_id) == ("closed_by_system", "failed_sanitisation")


@pytest.mark.parametrize("trait", ["closed", "cancelled"])
def test_a_file_that_fails_after_the_closing_changes_nothing(trait):
    inquiry = InquiryFactory(files=[], **{trait: True})

    closing.close_failed_sanitisation(inquiry_id=inquiry.pk, at=later(inquiry), file_name="א.pdf")

    assert fresh(inquiry).version == inquiry.version


@pytest.mark.req("CRM-5.2.2-a")
def test_the_database_keeps_an_owner_in_treatment():
    inquiry = InquiryFactory(in_treatment=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(owner=None)


@pytest.mark.req("CRM-6.2-a")
def test_the_database_keeps_a_handling_team_beside_every_owner():
    inquiry = InquiryFactory(in_treatment=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(handling_team=None)


@pytest.mark.req("CRM-6.3-c")
def test_saving_without_a_status_change_needs_neither_field():
    inquiry = InquiryFactory(in_treatment=True)

    answering.save(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), tax_year=2025)

    assert (fresh(inquiry).status, fresh(inquiry).tax_year) == ("in_treatment", 2025)
    assert not Message.objects.exists()


def test_an_overlong_value_is_refused_at_its_field(refusing):
    inquiry = InquiryFactory(in_treatment=True)

    with refusing(Code.INVALID_VALUE, "area"):
        answering.save(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), area="א" * 41)


def test_nobody_saves_on_a_closed_inquiry(refusing):
    inquiry = InquiryFactory(closed=True)

    with refusing(Code.INQUIRY_CLOSED):
        answering.save(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="מאוחר")


@pytest.mark.req("CRM-2.2.1-e")
def test_a_power_that_was_lost_after_opening_stops_nothing(settings, tmp_path):
    inquiry = judged(by_representative=True)
    settings.REGISTERS_FOLDER = tmp_path  # the register knows nobody any more

    close(inquiry)

    assert fresh(inquiry).status == "closed_success"


@pytest.mark.parametrize("command", [assigning.assign_to_me, closing.close_success])
def test_an_unknown_inquiry_looks_like_one_out_of_scope(refusing, command):
    by = InquiryFactory().clerk
    extra = {"reply": "אושר"} if command is closing.close_success else {}

    with refusing(Code.OUT_OF_SCOPE):
        command(inquiry_id=0, by=by, at=datetime(2026, 11, 6, tzinfo=UTC), **extra)


def close_untreated(inquiry):
    return closing.close_no_treatment(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="כפולה",
        reply="נענה בפנייה אחרת", closing_reason="identical_inquiry",
    )  # fmt: skip


@pytest.mark.req("CRM-6.1-a")
def test_closing_without_treatment_under_a_wrong_triplet_is_marked_until_it_is_opened_again():
    inquiry = InquiryFactory(in_treatment=True)
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="incorrect")

    assert close_untreated(inquiry).closed_with_wrong_triplet
    take_step(inquiry, "customer", by=inquiry.clerk, at=later(inquiry))

    assert not fresh(inquiry).closed_with_wrong_triplet


@pytest.mark.req("CRM-6.1-a")
def test_closing_without_treatment_under_a_right_triplet_is_not_marked():
    assert not close_untreated(judged()).closed_with_wrong_triplet
