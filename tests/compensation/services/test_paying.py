"""Payment sheets of a claim: what they say, what they enter in the ledger, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from compensation.models import AdvanceProposal, Claim, LedgerEntry, Payment, WithholdingCertificate
from compensation.rules.codes import AdvanceState, ClaimState, OverpaymentState, PaymentState
from compensation.rules.ledger import EntryKind
from compensation.rules.reasons import Reason
from compensation.selectors.money import ledger_of
from compensation.services import overpaying, owing, paying
from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.money import PAY_AT, account, decide, decided, rates

pytestmark = pytest.mark.django_db
WORDS = "נימוק כתוב שאורכו מספיק לפי ההוראה"
NEXT_DAY = PAY_AT + timedelta(days=1)


@pytest.fixture
def treasurer():
    return fund(Role.COMPENSATION_PAYMENTS)


@pytest.fixture
def claim():
    rates()
    return decided()


def prepared(claim, treasurer, at=PAY_AT):
    return paying.prepare(claim_id=claim.pk, by=treasurer, at=at)


def paid(claim, treasurer, at=PAY_AT):
    payment = prepared(claim, treasurer, at)
    payment = paying.approve(payment_id=payment.pk, by=treasurer, at=at)
    if payment.state == PaymentState.APPROVED.value:
        paying.settle(payment, Claim.objects.get(pk=claim.pk), by=treasurer, at=at)
    return payment


def advance(claim, treasurer, amount, key="advance:1", at=PAY_AT - timedelta(days=90)):
    payment = paying.prepare_advance(
        claimant=claim.claimant, claim_id=claim.pk, key=key, amount=Decimal(amount), by=treasurer, at=at
    )
    return paying.approve(payment_id=payment.pk, by=treasurer, at=at)


def debt(claim, treasurer, amount):
    return owing.record_debt(
        claimant_id=claim.claimant_id, tax="מע\"מ", reference=f"D{amount}", amount=Decimal(amount),
        since_on=date(2024, 1, 1), by=treasurer, at=PAY_AT,
    )  # fmt: skip


def lien(claim, treasurer, amount, served_on=date(2024, 2, 1)):
    return owing.record_lien(
        claimant_id=claim.claimant_id, creditor="נושה", authority="הוצאה לפועל", reference=f"L{amount}",
        amount=Decimal(amount), served_on=served_on, bank="10", bank_branch="800", bank_account="77", by=treasurer,
        at=PAY_AT,
    )  # fmt: skip


def refused(command, **arguments):
    with pytest.raises(Refused) as found:
        command(**arguments)
    return found.value.code


@pytest.mark.req("CMP-8.5.1-a")
def test_a_sheet_has_its_lines_in_the_order_of_the_law_and_sums_to_its_gross(claim, treasurer):
    advance(claim, treasurer, 100_000)
    debt(claim, treasurer, 10_000)
    lien(claim, treasurer, 5_000)

    sheet = prepared(claim, treasurer)

    assert (sheet.gross, sheet.withholding_total, sheet.tax_debt, sheet.liens, sheet.advance_set_off, sheet.net) == (
        218_348, 43_670, 10_000, 5_000, 80_000, 79_678,
    )  # fmt: skip
    assert [(one.kind, one.amount) for one in sheet.deductions.order_by("pk")] == [
        ("TAX_DEBT", 10_000),
        ("LIEN", 5_000),
    ]


@pytest.mark.req("CMP-8.5.1-b")
def test_the_database_keeps_a_sheet_that_does_not_add_up_out(claim, treasurer):
    sheet = prepared(claim, treasurer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=sheet.pk).update(net=sheet.net + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=sheet.pk).update(net=-1, gross=sheet.withholding_total - 1)


@pytest.mark.req("CMP-8.4.7-a")
def test_linkage_and_interest_run_from_the_filing_and_for_an_advance_to_its_own_day(treasurer):
    rates(index="100", now="102", rate="0.0365")
    claim = decided(218_348)
    advance(claim, treasurer, 100_000)  # 80 days, before the new index

    sheet = prepared(claim, treasurer)  # 168 days

    first = Decimal(100_000) * Decimal("0.0365") * 78 / 365
    rest = Decimal(118_348) * (Decimal("1.02") * (1 + Decimal("0.0365") * 168 / 365) - 1)
    assert sheet.linkage_and_interest == round(first + rest)
    assert [(row["amount"], row["from"], row["until"]) for row in sheet.tranches] == [
        ("100000", "2023-11-20", "2024-02-06"), ("118348", "2023-11-20", "2024-05-06"),
    ]  # fmt: skip


@pytest.mark.req("CMP-8.4.7-a")
def test_a_filing_before_the_first_index_is_refused_not_guessed(treasurer):
    claim = decided()
    assert refused(prepared, claim=claim, treasurer=treasurer) == Code.INVALID_VALUE
    assert not Payment.objects.exists()


@pytest.mark.req("CMP-8.8.5-a")
@pytest.mark.parametrize(("from_on", "until_on", "withheld"), [(-1, 30, 10_917), (1, 30, 43_670), (-30, -1, 43_670)])
def test_the_rate_is_that_of_the_certificate_of_the_payment_day(claim, treasurer, from_on, until_on, withheld):
    today = PAY_AT.date()
    owing.record_certificate(
        claimant_id=claim.claimant_id, rate=Decimal("0.05"), valid_from=today + timedelta(days=from_on),
        valid_until=today + timedelta(days=until_on), by=treasurer, at=PAY_AT,
    )  # fmt: skip
    assert prepared(claim, treasurer).withheld_now == withheld


@pytest.mark.req("CMP-8.8.4-a")
def test_whoever_is_exempt_has_nothing_withheld(claim, treasurer):
    owing.record_certificate(
        claimant_id=claim.claimant_id, rate=Decimal(0), valid_from=date(2024, 1, 1), valid_until=date(2024, 12, 31),
        by=treasurer, at=PAY_AT,
    )  # fmt: skip
    assert prepared(claim, treasurer).net == 218_348


@pytest.mark.req("CMP-8.8.1-a")
def test_a_debt_is_deducted_unless_the_manager_decided_otherwise_with_reasons(claim, treasurer):
    manager, owed = fund(Role.COMPENSATION_MANAGER), debt(claim, treasurer, 10_000)
    assert refused(owing.waive_debt, debt_id=owed.pk, reason="קצר", by=manager, at=PAY_AT) == (
        Reason.GEN_REASONS_REQUIRED
    )
    assert prepared(claim, treasurer).tax_debt == 10_000

    owing.waive_debt(debt_id=owed.pk, reason=WORDS, by=manager, at=PAY_AT)
    renewed = paying.renew(payment_id=Payment.objects.get().pk, by=treasurer, at=PAY_AT)

    assert (renewed.tax_debt, renewed.deductions.count()) == (0, 0)


@pytest.mark.req("CMP-8.8.2-a")
def test_liens_are_satisfied_in_the_order_of_their_service_and_only_once(claim, treasurer):
    later = lien(claim, treasurer, 150_000, served_on=date(2024, 3, 1))
    first = lien(claim, treasurer, 100_000, served_on=date(2024, 2, 1))
    released = lien(claim, treasurer, 7, served_on=date(2024, 1, 1))
    owing.release_lien(lien_id=released.pk, released_on=date(2024, 4, 1), by=treasurer, at=PAY_AT)

    payment = paid(claim, treasurer)

    assert [(one.lien, one.amount) for one in payment.deductions.order_by("pk")] == [(first, 100_000), (later, 74_678)]
    decide(claim, 318_348, state=ClaimState.APPROVED)
    second = prepared(claim, treasurer, NEXT_DAY)
    assert [(one.lien, one.amount) for one in second.deductions.all()] == [(later, 75_322)]


@pytest.mark.req("CMP-8.4.3-d")
def test_an_approved_sheet_is_entered_and_pays_the_claim_when_it_is_settled(claim, treasurer):
    payment = paying.approve(payment_id=prepared(claim, treasurer).pk, by=treasurer, at=PAY_AT)
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.APPROVED.value
    assert ledger_of(claim).balance == 0

    paying.settle(payment, Claim.objects.get(pk=claim.pk), by=treasurer, at=PAY_AT)

    assert Claim.objects.get(pk=claim.pk).state == ClaimState.PAID.value
    closed = paying.close(claim_id=claim.pk, by=treasurer, at=NEXT_DAY)
    assert closed.state == ClaimState.CLOSED.value
    assert AuditEvent.objects.filter(action="payment.approve").exists()


@pytest.mark.req("CMP-8.4.3-d")
@pytest.mark.parametrize("state", [ClaimState.PENDING_APPROVAL, ClaimState.REJECTED, ClaimState.WITHDRAWN])
def test_only_a_determination_in_favour_has_a_sheet(treasurer, state):
    rates()
    claim = decided(state=state)
    assert refused(prepared, claim=claim, treasurer=treasurer) == Reason.GEN_BAD_TRANSITION


def test_a_determination_is_paid_once(claim, treasurer):
    paid(claim, treasurer)
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.APPROVED.value)
    assert refused(prepared, claim=claim, treasurer=treasurer) == Code.DUPLICATE
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(**{**Payment.objects.values().get(), "id": None, "kind": "ADVANCE"})


def test_a_sheet_of_another_day_or_with_other_deductions_is_reckoned_anew_before_approval(claim, treasurer):
    payment = prepared(claim, treasurer)
    assert refused(paying.approve, payment_id=payment.pk, by=treasurer, at=NEXT_DAY) == Code.STALE_VERSION
    lien(claim, treasurer, 5_000)
    assert refused(paying.approve, payment_id=payment.pk, by=treasurer, at=PAY_AT) == Code.STALE_VERSION
    paying.renew(payment_id=payment.pk, by=treasurer, at=NEXT_DAY)
    assert paying.approve(payment_id=payment.pk, by=treasurer, at=NEXT_DAY).liens == 5_000


def test_nobody_is_paid_without_a_bank_account(claim, treasurer):
    claim.claimant.bank_account = ""
    claim.claimant.save()
    payment = prepared(claim, treasurer)
    assert refused(paying.approve, payment_id=payment.pk, by=treasurer, at=PAY_AT) == Code.FIELD_REQUIRED
    assert not LedgerEntry.objects.exists()


def test_a_cancelled_payment_leaves_the_ledger_as_it_was_and_makes_room_for_another(claim, treasurer):
    payment = paying.approve(payment_id=prepared(claim, treasurer).pk, by=treasurer, at=PAY_AT)
    cancelled = {"payment_id": payment.pk, "by": treasurer, "at": PAY_AT}
    assert refused(paying.cancel, reason="קצר", **cancelled) == Reason.GEN_REASONS_REQUIRED

    paying.cancel(reason=WORDS, **cancelled)

    assert ledger_of(claim).balance == ledger_of(claim).due == 0
    assert prepared(claim, treasurer).net == payment.net


@pytest.mark.req("CMP-8.4.6-a")
def test_an_advance_is_set_off_net_and_its_tax_credited(claim, treasurer):
    advance(claim, treasurer, 131_009)
    payment = paid(claim, treasurer)
    assert (payment.withholding_total, payment.withheld_now, payment.advance_set_off) == (43_670, 17_468, 104_807)
    assert ledger_of(claim).balance == 0


@pytest.mark.req("CMP-7.3.7-a")
def test_an_advance_before_the_claim_is_set_off_from_it(claim, treasurer):
    payment = paying.prepare_advance(
        claimant=claim.claimant, claim_id=None, key="advance:9", amount=Decimal(50_000), by=treasurer,
        at=PAY_AT - timedelta(days=170),
    )  # fmt: skip
    paying.approve(payment_id=payment.pk, by=treasurer, at=PAY_AT - timedelta(days=170))

    sheet = prepared(claim, treasurer)

    assert sheet.advance_set_off == 40_000
    payment.refresh_from_db()
    assert payment.claim == claim
    assert ledger_of(claim).total(EntryKind.ADVANCE) == -40_000


@pytest.mark.req("CMP-8.4.3-c")
def test_an_advance_is_paid_when_its_transfer_is_settled(claim, treasurer):
    payment = advance(claim, treasurer, 50_000)
    proposal = AdvanceProposal.objects.create(
        claim=claim, kind="DAY_21_60", state=AdvanceState.CONFIRMED.value, share=Decimal("0.6"),
        provisional_amount=218_348, base=218_348, paid_before=0, amount=50_000, proposed_at=PAY_AT,
        decided_by=fund(Role.COMPENSATION_MANAGER), decided_at=PAY_AT, payment=payment,
    )  # fmt: skip

    paying.settle(payment, claim, by=treasurer, at=PAY_AT)

    proposal.refresh_from_db()
    assert proposal.state == AdvanceState.PAID.value
    assert Claim.objects.get(pk=claim.pk).state == claim.state  # an advance decides nothing


def test_an_advance_that_nobody_approved_lapses_with_the_determination(claim, treasurer):
    waiting = paying.prepare_advance(
        claimant=claim.claimant, claim_id=claim.pk, key="advance:9", amount=Decimal(50_000), by=treasurer, at=PAY_AT
    )
    assert prepared(claim, treasurer).advance_set_off == 0
    waiting.refresh_from_db()
    assert waiting.state == PaymentState.CANCELLED.value


@pytest.mark.req("CMP-8.6.1-a")
def test_advances_above_the_compensation_are_demanded_gross_and_the_claim_is_paid_with_its_sheet(treasurer):
    rates()
    claim = decided(100_000)
    advance(claim, treasurer, 140_000)

    payment = paid(claim, treasurer)

    demand = claim.overpayments.get()
    assert (payment.net, payment.overpayment, demand.amount) == (0, 40_000, 40_000)
    assert (demand.served_on, demand.due_on) == (date(2024, 5, 6), date(2024, 8, 4))
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.PAID.value
    assert demand.notice.kind == "DEMAND"


@pytest.mark.req("CMP-8.6.3-a")
def test_a_raised_determination_pays_the_difference_with_interest_since_the_filing(treasurer):
    rates(rate="0.0365")
    claim = decided(100_000)
    paid(claim, treasurer)
    decide(claim, 150_000, state=ClaimState.APPROVED)

    second = prepared(claim, treasurer, NEXT_DAY)

    interest = [
        round(Decimal(amount) * Decimal("0.0365") * days / 365) for amount, days in ((100_000, 168), (50_000, 169))
    ]
    assert second.linkage_and_interest == sum(interest)
    assert second.gross - second.withholding_total - second.advance_set_off == second.net
    assert second.withheld_now == round((50_000 + interest[1]) * Decimal("0.2"))


@pytest.mark.req("CMP-8.6.1-a")
def test_a_lowered_determination_demands_the_difference_and_a_later_one_lifts_it(claim, treasurer):
    paid(claim, treasurer)
    decide(claim, 200_000, state=ClaimState.PARTIALLY_APPROVED)
    paid(claim, treasurer, NEXT_DAY)
    demand = claim.overpayments.get()
    assert demand.amount == 18_348

    decide(claim, 218_348, state=ClaimState.APPROVED)
    payment = paid(claim, treasurer, NEXT_DAY)

    demand.refresh_from_db()
    assert (demand.state, payment.net, ledger_of(claim).balance) == (OverpaymentState.CANCELLED.value, 0, 0)


@pytest.mark.req("CMP-8.6.1-a")
def test_what_was_returned_is_paid_again_when_the_determination_is_raised(claim, treasurer):
    paid(claim, treasurer)
    decide(claim, 200_000, state=ClaimState.PARTIALLY_APPROVED)
    paid(claim, treasurer, NEXT_DAY)
    overpaying.record_return(
        overpayment_id=claim.overpayments.get().pk, amount=Decimal(18_348), received_on=date(2024, 5, 7),
        reference="R1", by=treasurer, at=NEXT_DAY,
    )  # fmt: skip
    decide(claim, 218_348, state=ClaimState.APPROVED)

    payment = paid(claim, treasurer, NEXT_DAY)

    assert payment.withheld_now + payment.net == 18_348
    assert ledger_of(claim).balance == 0


@pytest.mark.req("CMP-8.5.1-a")
def test_the_ledger_is_only_added_to(claim, treasurer):
    paid(claim, treasurer)
    for change in (lambda rows: rows.update(amount=1), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(LedgerEntry.objects.all())


@pytest.mark.req("CMP-8.8.5-a")
def test_the_latest_certificate_of_several_counts(claim, treasurer):
    for place, rate in enumerate(("0.10", "0.05")):
        WithholdingCertificate.objects.create(
            customer=claim.claimant.customer, rate=Decimal(rate), valid_from=date(2024, 1, 1),
            valid_until=date(2024, 12, 31), recorded_at=PAY_AT + timedelta(minutes=place),
        )  # fmt: skip
    assert prepared(claim, treasurer).withholding_rate == Decimal("0.05")


def test_another_claimants_debts_and_payments_are_not_mine(claim, treasurer):
    other = account(decided())
    debt(other, treasurer, 10_000)
    advance(other, treasurer, 50_000)
    sheet = prepared(claim, treasurer)
    assert (sheet.tax_debt, sheet.advance_set_off) == (0, 0)
