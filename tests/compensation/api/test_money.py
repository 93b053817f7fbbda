"""Payments, what is deducted from them and what is owed back, over the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compensation.models import Lien, Payment, TaxDebt, WithholdingCertificate
from compensation.rules.codes import ClaimState
from crm_portal.people.rules.roles import Role
from tests.compensation.api.asking import get, post, said
from tests.compensation.conftest import fresh
from tests.factories.compensation import fund
from tests.factories.money import decide, decided, rates

pytestmark = pytest.mark.django_db
REASON = "הסכום שולם בטעות לחשבון אחר"


@pytest.fixture
def treasurer(db):
    return fund(Role.COMPENSATION_PAYMENTS)


@pytest.fixture
def claim(db):
    rates()
    return decided()


@pytest.fixture
def debt(claim):
    return {
        "claimant": claim.claimant_id, "tax": "מס הכנסה", "reference": "2022-1", "amount": "1000",
        "since_on": "2024-01-01",
    }  # fmt: skip


@pytest.mark.req("CMP-8.5.1-d")
def test_the_treasurer_makes_a_sheet_and_pays_it(client, claim, treasurer):
    made = post(client, treasurer, "payments", claim=claim.number)
    paid = post(client, treasurer, "pay", made.json()["id"])

    assert (made.status_code, made.json()["state"], made.json()["approved"]) == (201, "PREPARED", "218348")
    assert (paid.status_code, paid.json()["state"]) == (200, "APPROVED")
    assert [row["id"] for row in get(client, treasurer, "payments", claim=claim.number).json()["results"]] == [
        made.json()["id"]
    ]
    assert get(client, treasurer, "payment", made.json()["id"]).json()["net"] == paid.json()["net"]
    again = post(client, treasurer, "payments", claim=claim.number)
    assert (again.status_code, again.json()["code"]) == (409, "DUPLICATE")


@pytest.mark.req("CMP-8.5.1-d")
def test_a_payment_is_cancelled_with_reasons(client, claim, treasurer):
    made = post(client, treasurer, "payments", claim=claim.number).json()["id"]

    assert post(client, treasurer, "cancel_payment", made, reason="טעות").json()["code"] == "GEN_REASONS_REQUIRED"
    answer = post(client, treasurer, "cancel_payment", made, reason=REASON)

    assert (answer.json()["state"], answer.json()["reason"]) == ("CANCELLED", REASON)


@pytest.mark.req("CMP-8.5.1-d")
def test_debts_liens_and_certificates_recorded_here_stand_on_the_sheet(client, claim, debt, treasurer):
    lien = {
        "claimant": claim.claimant_id, "creditor": "בנק הדרום", "authority": "הוצאה לפועל", "reference": "77-1",
        "amount": "500", "served_on": "2024-01-01", "bank": "12", "bank_branch": "600", "bank_account": "9",
    }  # fmt: skip
    today = timezone.localdate()
    certificate = {
        "claimant": claim.claimant_id, "rate": "0.0000", "valid_from": "2024-01-01",
        "valid_until": (today + timedelta(days=9)).isoformat(),
    }  # fmt: skip

    answers = [
        post(client, treasurer, "tax_debts", **debt),
        post(client, treasurer, "liens", **lien),
        post(client, treasurer, "certificates", **certificate),
    ]
    sheet = post(client, treasurer, "payments", claim=claim.number).json()

    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert (sheet["tax_debt"], sheet["liens"], sheet["withheld_now"], sheet["net"]) == ("1000", "500", "0", "216848")


@pytest.mark.req("CMP-8.5.1-d")
def test_a_debt_is_closed_or_waived_and_a_lien_released(client, claim, debt, treasurer, manager):
    first = post(client, treasurer, "tax_debts", **debt).json()["id"]
    second = post(client, treasurer, "tax_debts", **{**debt, "reference": "2022-2"}).json()["id"]
    lien = Lien.objects.create(
        claimant=claim.claimant, creditor="ב", authority="ה", reference="1", amount=5, served_on="2024-01-01",
        bank="1", bank_branch="1", bank_account="1", recorded_by=treasurer, recorded_at=timezone.now(),
    )  # fmt: skip

    closed = post(client, treasurer, "close_debt", first, closed_on="2024-02-01").json()
    waived = post(client, manager, "waive_debt", second, reason=REASON).json()
    released = post(client, treasurer, "release_lien", lien.pk, released_on="2024-02-01").json()

    assert (closed["closed_on"], waived["waiver_reason"], released["released_on"]) == (
        "2024-02-01",
        REASON,
        "2024-02-01",
    )
    assert post(client, treasurer, "waive_debt", second, reason=REASON).status_code == 403
    assert post(client, treasurer, "release_lien", 999_999, released_on="2024-02-01").status_code == 404


@pytest.mark.req("CMP-8.5.1-d")
def test_what_was_paid_too_much_is_demanded_back_and_its_return_recorded(client, claim, treasurer):
    made = post(client, treasurer, "payments", claim=claim.number).json()["id"]
    post(client, treasurer, "pay", made)
    Payment.objects.filter(pk=made).update(state="SETTLED", settled_on=timezone.localdate())
    decide(fresh(claim), 0, state=ClaimState.REJECTED)

    demanded = post(client, treasurer, "overpayments", claim=claim.number)
    today = timezone.localdate().isoformat()
    returned = post(
        client, treasurer, "record_return", demanded.json()["id"], amount="1000", received_on=today, reference="R-1"
    )

    assert (demanded.status_code, demanded.json()["state"], demanded.json()["amount"]) == (201, "DEMANDED", "218348")
    assert returned.json()["returned"] == "1000"
    listed = get(client, treasurer, "overpayments", state="DEMANDED").json()["results"]
    assert [(row["claim"], row["returned"]) for row in listed] == [(claim.number, "1000")]


@pytest.mark.req("CMP-8.5.1-d")
@pytest.mark.parametrize("who", ["clerk", "manager", "auditor", "stranger"])
@pytest.mark.parametrize("name", ["payments", "tax_debts", "liens", "certificates", "overpayments"])
def test_only_the_treasurer_records_and_pays(client, request, debt, claim, who, name):
    answer = post(client, request.getfixturevalue(who), name, claim=claim.number, **debt)

    assert answer.status_code == 403
    assert not any(model.objects.exists() for model in (Payment, TaxDebt, Lien, WithholdingCertificate))


@pytest.mark.parametrize("who", ["clerk", "stranger"])
def test_payments_are_read_by_the_treasurer_the_manager_and_the_auditor(client, request, claim, manager, auditor, who):
    for name in ("payments", "tax_debts", "liens", "overpayments"):
        assert get(client, request.getfixturevalue(who), name).status_code == 403
        assert get(client, manager, name).status_code == get(client, auditor, name).status_code == 200


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"claimant": 999_999}, ("INVALID_VALUE", "claimant")),
        ({"amount": "0"}, ("INVALID_VALUE", "amount")),
        ({"tax": ""}, ("FIELD_REQUIRED", "tax")),
        ({"since_on": "2999-01-01"}, ("INVALID_VALUE", "since_on")),
    ],
    ids=["nobody", "nothing", "no tax", "to come"],
)
def test_a_debt_that_cannot_be_is_refused_at_its_field(client, debt, treasurer, change, expected):
    answer = post(client, treasurer, "tax_debts", **{**debt, **change})

    assert (answer.status_code, said(answer)) == (400, [expected])
    assert not TaxDebt.objects.exists()


def test_a_claim_that_is_not_there_has_no_sheet(client, treasurer):
    assert said(post(client, treasurer, "payments", claim="NA-0")) == [("INVALID_VALUE", "claim")]
    assert said(get(client, treasurer, "payments", after="x")) == [("INVALID_VALUE", "after")]


def test_the_lists_go_on_and_ask_no_more_for_many(client, claim, treasurer):
    def add(count):
        for _one in range(count):
            TaxDebt.objects.create(
                claimant=claim.claimant, tax="מע״מ", reference=f"{TaxDebt.objects.count()}", amount=1,
                since_on="2024-01-01", recorded_by=treasurer, recorded_at=timezone.now(),
            )  # fmt: skip

    def queries():
        with CaptureQueriesContext(connection) as captured:
            get(client, treasurer, "tax_debts")
        return len(captured)

    add(1)
    queries()
    few = queries()
    add(26)
    assert queries() == few

    first = get(client, treasurer, "tax_debts", claimant=claim.claimant_id).json()
    rest = client.get(first["next"]).json()
    assert [row["reference"] for page in (first, rest) for row in page["results"]] == [
        str(place) for place in range(26, -1, -1)
    ]
    assert rest["next"] is None
