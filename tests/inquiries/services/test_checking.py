"""The representation check of real estate. Local Matzpen: 122200017 is an active lawyer, on assessment 900000111."""

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.files.services.settling import settle
from inquiries.models import RepresentationCheck, StatusHistory
from inquiries.selectors.recipients import recipients_of
from inquiries.services import attaching, checking, closing, corresponding, own_name
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, fresh, later, office, real_estate
from tests.factories.people import RepresentativeEmployeeFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
ACTIVE, INACTIVE = "122200017", "122200025"
CLIENT, STRANGER = "519990014", "111100012"
NAMED = "not_opened_for_customer"
FILLED = {"assessment_number": "900000111", "tax_type": "מס שבח", "area": "תל אביב"}


def about_client(lawyer=ACTIVE, *, fields=FILLED, uploads=(), **kwargs):
    card = RepresentativeEmployeeFactory(representative=RepresentativeFactory(id_number=lawyer, kind="lawyer"))
    given = {"office": card, "concerns_client": True, "files": list(uploads), **kwargs}
    inquiry = real_estate(**given)
    for name, value in fields.items():
        setattr(inquiry, name, value)
    inquiry.save()
    for attachment in inquiry.attachments.all():
        settle(file_id=attachment.file_id, at=later(inquiry))
    return inquiry


def check(inquiry, ground, **kwargs):
    return checking.check_representation(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), ground=ground, **kwargs
    )


def answer(inquiry):
    return corresponding.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text="השומה נבדקה")


def close(inquiry, reason=NAMED):
    return closing.close_no_treatment(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="אין ייצוג", reply="אין ייצוג",
        closing_reason=reason,
    )  # fmt: skip


def power_of(inquiry):
    return inquiry.attachments.get()


@pytest.mark.req("CRM-6.6-i")
def test_before_the_check_nothing_is_answered_and_nothing_sent(refusing):
    inquiry = about_client()

    with refusing(Code.RE_POA_CHECK_REQUIRED):
        answer(inquiry)
    with refusing(Code.RE_POA_CHECK_REQUIRED):
        closing.close_success(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), reply="אושר")
    with refusing(Code.RE_POA_CHECK_REQUIRED):
        attaching.attach(
            inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), upload=files.upload(), show_on_internet=True,
            note="שומה",
        )  # fmt: skip


@pytest.mark.req("CRM-6.6-i")
def test_an_attached_power_of_an_active_lawyer_opens_the_way(refusing):
    inquiry = about_client(uploads=[files.upload("ייפוי כוח.pdf")])

    made = check(inquiry, "attached_power", attachment_id=power_of(inquiry).pk)

    assert (made.attachment, made.evidence) == (power_of(inquiry), {"active_lawyer": True})
    assert answer(inquiry).pk
    row = StatusHistory.objects.get(inquiry=inquiry, event="representation_check")
    assert "ייפוי כוח.pdf" in row.note
    assert AuditEvent.objects.filter(action="inquiry.check_representation", outcome="done").count() == 1


@pytest.mark.req("CRM-6.6-i")
def test_an_attached_power_of_an_inactive_lawyer_is_not_enough(refusing):
    inquiry = about_client(INACTIVE, uploads=[files.upload("ייפוי כוח.pdf")])

    with refusing(Code.RE_POA_CHECK_REQUIRED, "ground"):
        check(inquiry, "attached_power", attachment_id=power_of(inquiry).pk)
    with refusing(Code.RE_POA_CHECK_REQUIRED):
        answer(inquiry)


def test_the_power_must_be_a_clean_file_of_the_inquirer_on_this_very_inquiry(refusing):
    inquiry = about_client()
    other = about_client(ACTIVE[:-2] + "41", uploads=[files.upload()])
    pending = corresponding.customer_message(
        inquiry_id=inquiry.pk, by=inquiry.opened_by, at=later(inquiry), text="מצורף", files=[files.upload()]
    ).attachments.get()
    inquiry = fresh(inquiry)

    with refusing(Code.FIELD_REQUIRED, "attachment"):
        check(inquiry, "attached_power")
    with refusing(Code.INVALID_VALUE, "attachment"):
        check(inquiry, "attached_power", attachment_id=power_of(other).pk)
    with refusing(Code.FILE_PENDING, "attachment"):
        check(inquiry, "attached_power", attachment_id=pending.pk)


@pytest.mark.req("CRM-6.6-i")
def test_registered_in_the_transaction_is_enough_and_fills_what_matzpen_knows():
    inquiry = about_client(fields={"tax_type": "-"})

    made = check(inquiry, "matzpen", assessment_number="900000111")

    found = fresh(inquiry)
    assert made.evidence["assessment_number"] == "900000111"
    assert (found.assessment_number, found.tax_type, found.area) == ("900000111", "מס שבח", "תל אביב")
    assert answer(inquiry).pk


@pytest.mark.parametrize(
    ("number", "code"),
    [("", Code.FIELD_REQUIRED), ("900000999", Code.INVALID_VALUE), ("900000222", Code.POA_NOT_IN_ASSESSMENT)],
    ids=["no number", "no such assessment", "another's assessment"],
)
def test_a_transaction_in_which_he_is_not_registered_opens_nothing(refusing, number, code):
    inquiry = about_client(fields={})

    with refusing(code, "assessment_number"):
        check(inquiry, "matzpen", assessment_number=number)


def test_the_transaction_must_be_that_of_the_entity_marked(refusing):
    inquiry = about_client(concerns_client=False)
    own_name.mark(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), concerns_number=STRANGER)

    with refusing(Code.POA_NOT_IN_ASSESSMENT, "assessment_number"):
        check(fresh(inquiry), "matzpen", assessment_number="900000111")


def test_a_mark_in_real_estate_asks_for_a_check_and_closes_nothing(refusing):
    inquiry = about_client(concerns_client=False)
    assert answer(inquiry).pk
    own_name.mark(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), concerns_number=CLIENT)

    with refusing(Code.RE_POA_CHECK_REQUIRED):
        answer(inquiry)
    assert recipients_of(fresh(inquiry)) == []
    check(fresh(inquiry), "matzpen", assessment_number="900000111")

    assert answer(inquiry).pk
    assert [one.party for one in recipients_of(fresh(inquiry))] == ["representative"]  # his registered e-mail, too


@pytest.mark.req("CRM-6.6-i")
def test_with_neither_only_closing_with_the_named_reason_is_left(refusing):
    inquiry = about_client()
    check(inquiry, "none")

    with refusing(Code.RE_POA_CHECK_REQUIRED):
        answer(inquiry)
    with refusing(Code.RE_POA_CHECK_REQUIRED):
        close(inquiry, reason="identical_inquiry")
    close(inquiry)

    assert fresh(inquiry).closing_reason_id == NAMED


def test_the_latest_check_counts():
    inquiry = about_client(uploads=[files.upload()])
    check(inquiry, "none")
    check(inquiry, "attached_power", attachment_id=power_of(inquiry).pk)

    assert answer(inquiry).pk
    assert RepresentationCheck.objects.count() == 2


def test_no_check_belongs_where_nobody_else_is_concerned(refusing):
    own = about_client(concerns_client=False)
    elsewhere = InquiryFactory(by_representative=True, in_treatment=True, team=office(tax_system="vat"))

    for inquiry in (own, elsewhere):
        with refusing(Code.INVALID_VALUE):
            check(inquiry, "none")


def test_matzpen_that_is_down_records_nothing(refusing, settings, tmp_path):
    inquiry = about_client()
    settings.REGISTERS_FOLDER = tmp_path

    with refusing(Code.REGISTER_UNAVAILABLE):
        check(inquiry, "matzpen", assessment_number="900000111")
    assert not RepresentationCheck.objects.exists()
