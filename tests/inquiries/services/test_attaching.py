import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.files.services.settling import settle
from crm_portal.people.rules.roles import Role, Scope
from inquiries.services import attaching, closing, corresponding, reading
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, fresh, later, take_step
from tests.factories.people import RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db


def attach(inquiry, **kwargs):
    given = {"upload": files.upload("אישור.pdf"), "show_on_internet": True, "note": "תקין"}
    return attaching.attach(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), **{**given, **kwargs})


def with_file(**kwargs):
    """An inquiry whose customer sent one file that is clean."""
    inquiry = InquiryFactory(**{"in_treatment": True, "files": [files.upload("טופס.pdf")], **kwargs})
    attachment = inquiry.attachments.get()
    settle(file_id=attachment.file_id, at=inquiry.opened_at)
    return fresh(inquiry), inquiry.attachments.get()


@pytest.mark.req("CRM-2.1.2-a")
@pytest.mark.req("CRM-4.5-a")
def test_both_sides_attach_with_opposite_arrows():
    inquiry, _ = with_file()

    attach(inquiry)

    assert list(inquiry.attachments.values_list("direction", flat=True)) == ["inbound", "outbound"]


@pytest.mark.req("CRM-5.1.3-a")
@pytest.mark.parametrize("field", ["show_on_internet", "note"])
def test_the_note_and_the_choice_to_show_it_are_asked_for(refusing, field):
    inquiry = InquiryFactory(in_treatment=True)

    with refusing(Code.FIELD_REQUIRED, field):
        attach(inquiry, **{field: None if field == "show_on_internet" else " "})


def test_not_to_show_is_a_choice_too():
    inquiry = InquiryFactory(in_treatment=True)

    assert attach(inquiry, show_on_internet=False).show_on_internet is False


@pytest.mark.req("CRM-5.1.3-b")
def test_an_employees_bad_file_is_refused_and_the_inquiry_stays(refusing):
    inquiry = InquiryFactory(in_treatment=True)

    with refusing(Code.FILE_REJECTED):
        attach(inquiry, upload=files.upload("נגיף.exe", b"MZ"))
    attachment = attach(inquiry, upload=files.upload("נעול.pdf", files.locked_pdf()))
    settle(file_id=attachment.file_id, at=later(inquiry))

    assert fresh(inquiry).status == "in_treatment"


def test_nothing_is_attached_to_a_closed_inquiry(refusing):
    inquiry = InquiryFactory(closed=True)

    with refusing(Code.INQUIRY_CLOSED):
        attach(inquiry)


@pytest.mark.req("CRM-2-b")
@pytest.mark.req("CRM-4.5-d")
def test_each_opening_of_a_file_is_one_audit_row():
    inquiry, attachment = with_file()

    for _ in range(3):
        attaching.open_attachment(attachment_id=attachment.pk, by=inquiry.clerk, at=later(inquiry))

    opened = AuditEvent.objects.filter(action="attachment.open", outcome="read")
    assert opened.count() == 3
    assert {(row.target_type, row.target_id, row.after["file"]["id"]) for row in opened} == {
        ("inquiry", str(inquiry.pk), attachment.pk)
    }


def test_a_file_that_waits_or_failed_is_not_opened(refusing):
    inquiry = InquiryFactory(in_treatment=True)
    attachment = attach(inquiry, upload=files.upload("נעול.pdf", files.locked_pdf()))
    opening = {"attachment_id": attachment.pk, "by": inquiry.clerk, "at": later(inquiry)}

    with refusing(Code.FILE_PENDING):
        attaching.open_attachment(**opening)
    settle(file_id=attachment.file_id, at=later(inquiry))
    with refusing(Code.FILE_REJECTED):
        attaching.open_attachment(**opening)


@pytest.mark.req("CRM-4.5-c")
def test_a_hidden_file_is_not_there_for_the_customer(refusing):
    inquiry, attachment = with_file()
    opening = {"attachment_id": attachment.pk, "by": inquiry.opened_by, "at": later(inquiry)}
    attaching.open_attachment(**opening)

    attaching.edit_attachment(
        attachment_id=attachment.pk, by=inquiry.clerk, at=later(inquiry), show_on_internet=False, note="פנימי"
    )

    with refusing(Code.OUT_OF_SCOPE):
        attaching.open_attachment(**opening)


@pytest.mark.req("CRM-4.5-c")
def test_after_closing_the_last_team_hides_a_file_and_nobody_else(refusing):
    inquiry, attachment = with_file()
    stranger = UserFactory(roles=[Role.HANDLER], roles__scope=Scope.ALL)
    take_step(inquiry, "close", by=inquiry.clerk, at=later(inquiry))
    edit = {"attachment_id": attachment.pk, "at": later(inquiry), "show_on_internet": False, "note": "הוסתר"}

    with refusing(Code.INQUIRY_CLOSED):
        attaching.edit_attachment(**edit, by=stranger)
    attaching.edit_attachment(**edit, by=inquiry.clerk)

    attachment.refresh_from_db()
    assert attachment.show_on_internet is False


@pytest.mark.req("CRM-4.5-e")
def test_a_file_is_new_until_a_user_who_may_handle_opens_it():
    inquiry, attachment = with_file()
    viewer = UserFactory(roles=[Role.VIEWER], roles__scope=Scope.ALL)

    attaching.open_attachment(attachment_id=attachment.pk, by=viewer, at=later(inquiry))
    attachment.refresh_from_db()
    assert attachment.opened_at is None
    attaching.open_attachment(attachment_id=attachment.pk, by=inquiry.clerk, at=later(inquiry))

    attachment.refresh_from_db()
    assert attachment.opened_at is not None


@pytest.mark.req("CRM-5.1.2-a")
def test_editing_a_file_changes_its_note_and_never_its_content():
    inquiry, attachment = with_file()
    content = attachment.file.sha256

    attaching.edit_attachment(
        attachment_id=attachment.pk, by=inquiry.clerk, at=later(inquiry), show_on_internet=True, note="טופס 101"
    )

    attachment.refresh_from_db()
    assert (attachment.notes, attachment.file.sha256) == ("טופס 101", content)


@pytest.mark.req("CRM-4.5-b")
def test_a_note_is_kept_with_its_author_and_time():
    inquiry, attachment = with_file()
    change = {"attachment_id": attachment.pk, "by": inquiry.clerk, "show_on_internet": False}
    at = later(inquiry)

    attaching.edit_attachment(**change, at=at, note="טופס 101 תקין")
    attaching.edit_attachment(**change, at=later(inquiry, hours=5), note="טופס 101 תקין")

    attachment.refresh_from_db()
    assert (attachment.notes_by_name, attachment.notes_at) == (str(inquiry.clerk), at)


@pytest.mark.req("CRM-4.5-c")
def test_an_edit_of_what_somebody_else_edited_meanwhile_is_refused(refusing):
    inquiry, attachment = with_file()
    edit = {"attachment_id": attachment.pk, "by": inquiry.clerk, "version": attachment.version}

    attaching.edit_attachment(**edit, at=later(inquiry), show_on_internet=False, note="מסמך פנימי")
    with refusing(Code.STALE_VERSION):
        attaching.edit_attachment(**edit, at=later(inquiry), show_on_internet=True, note="טופס 101")

    attachment.refresh_from_db()
    assert (attachment.show_on_internet, attachment.notes) == (False, "מסמך פנימי")


@pytest.mark.req("CRM-2-d")
def test_no_attachment_is_ever_deleted():
    _, attachment = with_file()

    with pytest.raises(DatabaseError), transaction.atomic():
        attachment.delete()


@pytest.mark.req("CRM-2-d")
@pytest.mark.parametrize("name", ["inquiries:file", "inquiries:file_note", "inquiries:attach", "personal:file"])
@pytest.mark.parametrize("role", Role)
def test_no_address_deletes_a_file(client, role, name):
    inquiry, attachment = with_file()
    if role is Role.CUSTOMER:
        client.force_login(inquiry.opened_by)
    elif role in (Role.REPRESENTATIVE, Role.REPRESENTATIVE_EMPLOYEE):
        is_office = role is Role.REPRESENTATIVE
        client.force_login(RepresentativeEmployeeFactory(is_the_representative=is_office).user)
    else:
        client.force_login(UserFactory(roles=[role], roles__scope=Scope.ALL))
    of_file = [] if name == "inquiries:attach" else [attachment.pk]

    answer = client.delete(reverse(name, args=[inquiry.number, *of_file]))

    assert (answer.status_code, inquiry.attachments.count()) == (405, 1)


@pytest.mark.req("CRM-2-d")
def test_a_file_of_a_cancelled_inquiry_still_opens():
    inquiry, attachment = with_file(in_treatment=False)
    closing.cancel(inquiry_id=inquiry.pk, by=inquiry.opened_by, at=later(inquiry))

    opened = attaching.open_attachment(attachment_id=attachment.pk, by=inquiry.clerk, at=later(inquiry))

    assert (fresh(inquiry).status, opened.file.state) == ("closed_by_customer", "clean")


@pytest.mark.req("CRM-2-b")
def test_opening_an_inquiry_to_read_it_is_audited(refusing):
    inquiry = InquiryFactory()

    reading.view(inquiry_id=inquiry.pk, by=inquiry.clerk or inquiry.opened_by, at=later(inquiry))

    assert AuditEvent.objects.filter(action="inquiry.view", outcome="read", target_id=str(inquiry.pk)).count() == 1
    with refusing(Code.OUT_OF_SCOPE):
        reading.view(inquiry_id=inquiry.pk, by=UserFactory(roles=[Role.HANDLER]), at=later(inquiry))


def test_a_customers_files_come_with_a_message_on_a_closed_inquiry():
    inquiry = InquiryFactory(closed=True)

    message = corresponding.customer_message(
        inquiry_id=inquiry.pk, by=inquiry.opened_by, at=later(inquiry), text="עוד מסמך", files=[files.upload()]
    )

    assert message.is_held
    assert message.attachments.get().direction == "inbound"
