"""E-mails, SMS and phone calls on an inquiry, and what becomes of them when they are sent (5.1.4, 2.2.7)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.files.services.settling import settle
from crm_portal.messaging.models import Notification
from crm_portal.messaging.services.delivering import send_due
from inquiries.models import Activity, Inquiry, OwnNameMark, RepresentationCheck
from inquiries.services import activities, attaching
from tests.factories import files
from tests.factories.inquiries import OPENED_AT, InquiryFactory, clerk, fresh, later, office, real_estate
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory

pytestmark = pytest.mark.django_db
EMAILS = {"subject": "אישור תושבות", "text": "שלום, מצורף האישור שביקשתם."}


def send_email(inquiry: Inquiry, **given: object) -> Activity:
    call = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry), **EMAILS, **given}
    return activities.send_email(**call)


def send_sms(inquiry: Inquiry, **given: object) -> Activity:
    call = {
        "inquiry_id": inquiry.pk,
        "by": inquiry.clerk,
        "at": later(inquiry),
        "text": "הטופס: https://portal.example",
    }
    return activities.send_sms(**{**call, **given})


def record_call(inquiry: Inquiry, **given: object) -> Activity:
    at = later(inquiry)
    call = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": at, "took_place_at": at, "summary": "הוסבר מה חסר"}
    return activities.record_call(**{**call, **given})


def letters(smtp):
    """The employee's e-mails that arrived; the notices of the inquiry arrive too."""
    return [mail for mail in smtp.messages if EMAILS["subject"] in mail["Subject"]]


def attached(inquiry: Inquiry, *, shown: bool = True, clean: bool = True, name: str = "אישור.pdf"):
    """An employee's file on the inquiry."""
    attachment = attaching.attach(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), upload=files.upload(name), show_on_internet=shown,
        note="תקין",
    )  # fmt: skip
    if clean:
        settle(file_id=attachment.file_id, at=later(inquiry))
    return attachment


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


@pytest.mark.req("CRM-4.6-a")
def test_an_email_is_an_activity_with_its_sender_its_address_and_its_state(inquiry):
    activity = send_email(inquiry)

    assert (activity.kind, activity.direction, activity.by) == ("email", "outbound", inquiry.clerk)
    assert activity.notification.address == inquiry.customer.email
    assert activity.notification.state == "queued"
    assert activity.text in activity.notification.body

    send_due(at=later(inquiry))
    activity.notification.refresh_from_db()
    assert activity.notification.state == "sent"


@pytest.mark.req("CRM-5.1.4-b")
@pytest.mark.parametrize("send", [send_email, send_sms, record_call])
def test_an_activity_is_no_answer_and_changes_no_status_and_no_counter(inquiry, send):
    kept = ("status", "owner_id", "answer_count", "open_messages", "customer_messages", "unread_messages")
    Inquiry.objects.filter(pk=inquiry.pk).update(open_messages=2, customer_messages=2, unread_messages=2)
    before = {name: getattr(fresh(inquiry), name) for name in kept}
    history = inquiry.history.count()

    send(inquiry)

    assert {name: getattr(fresh(inquiry), name) for name in kept} == before
    assert (inquiry.messages.count(), inquiry.history.count()) == (0, history)


@pytest.mark.req("CRM-2.2.7-a")
@pytest.mark.parametrize("send", [send_email, send_sms])
def test_another_address_is_refused_and_the_refusal_is_audited(inquiry, refusing, send):
    with refusing(Code.ADDRESS_NOT_REGISTERED):
        send(inquiry, to=["somebody@else.example"])

    assert not Activity.objects.exists()
    refused = AuditEvent.objects.get(outcome="refused")
    assert (refused.code, refused.target_id) == ("ADDRESS_NOT_REGISTERED", str(inquiry.pk))


@pytest.mark.req("CRM-2.2.7-a")
def test_the_registered_address_together_with_another_is_refused_too(inquiry, refusing):
    with refusing(Code.ADDRESS_NOT_REGISTERED):
        send_email(inquiry, to=[inquiry.customer.email, "copy@else.example"])

    assert send_email(inquiry, to=[inquiry.customer.email.upper()]).notification is not None


@pytest.mark.req("CRM-2.2.7-a")
@pytest.mark.parametrize("lacking", ["email_verified_at", "registered_at"])
def test_an_address_that_is_not_verified_in_the_registration_is_no_address(inquiry, refusing, lacking):
    fields = {"registered_at": None, lacking: None}
    type(inquiry.customer).objects.filter(pk=inquiry.customer.pk).update(**fields)

    with refusing(Code.ADDRESS_NOT_REGISTERED):
        send_email(inquiry)


@pytest.mark.req("CRM-2.2.7-b")
def test_an_address_changed_after_writing_is_the_one_that_is_used(inquiry, smtp):
    activity = send_email(inquiry)
    inquiry.customer.email = "new@example.org"
    inquiry.customer.save(update_fields=["email"])

    send_due(at=later(inquiry))

    (mail,) = letters(smtp)
    assert mail["To"] == "new@example.org"
    activity.notification.refresh_from_db()
    assert (activity.notification.state, activity.notification.address) == ("sent", "new@example.org")


@pytest.mark.req("CRM-2.2.7-b")
@pytest.mark.parametrize("send", [send_email, send_sms])
def test_an_address_that_is_verified_no_more_stops_the_sending(inquiry, smtp, sms_gateway, send):
    activity = send(inquiry)
    type(inquiry.customer).objects.filter(pk=inquiry.customer.pk).update(
        registered_at=None, email_verified_at=None, mobile_verified_at=None
    )

    send_due(at=later(inquiry))

    activity.notification.refresh_from_db()
    assert (activity.notification.state, activity.notification.last_error) == ("failed", "ADDRESS_NOT_REGISTERED")
    assert letters(smtp) == []
    assert not [sent for _, sent in sms_gateway.requests if "הטופס" in sent["text"]]


@pytest.mark.req("CRM-5.1.4-a")
def test_an_email_takes_ticked_files_and_they_arrive(inquiry, smtp):
    first, _second = attached(inquiry), attached(inquiry, name="אחר.pdf")

    activity = send_email(inquiry, file_ids=[first.pk])
    send_due(at=later(inquiry))

    (mail,) = letters(smtp)
    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("אישור.pdf", "application/pdf")
    assert part.get_payload(decode=True).startswith(b"%PDF")
    assert list(activity.files.all()) == [first]


@pytest.mark.req("CRM-5.1.4-a")
@pytest.mark.parametrize(
    ("file", "code"), [({"shown": False}, Code.INVALID_VALUE), ({"clean": False}, Code.FILE_PENDING)]
)
def test_a_hidden_or_unchecked_file_is_refused(inquiry, refusing, file, code):
    attachment = attached(inquiry, **file)

    with refusing(code, "files"):
        send_email(inquiry, file_ids=[attachment.pk])

    assert not Notification.objects.filter(kind="activity_email").exists()


def test_a_file_of_another_inquiry_is_not_found(inquiry, refusing):
    other = attached(InquiryFactory(in_treatment=True))

    with refusing(Code.OUT_OF_SCOPE):
        send_email(inquiry, file_ids=[other.pk])


@pytest.mark.req("CRM-4.5-c")
def test_a_file_hidden_between_writing_and_sending_does_not_leave(inquiry, smtp):
    attachment = attached(inquiry)
    activity = send_email(inquiry, file_ids=[attachment.pk])
    attaching.edit_attachment(
        attachment_id=attachment.pk, by=inquiry.clerk, at=later(inquiry), show_on_internet=False, note="טעות"
    )

    send_due(at=later(inquiry))

    activity.notification.refresh_from_db()
    assert (activity.notification.state, letters(smtp)) == ("failed", [])


def test_files_that_are_too_much_together_are_refused(inquiry, refusing, settings):
    settings.EMAIL_FILES_MAX_MB = 0
    attachment = attached(inquiry)

    with refusing(Code.INVALID_VALUE, "files"):
        send_email(inquiry, file_ids=[attachment.pk])


@pytest.mark.req("CRM-2.2.1-b")
def test_somebody_unidentified_is_sent_general_text_to_his_contact_and_no_file(refusing, smtp):
    inquiry = InquiryFactory(customer=None, in_treatment=True, team=office(requires_identification=False))

    send_email(inquiry)
    send_due(at=later(inquiry))
    assert smtp.messages[-1]["To"] == "ruth@example.org"

    with refusing(Code.CUSTOMER_NOT_VERIFIED, "files"):
        send_email(inquiry, file_ids=[1])


@pytest.mark.parametrize(
    ("field", "given"), [("subject", " "), ("text", ""), ("subject", "א" * 151), ("text", "א" * 20_001)]
)
def test_an_email_without_words_or_with_too_many_is_refused_at_its_field(inquiry, refusing, field, given):
    with refusing(Code.INVALID_VALUE if len(given) > 1 else Code.FIELD_REQUIRED, field):
        send_email(inquiry, **{field: given})


@pytest.mark.req("CRM-6.4-b")
@pytest.mark.parametrize(("send", "field"), [(send_email, "subject"), (send_email, "text"), (send_sms, "text")])
def test_a_forbidden_phrase_is_not_sent(inquiry, refusing, send, field):
    with refusing(Code.FORBIDDEN_PHRASE, field):
        send(inquiry, **{field: "הועבר  לטיפול."})


def test_an_sms_has_a_length(inquiry, refusing):
    with refusing(Code.INVALID_VALUE, "text"):
        send_sms(inquiry, text="א" * 481)


@pytest.mark.req("CRM-3.4-a")
@pytest.mark.parametrize("send", [send_email, send_sms, record_call])
def test_only_the_owner_sends_and_records(inquiry, refusing, send):
    colleague = clerk()
    inquiry.handling_team.members.create(user=colleague)
    inquiry.handling_unit.members.create(user=colleague)

    with refusing(Code.NOT_ASSIGNED_TO_YOU):
        send(inquiry, by=colleague)


def test_nothing_is_sent_from_a_closed_inquiry(refusing):
    inquiry = InquiryFactory(closed=True)

    with refusing(Code.INQUIRY_CLOSED):
        send_email(inquiry)


def test_a_double_click_sends_once(inquiry, refusing):
    version = fresh(inquiry).version
    send_email(inquiry, version=version)

    with refusing(Code.STALE_VERSION):
        send_email(inquiry, version=version)
    assert Activity.objects.count() == 1


@pytest.mark.req("CRM-2.2.7-a")
def test_a_representative_whose_representation_was_found_is_written_to_first():
    inquiry = for_client()

    assert send_email(inquiry).notification.address == inquiry.representative.email
    assert send_email(inquiry, party="customer").notification.address == inquiry.customer.email


@pytest.mark.req("CRM-2.2.7-a")
def test_a_representative_without_a_valid_snapshot_is_not_written_to(refusing):
    inquiry = for_client(representation=None)

    assert send_email(inquiry).notification.address == inquiry.customer.email
    with refusing(Code.ADDRESS_NOT_REGISTERED):
        send_email(inquiry, party="representative")
    with refusing(Code.ADDRESS_NOT_REGISTERED):
        send_email(inquiry, to=[inquiry.representative.email])


@pytest.mark.req("CRM-2.2.7-a")
def test_in_his_own_name_a_representative_is_written_to_when_it_concerns_himself():
    inquiry = InquiryFactory(by_representative=True, in_treatment=True)
    assert send_email(inquiry).notification.address == inquiry.representative.email


@pytest.mark.req("CRM-6.6-c")
@pytest.mark.parametrize("send", [send_email, send_sms])
def test_nothing_is_sent_from_an_inquiry_marked_as_concerning_another_entity(refusing, send):
    inquiry = InquiryFactory(by_representative=True, in_treatment=True)
    OwnNameMark.objects.create(
        inquiry=inquiry, concerns_number="012345674", marked_by=inquiry.clerk, marked_at=later(inquiry)
    )

    with refusing(Code.OWN_NAME_ABOUT_CLIENT):
        send(inquiry)


@pytest.mark.req("CRM-2.2.7-a")
def test_in_real_estate_about_a_client_the_check_decides(refusing):
    inquiry = real_estate(office=RepresentativeEmployeeFactory())
    Inquiry.objects.filter(pk=inquiry.pk).update(concerns_client=True)
    with refusing(Code.ADDRESS_NOT_REGISTERED):
        send_email(inquiry)

    check = {"inquiry": inquiry, "checked_by": inquiry.clerk, "checked_at": later(inquiry)}
    RepresentationCheck.objects.create(ground="none", **check)
    with refusing(Code.ADDRESS_NOT_REGISTERED):
        send_email(inquiry)
    RepresentationCheck.objects.create(ground="matzpen", **check)
    assert send_email(inquiry).notification.address == inquiry.representative.email


@pytest.mark.req("CRM-7-u")
def test_a_contact_abroad_is_sent_files_only_after_he_was_identified(refusing):
    inquiry = InquiryFactory(customer=None, in_treatment=True, team=office(requires_identification=False))
    Inquiry.objects.filter(pk=inquiry.pk).update(channel="abroad_contact")
    with refusing(Code.CUSTOMER_NOT_VERIFIED):
        send_email(inquiry, file_ids=[1])

    Inquiry.objects.filter(pk=inquiry.pk).update(
        channel="abroad_contact", verification_method="abroad_manual", verified_at=OPENED_AT
    )
    activity = send_email(inquiry, file_ids=[attached(inquiry).pk])
    assert activity.notification.address == "ruth@example.org"


@pytest.mark.req("CRM-6.7-a")
def test_a_phone_call_is_recorded_with_its_time_and_summary(inquiry):
    at = later(inquiry)

    call = record_call(inquiry, at=at, took_place_at=at - timedelta(minutes=30), direction="inbound")

    assert (call.kind, call.direction, call.notification) == ("phone_call", "inbound", None)
    assert (call.at, call.text) == (at - timedelta(minutes=30), "הוסבר מה חסר")
    event = AuditEvent.objects.get(action="activity.record_call")
    assert (event.target_id, event.after) == (str(inquiry.pk), {"activity": call.pk})


@pytest.mark.parametrize("moved", [timedelta(minutes=1), timedelta(days=-30)])
def test_a_call_to_come_or_before_the_inquiry_is_refused(inquiry, refusing, moved):
    with refusing(Code.INVALID_VALUE, "took_place_at"):
        record_call(inquiry, took_place_at=later(inquiry) + moved)


@pytest.mark.parametrize(("field", "given"), [("took_place_at", None), ("summary", " ")])
def test_a_call_needs_its_time_and_its_summary(inquiry, refusing, field, given):
    with refusing(Code.FIELD_REQUIRED, field):
        record_call(inquiry, **{field: given})


def test_what_was_sent_is_never_changed(inquiry):
    activity = send_email(inquiry)

    for change in (lambda: Activity.objects.update(text="אחר"), activity.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def for_client(**fields: object) -> Inquiry:
    """In treatment, opened by a representative in a registered customer's name."""
    inquiry = InquiryFactory(by_representative=True, in_treatment=True)
    snapshot = {"source": "register", "valid_until": None}
    Inquiry.objects.filter(pk=inquiry.pk).update(
        **{"is_own_name": False, "customer": CustomerFactory(), "representation": snapshot, **fields}
    )
    return fresh(inquiry)
