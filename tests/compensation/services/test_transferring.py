"""The bank's files: what goes out once, and what its answer does."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from compensation.models import Claim, Payment, PaymentBatch, PaymentLine
from compensation.rules.bank_files import Fault
from compensation.rules.codes import ClaimState, PaymentState
from compensation.rules.reasons import Reason
from compensation.selectors.batches import file_of
from compensation.selectors.money import ledger_of
from compensation.services import owing, paying, transferring
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.money import PAY_AT, decided, rates

pytestmark = pytest.mark.django_db
WORDS = "נימוק כתוב שאורכו מספיק לפי ההוראה"


@pytest.fixture
def treasurer():
    return fund(Role.COMPENSATION_PAYMENTS)


def approved(treasurer, amount=100_000):
    claim = decided(amount)
    payment = paying.prepare(claim_id=claim.pk, by=treasurer, at=PAY_AT)
    return paying.approve(payment_id=payment.pk, by=treasurer, at=PAY_AT)


@pytest.fixture
def batch(treasurer) -> PaymentBatch:
    """Two payments, one of which pays a creditor too."""
    rates()
    approved(treasurer)
    claim = decided(50_000)
    owing.record_lien(
        claimant_id=claim.claimant_id, creditor="נושה, בע\"מ", authority="הוצאה לפועל", reference="77",
        amount=Decimal(10_000), served_on=date(2024, 2, 1), bank="10", bank_branch="800", bank_account="7700",
        by=treasurer, at=PAY_AT,
    )  # fmt: skip
    payment = paying.prepare(claim_id=claim.pk, by=treasurer, at=PAY_AT)
    paying.approve(payment_id=payment.pk, by=treasurer, at=PAY_AT)
    return transferring.export(by=treasurer, at=PAY_AT)


def answer(*lines, result="S", reason=""):
    rows = [f"{line.reference},{line.amount}.00,{result},2024-05-07,{reason}" for line in lines]
    return "\r\n".join(["reference,amount,result,date,reason", *rows]).encode()


def take(content, treasurer):
    return transferring.import_settlement(content=content, by=treasurer, at=PAY_AT)


@pytest.mark.req("CMP-8.5.1-d")
def test_a_file_has_a_line_for_each_payee_and_control_totals(batch):
    first, second, creditor = batch.lines.order_by("place")
    numbers = list(Payment.objects.order_by("pk").values_list("claim__number", flat=True))
    payees = [" ".join(line.payee.split()) for line in (first, second)]
    assert file_of(batch).decode().split("\r\n") == [
        f"H,1,{batch.reference},2024-05-06,ILS",
        f"T,{batch.reference}-00001,12,600,123456,{payees[0]},80000.00,{numbers[0]}",
        f"T,{batch.reference}-00002,12,600,123456,{payees[1]},30000.00,{numbers[1]}",
        f'T,{creditor.reference},10,800,7700,"נושה, בע""מ",10000.00,{numbers[1]}',
        "C,3,120000.00,254612",
        "",
    ]


@pytest.mark.req("CMP-8.5.1-d")
def test_the_same_batch_is_the_same_bytes_and_a_payment_is_in_one_batch_only(batch, treasurer):
    before = file_of(batch)
    for line in batch.lines.all():
        line.payment.claimant.bank_account = "999"
        line.payment.claimant.save()
    assert file_of(PaymentBatch.objects.get()) == before
    with pytest.raises(Refused) as refused:
        transferring.export(by=treasurer, at=PAY_AT)
    assert refused.value.code == Code.FIELD_REQUIRED
    line = batch.lines.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentLine.objects.create(
            batch=batch, place=9, payment=line.payment, payee="x", bank="1", bank_branch="1", bank_account="1", amount=1
        )


@pytest.mark.req("CMP-8.4.3-d")
def test_a_claim_is_paid_when_every_transfer_of_its_payment_is_settled(batch, treasurer):
    first, second, creditor = batch.lines.order_by("place")
    report = take(answer(first, second), treasurer)
    assert (report.settled, report.returned, report.faults) == (2, 0, [])
    states = {line: Claim.objects.get(pk=line.payment.claim_id).state for line in (first, second)}
    assert states == {first: ClaimState.PAID.value, second: ClaimState.APPROVED.value}

    take(answer(creditor), treasurer)

    assert Claim.objects.get(pk=second.payment.claim_id).state == ClaimState.PAID.value


@pytest.mark.req("CMP-8.5.1-d")
def test_an_answer_that_comes_twice_counts_once(batch, treasurer):
    first = batch.lines.first()
    content = answer(first, first, result="R", reason="חשבון סגור")
    report = take(content, treasurer)
    assert (report.returned, report.known) == (1, 1)
    again = take(content, treasurer)
    assert (again.returned, again.known) == (0, 2)
    assert ledger_of(first.payment.claim).balance == 80_000


def test_a_returned_payment_goes_out_again_to_the_new_account_and_the_ledger_balances(batch, treasurer):
    first = batch.lines.first()
    take(answer(first, result="R", reason="חשבון סגור"), treasurer)
    payment = Payment.objects.get(pk=first.payment_id)
    assert (payment.state, payment.reason) == (PaymentState.RETURNED.value, "חשבון סגור")
    payment.claimant.bank_account = "424242"
    payment.claimant.save()

    paying.prepare_again(payment_id=payment.pk, by=treasurer, at=PAY_AT)
    paying.approve(payment_id=payment.pk, by=treasurer, at=PAY_AT)
    second = transferring.export(by=treasurer, at=PAY_AT)

    line = second.lines.get()
    assert (line.bank_account, line.amount) == ("424242", first.amount)
    take(answer(line), treasurer)
    assert ledger_of(payment.claim).balance == 0
    assert Claim.objects.get(pk=payment.claim_id).state == ClaimState.PAID.value


def test_a_returned_payment_can_be_cancelled_and_its_tax_and_set_off_with_it(batch, treasurer):
    first = batch.lines.first()
    with pytest.raises(Refused) as refused:
        paying.cancel(payment_id=first.payment_id, reason=WORDS, by=treasurer, at=PAY_AT)
    assert refused.value.code == Reason.GEN_BAD_TRANSITION
    take(answer(first, result="R", reason="חשבון סגור"), treasurer)

    paying.cancel(payment_id=first.payment_id, reason=WORDS, by=treasurer, at=PAY_AT)

    assert ledger_of(first.payment.claim).balance == ledger_of(first.payment.claim).due == 0


@pytest.mark.req("CMP-8.5.1-d")
def test_what_cannot_be_taken_is_reported_by_its_line_and_the_rest_goes_on(batch, treasurer):
    first, second, creditor = batch.lines.order_by("place")
    take(answer(creditor, result="R", reason="x"), treasurer)
    rows = [
        "reference,amount,result,date,reason",
        "B999999-00001,5.00,S,2024-05-07,",
        f"{first.reference},1.00,S,2024-05-07,",
        f"{creditor.reference},{creditor.amount}.00,S,2024-05-07,",
        f"{second.reference},{second.amount}.00,X,2024-05-07,",
        "nonsense",
        "",
        f"{second.reference},{second.amount}.00,S,2024-13-07,",
        f"{first.reference},{first.amount}.00,S,2024-05-07,",
    ]

    report = take("\n".join(rows).encode("utf-8-sig"), treasurer)

    assert report.settled == 1
    assert report.faults == [
        (2, Fault.UNKNOWN), (3, Fault.OTHER_AMOUNT), (4, Fault.CONTRADICTS), (5, Fault.UNREADABLE),
        (6, Fault.UNREADABLE), (8, Fault.UNREADABLE),
    ]  # fmt: skip


def test_the_bank_may_return_a_transfer_after_it_was_settled(batch, treasurer):
    first = batch.lines.first()
    take(answer(first), treasurer)
    take(answer(first, result="R", reason="חשבון סגור"), treasurer)
    payment = Payment.objects.get(pk=first.payment_id)
    assert (payment.state, payment.settled_on) == (PaymentState.RETURNED.value, None)
    assert ledger_of(payment.claim).balance == first.amount


def test_bytes_that_are_no_text_are_reported(treasurer):
    report = take(b"\xff\xfe\x00,1\n", treasurer)
    assert [fault for _, fault in report.faults] == [Fault.UNREADABLE]
