"""Two workers at the money of one claim, each on a connection of its own: nothing is paid twice."""

from decimal import Decimal

import pytest

from compensation.models import LedgerEntry, Payment, PaymentBatch, PaymentLine
from compensation.services import paying, transferring
from crm_portal.errors import Code
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.money import PAY_AT, decided, rates
from tests.inquiries.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def treasurer():
    rates()
    return fund(Role.COMPENSATION_PAYMENTS)


@pytest.mark.req("CMP-8.5.1-d")
def test_of_two_sheets_of_one_determination_one_is_made(treasurer):
    claim = decided()
    arguments = {"claim_id": claim.pk, "by": treasurer, "at": PAY_AT}
    results = at_once(lambda: paying.prepare(**arguments), lambda: paying.prepare(**arguments))
    assert Code.DUPLICATE in results
    assert Payment.objects.count() == 1


@pytest.mark.req("CMP-8.4.3-d")
def test_of_two_approvals_one_enters_the_ledger(treasurer):
    payment = paying.prepare(claim_id=decided().pk, by=treasurer, at=PAY_AT)
    arguments = {"payment_id": payment.pk, "by": treasurer, "at": PAY_AT}
    at_once(lambda: paying.approve(**arguments), lambda: paying.approve(**arguments))
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0
    assert LedgerEntry.objects.filter(kind="PAYMENT").count() == 1


@pytest.mark.req("CMP-8.5.1-d")
def test_two_exports_share_no_payment(treasurer):
    for _ in range(6):
        payment = paying.prepare(claim_id=decided().pk, by=treasurer, at=PAY_AT)
        paying.approve(payment_id=payment.pk, by=treasurer, at=PAY_AT)
    at_once(*[lambda: transferring.export(by=treasurer, at=PAY_AT)] * 2)
    lines = PaymentLine.objects.values_list("payment_id", flat=True)
    assert len(lines) == len(set(lines)) == 6
    assert sum(PaymentBatch.objects.values_list("total", flat=True)) == 6 * Decimal(174_678)


@pytest.mark.req("CMP-8.5.1-d")
def test_one_answer_of_the_bank_taken_twice_at_once_counts_once(treasurer):
    payment = paying.prepare(claim_id=decided().pk, by=treasurer, at=PAY_AT)
    paying.approve(payment_id=payment.pk, by=treasurer, at=PAY_AT)
    line = transferring.export(by=treasurer, at=PAY_AT).lines.get()
    content = f"{line.reference},{line.amount},R,2024-05-07,closed".encode()
    results = at_once(*[lambda: transferring.import_settlement(content=content, by=treasurer, at=PAY_AT)] * 2)
    assert sorted(report.returned for report in results) == [0, 1]
    assert LedgerEntry.objects.filter(kind="BANK_RETURN").count() == 1
