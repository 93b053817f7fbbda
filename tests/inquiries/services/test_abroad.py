"""Somebody abroad who wrote to an office and was put on record by an operator (CRM-7-u)."""

import pytest

from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from inquiries.services import attaching, corresponding, opening
from tests.factories import files
from tests.factories.inquiries import OPENED_AT, draft, fresh, later, office
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    begun = draft(channel="abroad_contact")
    triplet = office().triplet_teams.get().triplet
    foreigner = CustomerFactory(
        unregistered=True, kind="foreign", id_number="", country="FR", foreign_number="12AB345", last_name="Martin"
    )
    opened = opening.save_draft(
        inquiry_id=begun.pk, by=begun.clerk, at=OPENED_AT, customer_id=foreigner.pk, contact_name="Claire Martin",
        contact_email="claire@example.org", triplet_id=triplet.pk, description="שאלה מחו\"ל", proposed_solution="נרשם",
    )  # fmt: skip
    return fresh(opened, clerk=begun.clerk)


def attach(inquiry):
    return attaching.attach(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), upload=files.upload("אישור.pdf"),
        show_on_internet=True, note="אישור",
    )  # fmt: skip


def identify(inquiry, documents="דרכון צרפתי"):
    return opening.verify_customer(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), documents_seen=documents)


@pytest.mark.req("CRM-7-u")
def test_a_file_goes_out_only_after_the_identification_was_recorded(refusing, inquiry):
    with refusing(Code.CUSTOMER_NOT_VERIFIED, "files"):
        attach(inquiry)
    identify(inquiry)

    assert attach(inquiry).pk


@pytest.mark.req("CRM-7-u")
def test_the_identification_says_by_which_documents_and_by_whom(refusing, inquiry):
    with refusing(Code.FIELD_REQUIRED, "documents_seen"):
        identify(inquiry, documents=" ")
    identify(inquiry)

    found = fresh(inquiry)
    row = found.history.get(event="verification")
    assert (found.verification_method, found.verified_by, row.note) == ("abroad_manual", inquiry.clerk, "דרכון צרפתי")


@pytest.mark.req("CRM-7-u")
def test_an_answer_reaches_the_contact_that_was_given(inquiry):
    corresponding.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text="הטופס נמצא באתר.")

    [sent] = Notification.objects.filter(kind="general_answer")
    assert sent.address == "claire@example.org"
    assert "הטופס נמצא באתר." in sent.body
