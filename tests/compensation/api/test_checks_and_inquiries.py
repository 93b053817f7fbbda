"""Eligibility checks and inquiries about a claim over the API: asked, granted, refused."""

import pytest

from compensation.models import ClaimInquiry, EligibilityCheckRequest
from inquiries.models import Inquiry
from tests.compensation.api.asking import get, post, said
from tests.compensation.claimants import programme
from tests.factories.inquiries import head_team, load_reference, office
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
ASKED = {"ground": "branch", "track": "TURNOVER", "town": " נתיבות", "text": "סניף בנתיבות"}
WORDS = "הסניף אינו ביישוב שבתוספת"


@pytest.fixture
def customer(db):
    programme()
    return CustomerFactory()


@pytest.mark.req("CMP-8.2-c", "CMP-2.1-b")
def test_a_check_is_asked_by_the_claimant_and_granted_by_the_fund(client, customer, clerk):
    asked = post(client, customer.user, "eligibility_checks", customer=customer.id_number, **ASKED)
    number = asked.json()["id"]
    assert (asked.status_code, asked.json()["state"], asked.json()["town"]) == (201, "PENDING", "נתיבות")

    assert post(client, customer.user, "grant_check", number).status_code == 403
    assert post(client, clerk, "grant_check", number).json()["state"] == "GRANTED"
    listed = get(client, clerk, "eligibility_checks", state="GRANTED").json()["results"]
    assert [one["id"] for one in listed] == [number]


@pytest.mark.req("CMP-8.2-c")
def test_a_check_is_refused_with_reasons_and_seen_only_by_its_own(client, customer, clerk, stranger):
    number = post(client, customer.user, "eligibility_checks", customer=customer.id_number, **ASKED).json()["id"]
    assert said(post(client, clerk, "refuse_check", number)) == [("FIELD_REQUIRED", "reasons")]
    assert post(client, clerk, "refuse_check", number, reasons=WORDS).json()["state"] == "REFUSED"

    for user, expected in ((customer.user, [number]), (stranger, [])):
        assert [one["id"] for one in get(client, user, "eligibility_checks").json()["results"]] == expected


@pytest.mark.req("CMP-2.6-l")
def test_everything_that_a_top_up_lacks_is_named(client, customer):
    typed = {**ASKED, "ground": "top_up", "track": "WAGE", "town": "אטלנטיס"}
    answer = post(client, customer.user, "eligibility_checks", customer=customer.id_number, **typed)

    assert said(answer) == [
        ("GEN_UNKNOWN_TOWN", "town"), ("FIELD_REQUIRED", "employee_id_number"), ("FIELD_REQUIRED", "aid_plan_claim_no"),
    ]  # fmt: skip
    assert not EligibilityCheckRequest.objects.exists()


@pytest.mark.req("CMP-8.2-c")
def test_a_question_about_a_claim_is_an_inquiry_tied_to_it(client, filed, claimant, stranger):
    load_reference()
    head_team()
    office(tax_system="income_tax", code="fund-claim-status")
    typed = {"claim": filed.number, "text": "מתי תתקבל החלטה?", "submission_key": "k1"}
    asked = post(client, claimant, "inquiries", **typed)
    again = post(client, claimant, "inquiries", **typed)

    inquiry = Inquiry.objects.get()
    assert (asked.status_code, asked.json()["inquiry"]) == (201, inquiry.number)
    assert again.json()["inquiry"] == inquiry.number
    assert ClaimInquiry.objects.get().claim == filed
    assert post(client, stranger, "inquiries", **typed).status_code == 404
    assert get(client, stranger, "inquiries", claim=filed.number).json()["results"] == []
    assert [one["claim"] for one in get(client, claimant, "inquiries").json()["results"]] == [filed.number]
