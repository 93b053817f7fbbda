"""The treasurer's pages: one story through the doors, and what they refuse."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.letters import sheets
from compensation.models import Claim, Payment, PaymentBatch
from compensation.rules.codes import ClaimState, PaymentState
from compensation.services import paying
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.money import PAY_AT, decide, decided, rates

pytestmark = pytest.mark.django_db
WORDS = "נימוק כתוב שאורכו מספיק לפי ההוראה"


@pytest.fixture
def treasurer():
    return fund(Role.COMPENSATION_PAYMENTS)


@pytest.fixture
def at_the_desk(client, treasurer):
    rates()
    client.force_login(treasurer)
    return client


def to(name, *arguments):
    return reverse(f"treasury:{name}", args=arguments)


@pytest.mark.req("CMP-8.4.3-d")
def test_a_claim_is_prepared_approved_sent_and_paid(at_the_desk):
    claim = decided()
    assert claim.number in at_the_desk.get(to("list", "to_prepare")).content.decode()

    page = at_the_desk.post(to("prepare", claim.number), follow=True)
    payment = Payment.objects.get()
    assert [line.amount for line in page.context["lines"]] == [218_348, 0, 218_348, -43_670, 0, 174_678]
    at_the_desk.post(to("approve", payment.pk))
    at_the_desk.post(to("export"))
    batch = PaymentBatch.objects.get()
    line = batch.lines.get()
    assert line.reference in at_the_desk.get(to("download", batch.pk)).content.decode()
    answer = f"{line.reference},{line.amount}.00,S,2024-05-07,".encode()
    report = at_the_desk.post(to("settle"), {"file": SimpleUploadedFile("a.csv", answer)})

    assert (report.status_code, report.context["report"].settled) == (200, 1)
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.PAID.value
    at_the_desk.post(to("close", payment.pk))
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.CLOSED.value


@pytest.mark.req("CMP-8.4.3-f")
def test_claims_that_are_paid_late_stand_first_and_are_counted(at_the_desk):
    later = decided()
    late = decided(1_000)
    Claim.objects.filter(pk=late.pk).update(pay_by_on="2024-01-01")
    Claim.objects.filter(pk=later.pk).update(pay_by_on="2999-01-01")
    page = at_the_desk.get(to("list", "to_prepare"))
    assert list(page.context["page"].object_list) == [late, later]
    assert page.context["late"] == 1


@pytest.mark.req("CMP-8.5.1-c")
def test_the_sheet_is_a_workbook_with_its_lines_and_its_tranches(at_the_desk, treasurer):
    payment = paying.prepare(claim_id=decided().pk, by=treasurer, at=PAY_AT)
    answer = at_the_desk.get(to("workbook", payment.pk))
    sheet, tranches = openpyxl.load_workbook(BytesIO(answer.content)).worksheets
    assert [row[1].value for row in sheet.iter_rows(min_row=5)] == [218_348, 0, 218_348, -43_670, 0, 174_678]
    assert [cell.value for cell in tranches[2]][:3] == [218_348, "2023-11-20", "2024-05-06"]
    assert sheet.sheet_view.rightToLeft


@pytest.mark.req("CMP-8.5.1-c")
def test_the_sheet_is_a_document_and_the_same_bytes_each_time(at_the_desk, treasurer):
    payment = paying.prepare(claim_id=decided().pk, by=treasurer, at=PAY_AT)
    first = at_the_desk.get(to("document", payment.pk))
    assert first["Content-Type"] == "application/pdf"
    assert first.content == at_the_desk.get(to("document", payment.pk)).content
    rows = [row for block in sheets.sheet(payment).blocks if block["kind"] == "table" for row in block["rows"]]
    amounts = [row[-1].strip("\u2068\u2069") for row in rows]
    assert amounts[:6] == ["₪218,348", "₪0", "₪218,348", "−₪43,670", "₪0", "₪174,678"]


@pytest.mark.req("CMP-8.8.3-a")
def test_a_year_of_payments_has_its_certificate(at_the_desk, treasurer):
    claim = decided()
    payment = paying.approve(
        payment_id=paying.prepare(claim_id=claim.pk, by=treasurer, at=PAY_AT).pk, by=treasurer, at=PAY_AT
    )
    paying.settle(payment, Claim.objects.get(pk=claim.pk), by=treasurer, at=PAY_AT)
    assert at_the_desk.get(to("certificate", claim.claimant_id, 2024)).content.startswith(b"%PDF-")
    assert at_the_desk.get(to("certificate", claim.claimant_id, 2023)).status_code == 404


@pytest.mark.req("CMP-8.8.1-a")
def test_debts_liens_and_certificates_are_recorded_and_the_manager_alone_waives(at_the_desk, client):
    claimant = decided().claimant
    at_the_desk.post(
        to("record_debt", claimant.pk), {"tax": 'מע"מ', "reference": "7", "amount": "900", "since_on": "2024-01-01"}
    )
    at_the_desk.post(
        to("record_lien", claimant.pk),
        {"creditor": "נושה", "authority": "הוצל\"פ", "reference": "8", "amount": "100", "served_on": "2024-01-01",
         "bank": "10", "bank_branch": "800", "bank_account": "77"},
    )  # fmt: skip
    at_the_desk.post(
        to("record_certificate", claimant.pk), {"percent": "5", "valid_from": "2024-01-01", "valid_until": "2024-12-31"}
    )
    debt, lien = claimant.tax_debts.get(), claimant.liens.get()
    assert (debt.amount, lien.amount, claimant.customer.withholding_certificates.get().rate) == (
        900,
        100,
        Decimal("0.05"),
    )
    assert at_the_desk.post(to("waive_debt", claimant.pk, debt.pk), {"reason": WORDS}).status_code == 403

    at_the_desk.post(to("release_lien", claimant.pk, lien.pk), {"on": "2024-02-01"})
    client.force_login(fund(Role.COMPENSATION_MANAGER))
    client.post(to("waive_debt", claimant.pk, debt.pk), {"reason": WORDS})

    debt.refresh_from_db()
    lien.refresh_from_db()
    assert debt.waiver_reason == WORDS
    assert lien.released_on is not None


@pytest.mark.parametrize(
    ("name", "form", "place", "field"),
    [
        ("record_debt", {"tax": "מס", "reference": "1", "amount": "-3", "since_on": "2024-01-01"}, "debt", "amount"),
        ("record_debt", {"tax": "מס", "reference": "1", "amount": "3", "since_on": "2999-01-01"}, "debt", "since_on"),
        ("record_lien", {"creditor": "נושה", "bank": "x"}, "lien", "bank"),
        ("record_certificate", {"percent": "101"}, "certificate", "percent"),
        (
            "record_certificate",
            {"percent": "5", "valid_from": "2024-02-01", "valid_until": "2024-01-01"},
            "certificate",
            "valid_until",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field_and_the_words_stay(at_the_desk, name, form, place, field):
    claimant = decided().claimant
    page = at_the_desk.post(to(name, claimant.pk), form)
    assert page.status_code == 422
    assert page.context["f"][place].errors[field]
    assert page.context["f"][place].data.dict() == form
    assert not claimant.tax_debts.exists()


@pytest.mark.req("CMP-8.6.1-a")
def test_a_rejection_after_payment_is_demanded_and_what_came_back_is_recorded(at_the_desk, treasurer):
    claim = decided(100_000)
    payment = paying.approve(
        payment_id=paying.prepare(claim_id=claim.pk, by=treasurer, at=PAY_AT).pk, by=treasurer, at=PAY_AT
    )
    paying.settle(payment, Claim.objects.get(pk=claim.pk), by=treasurer, at=PAY_AT)
    decide(claim, 0, state=ClaimState.REJECTED)
    assert list(at_the_desk.get(to("overpayments", "demanded")).context["to_demand"]) == [claim]

    at_the_desk.post(to("demand", claim.number))
    demand = claim.overpayments.get()
    too_much = {"amount": "999999", "received_on": "2024-05-08", "reference": "R"}
    assert at_the_desk.post(to("record_return", demand.pk), too_much).status_code == 422
    page = at_the_desk.post(to("record_return", demand.pk), {**too_much, "amount": "1000"}, follow=True)

    assert page.context["left"] == 99_000
    assert claim.number in at_the_desk.get(to("overpayments", "demanded")).content.decode()
    assert not at_the_desk.get(to("overpayments", "demanded")).context["to_demand"]


def test_a_refused_action_is_said_on_the_page_it_came_from(at_the_desk, treasurer):
    claim = decided()
    payment = paying.prepare(claim_id=claim.pk, by=treasurer, at=PAY_AT)  # the sheet of a day long ago
    page = at_the_desk.post(to("approve", payment.pk))
    assert (page.status_code, len(page.context["refused"])) == (422, 1)
    assert at_the_desk.post(to("cancel", payment.pk), {"reason": "קצר"}).context["f"]["reason"].errors
    assert at_the_desk.post(to("export")).status_code == 422
    assert at_the_desk.get(to("approve", payment.pk)).status_code == 302
    payment.refresh_from_db()
    assert payment.state == PaymentState.PREPARED.value


def test_the_banks_answer_tells_what_it_did_not_take(at_the_desk):
    report = at_the_desk.post(
        to("settle"), {"file": SimpleUploadedFile("a.csv", b"nonsense\nB000001-00001,1,S,2024-01-01,\n")}
    )
    assert report.status_code == 422
    assert [line for line, _words in report.context["faults"]] == [1, 2]
    assert at_the_desk.post(to("settle"), {}).status_code == 422


@pytest.mark.parametrize("key", ["to_prepare", "prepared"])
def test_the_number_of_queries_of_a_list_does_not_grow(at_the_desk, treasurer, key):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            at_the_desk.get(to("list", key))
        return len(queries)

    def more():
        claim = decided()
        if key == "prepared":
            paying.prepare(claim_id=claim.pk, by=treasurer, at=PAY_AT)

    more()
    asked()
    few = asked()
    for _ in range(5):
        more()
    assert asked() == few


@pytest.mark.parametrize("query", ["000000000", "NA-0000-00000", "'; --", "12345678901234567890"])
def test_a_number_that_nobody_has_is_said(at_the_desk, query):
    page = at_the_desk.get(to("find"), {"q": query})
    assert (page.status_code, page.context["found"]) == (200, [])


def test_a_claimant_is_found_by_his_claim_and_by_his_number(at_the_desk):
    claim = decided()
    for query in (claim.number.lower(), claim.claimant.customer.id_number):
        assert at_the_desk.get(to("find"), {"q": query}).url == to("claimant", claim.claimant_id)


def test_an_auditor_reads_and_does_nothing(client, treasurer):
    rates()
    payment = paying.prepare(claim_id=decided().pk, by=treasurer, at=PAY_AT)
    client.force_login(fund(Role.AUDITOR))
    assert client.get(to("payment", payment.pk)).context["moves"] == set()
    assert client.post(to("approve", payment.pk)).status_code == 403
    client.force_login(fund(Role.COMPENSATION_CLERK))
    assert client.get(to("start")).status_code == 403
