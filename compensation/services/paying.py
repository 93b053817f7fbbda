"""
Prepare, approve and cancel a payment (clause 8.5.1).

A sheet is reckoned on the day of payment, approved by the treasurer, and enters the ledger with the approval. What
the bank does with it is in `transferring`.
"""

from datetime import datetime
from decimal import Decimal

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import AdvanceProposal, AdvanceRequest, Claim, Claimant, Deduction, Payment
from ..rules import ledger
from ..rules.codes import TO_BE_PAID, AdvanceState, ClaimState, DeductionKind, PaymentKind, PaymentState
from ..rules.gaps import is_reasoned
from ..rules.ledger import Entry, EntryKind
from ..rules.machines import Actor
from ..rules.money_states import PAYMENT, PaymentGuard
from ..rules.reasons import Reason
from ..rules.rounding import to_shekel
from ..rules.states import Guard
from ..selectors.money import Reckoned, ledger_of, sheet_of, withholding_rate
from . import bookkeeping, moving, overpaying


@command("payment.prepare")
def prepare(*, claim_id: int, by: User | None, at: datetime) -> Payment:
    """
    Make the payment sheet of a claim's latest determination, as of today (CMP-8.5.1-a).

    :raises Refused: GEN_BAD_TRANSITION when nothing is to be paid, DUPLICATE when it has its sheet, INVALID_VALUE when
        the tables of linkage and interest do not reach back to the filing
    """
    claim = moving.lock(claim_id)
    decision = claim.decisions.order_by("version").last()
    is_to_be_paid = decision is not None and ClaimState(claim.state) in TO_BE_PAID
    row = PAYMENT.leading(None, PaymentState.PREPARED, Actor.PAYMENTS)
    refuse_if(PAYMENT.refusals(row, {PaymentGuard.TO_BE_PAID: is_to_be_paid}))
    assert decision is not None  # noqa: S101 - else it was refused
    key = f"decision:{decision.pk}"
    if Payment.objects.valid().filter(key=key).exists() or _is_under_way(claim):
        raise refuse(Code.DUPLICATE, clause="CMP-8.5.1-a")
    _attach_advances(claim, by=by, at=at)
    reckoned = _reckon(claim, decision.amount, at)
    payment = Payment(
        claimant=claim.claimant, claim=claim, decision=decision, kind=PaymentKind.DECISION.value, key=key,
        prepared_by=by, prepared_at=at,
    )  # fmt: skip
    _fill(payment, reckoned)
    record("payment.prepare", by=by, at=at, target=claim, after=_told(payment))
    return payment


@command("payment.prepare_advance")
def prepare_advance(
    *, claimant: Claimant, claim_id: int | None, key: str, amount: Decimal, by: User | None, at: datetime
) -> Payment:
    """
    Make the sheet of a confirmed advance: tax is withheld at the rate of its own day, and nothing else (CMP-8.8.5-b).

    :raises Refused: DUPLICATE when the advance has its payment
    """
    claim = moving.lock(claim_id) if claim_id is not None else None
    if Payment.objects.valid().filter(key=key).exists():
        raise refuse(Code.DUPLICATE, clause="CMP-8.4.3-c")
    today = day_of(at)
    rate = withholding_rate(claimant, today)
    withheld = to_shekel(amount * rate)
    payment = Payment.objects.create(
        claimant=claimant, claim=claim, kind=PaymentKind.ADVANCE.value, key=key, pay_on=today, withholding_rate=rate,
        approved=amount, linkage_and_interest=0, gross=amount, withholding_total=withheld, withheld_now=withheld,
        tax_debt=0, liens=0, advance_set_off=0, net=amount - withheld, overpayment=0, principal=amount,
        prepared_by=by, prepared_at=at,
    )  # fmt: skip
    record("payment.prepare_advance", by=by, at=at, target=claim or claimant, after=_told(payment))
    return payment


@command("payment.renew")
def renew(*, payment_id: int, by: User, at: datetime) -> Payment:
    """
    Reckon a prepared sheet anew, as of today: rates, debts, liens and days as they are now.

    :raises Refused: GEN_BAD_TRANSITION when it was approved already
    """
    payment, claim = lock(payment_id)
    if payment.state != PaymentState.PREPARED.value or payment.approved_at is not None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-8.5.1-a")
    if claim is None or payment.kind == PaymentKind.ADVANCE.value:
        today = day_of(at)
        payment.pay_on, payment.withholding_rate = today, withholding_rate(payment.claimant, today)
        payment.withheld_now = payment.withholding_total = to_shekel(payment.gross * payment.withholding_rate)
        payment.net = payment.gross - payment.withheld_now
        payment.save()
    else:
        reckoned = _reckon(claim, payment.approved, at, besides=payment)
        payment.deductions.all().delete()
        _fill(payment, reckoned)
    record("payment.renew", by=by, at=at, target=claim or payment.claimant, after=_told(payment))
    return payment


@command("payment.approve")
def approve(*, payment_id: int, by: User, at: datetime) -> Payment:
    """
    Approve a sheet for payment, and enter it in the ledger.

    A sheet that leaves nothing to transfer is paid with this, and one that was paid too much is demanded back.

    :raises Refused: STALE_VERSION when today's sheet is another one, FIELD_REQUIRED without a bank account
    """
    payment, claim = lock(payment_id)
    row = PAYMENT.leading(PaymentState(payment.state), PaymentState.APPROVED, Actor.PAYMENTS)
    is_again = payment.approved_at is not None  # the bank returned it; its sheet was entered
    facts = {
        PaymentGuard.SHEET_CURRENT: is_again or _is_current(payment, claim, at),
        PaymentGuard.HAS_ACCOUNT: payment.net == 0 or bool(payment.claimant.bank_account),
    }
    refuse_if(PAYMENT.refusals(row, facts))
    payment.state, payment.approved_by, payment.approved_at = PaymentState.APPROVED.value, by, at
    payment.save(update_fields=["state", "approved_by", "approved_at"])
    if is_again:
        _enter_again(payment, at)
    else:
        _enter(payment, claim, at)
    record("payment.approve", by=by, at=at, target=claim or payment.claimant, after=_told(payment))
    if payment.net == 0 and payment.liens == 0:
        settle(payment, claim, by=by, at=at)
    if claim is not None and payment.kind == PaymentKind.DECISION.value:
        overpaying.demand_what_is_overpaid(claim, payment.decision, by=by, at=at)
    return payment


@command("payment.cancel")
def cancel(*, payment_id: int, reason: str, by: User | None, at: datetime) -> Payment:
    """
    Cancel a payment that no bank has, and take it out of the ledger.

    :raises Refused: GEN_BAD_TRANSITION while it is in a bank's file, GEN_REASONS_REQUIRED without reasons
    """
    payment, claim = lock(payment_id)
    row = PAYMENT.leading(PaymentState(payment.state), PaymentState.CANCELLED, Actor.PAYMENTS)
    kept = payment.lines.exclude(outcome=PaymentState.RETURNED.value)
    facts = {PaymentGuard.IN_NO_BATCH: not kept.exists(), PaymentGuard.REASONED: is_reasoned(reason)}
    refuse_if(PAYMENT.refusals(row, facts))
    bookkeeping.reverse(payment, at=at)
    payment.state, payment.reason = PaymentState.CANCELLED.value, reason.strip()
    payment.save(update_fields=["state", "reason"])
    record("payment.cancel", by=by, at=at, target=claim or payment.claimant, after={**_told(payment), "reason": reason})
    return payment


@command("payment.prepare_again")
def prepare_again(*, payment_id: int, by: User, at: datetime) -> Payment:
    """
    Take up a payment that the bank returned: the same sheet, to the account as it is now.

    :raises Refused: GEN_BAD_TRANSITION when no bank returned it
    """
    payment, claim = lock(payment_id)
    if payment.state != PaymentState.RETURNED.value:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-8.5.1-d")
    payment.state = PaymentState.PREPARED.value
    payment.save(update_fields=["state"])
    record("payment.prepare_again", by=by, at=at, target=claim or payment.claimant, after=_told(payment))
    return payment


@command("payment.close_claim")
def close(*, claim_id: int, by: User | None, at: datetime) -> Claim:
    """
    Close a paid claim in whose ledger nothing is left.

    :raises Refused: GEN_BAD_TRANSITION while it is owed something or owes something
    """
    claim = moving.lock(claim_id)
    if ledger_of(claim).balance != 0 or _is_under_way(claim):
        raise refuse(Reason.GEN_BAD_TRANSITION, "balance", clause="CMP-8.4.3-d")
    moving.move(claim, ClaimState.CLOSED, actor=Actor.PAYMENTS, by=by, at=at)
    return claim


def settle(payment: Payment, claim: Claim | None, *, by: User | None, at: datetime) -> None:
    """A payment reached everybody whom it was for; with it the claim is paid (CMP-8.4.3-d)."""
    payment.state, payment.settled_on = PaymentState.SETTLED.value, day_of(at)
    payment.save(update_fields=["state", "settled_on"])
    for advances in (AdvanceProposal, AdvanceRequest):
        advances.objects.filter(payment=payment).update(state=AdvanceState.PAID.value)
    is_of_determination = payment.kind == PaymentKind.DECISION.value
    if claim is not None and is_of_determination and ClaimState(claim.state) in TO_BE_PAID:
        facts = {Guard.SHEET_APPROVED: payment.approved_at is not None}
        moving.move(claim, ClaimState.PAID, actor=Actor.PAYMENTS, by=by, at=at, facts=facts)
    # The row "pay" of the table of advances; a payment is of one of the two, or of none.
    of_it = {"payment": payment, "state": AdvanceState.CONFIRMED.value}
    AdvanceProposal.objects.filter(**of_it).update(state=AdvanceState.PAID.value)
    AdvanceRequest.objects.filter(**of_it).update(state=AdvanceState.PAID.value)


def lock(payment_id: int) -> tuple[Payment, Claim | None]:
    """
    Take a payment for change, after its claim or its claimant.

    :raises Refused: OUT_OF_SCOPE when there is none
    """
    found = Payment.objects.filter(pk=payment_id).first()
    if found is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = moving.lock(found.claim_id) if found.claim_id is not None else None
    if claim is None:
        Claimant.objects.select_for_update().get(pk=found.claimant_id)
    payment = Payment.objects.select_for_update(of=["self"]).select_related("claimant__programme", "decision")
    return payment.get(pk=payment_id), claim


def _attach_advances(claim: Claim, *, by: User | None, at: datetime) -> None:
    """
    Let the advances before the claim be set off from it, and drop those that are not yet approved.

    A claim that is filed beside another under an eligibility check does not take them (CMP-7.3.7-a).
    """
    if claim.eligibility_check_id is None:
        Payment.objects.filter(claimant=claim.claimant, claim=None, kind=PaymentKind.ADVANCE.value).update(claim=claim)
    waiting = Payment.objects.filter(
        claim=claim, kind=PaymentKind.ADVANCE.value, state=PaymentState.PREPARED.value, approved_at__isnull=True
    )
    for payment in waiting:
        payment.state = PaymentState.CANCELLED.value
        payment.save(update_fields=["state"])
        record("payment.lapse", by=by, at=at, target=claim, after=_told(payment))


def _is_under_way(claim: Claim) -> bool:
    return Payment.objects.open().filter(claim=claim, kind=PaymentKind.DECISION.value).exists()


def _reckon(claim: Claim, approved: Decimal, at: datetime, besides: Payment | None = None) -> Reckoned:
    try:
        return sheet_of(claim, approved=approved, pay_on=day_of(at), besides=besides)
    except LookupError as missing:
        raise refuse(Code.INVALID_VALUE, "index", clause="CMP-8.4.7-a", because="no_index_or_rate") from missing


def _fill(payment: Payment, reckoned: Reckoned) -> None:
    """Keep a sheet with its deductions and tranches."""
    sheet = reckoned.sheet
    payment.pay_on, payment.withholding_rate = reckoned.pay_on, reckoned.rate
    payment.approved, payment.linkage_and_interest, payment.gross = (
        sheet.approved, sheet.linkage_and_interest, sheet.gross
    )  # fmt: skip
    payment.withholding_total, payment.withheld_now = sheet.withholding_total, sheet.withheld_now
    payment.tax_debt, payment.liens, payment.advance_set_off = sheet.tax_debt, sheet.lien, sheet.advance_set_off
    payment.net, payment.overpayment = sheet.net_payment, sheet.overpayment_demand
    payment.principal = reckoned.principal
    payment.tranches = [
        {
            "amount": str(tranche.amount),
            "from": start.isoformat(),
            "until": end.isoformat(),
            "index_ratio": f"{tranche.index_ratio:.6f}",
            "interest": f"{tranche.interest:.6f}",
            "added": f"{tranche.added():.2f}",
        }
        for tranche, (start, end) in zip(sheet.tranches, reckoned.spans, strict=True)
        if tranche.amount
    ]
    payment.save()
    taken = [
        *(Deduction(kind=DeductionKind.TAX_DEBT.value, tax_debt=debt, amount=amount)
          for debt, amount in zip(reckoned.debts, sheet.tax_debts, strict=True)),
        *(Deduction(kind=DeductionKind.LIEN.value, lien=lien, amount=amount)
          for lien, amount in zip(reckoned.liens, sheet.liens, strict=True)),
    ]  # fmt: skip
    for deduction in taken:
        deduction.payment = payment
    Deduction.objects.bulk_create(deduction for deduction in taken if deduction.amount)


def _is_current(payment: Payment, claim: Claim | None, at: datetime) -> bool:
    """Whether today's sheet is the prepared one, but for its own deductions."""
    today = day_of(at)
    if payment.pay_on != today:
        return False
    if claim is None or payment.kind == PaymentKind.ADVANCE.value:
        return payment.withholding_rate == withholding_rate(payment.claimant, today)
    sheet = _reckon(claim, payment.approved, at, besides=payment).sheet
    now = (sheet.gross, sheet.withholding_total, sheet.tax_debt, sheet.lien, sheet.advance_set_off, sheet.net_payment)
    return now == (
        payment.gross, payment.withholding_total, payment.tax_debt, payment.liens, payment.advance_set_off, payment.net
    )  # fmt: skip


def _enter(payment: Payment, claim: Claim | None, at: datetime) -> None:
    if payment.kind == PaymentKind.ADVANCE.value:
        entries = ledger.of_advance(payment.gross, payment.withheld_now)
    else:
        assert claim is not None  # noqa: S101 - a constraint of the table
        entries = ledger.of_payment(
            ledger_of(claim),
            approved=payment.approved,
            linkage=payment.linkage_and_interest,
            withheld=payment.withheld_now,
            tax_debt=payment.tax_debt,
            lien=payment.liens,
            net=payment.net,
        )
    bookkeeping.enter(
        entries, key=f"payment:{payment.pk}", claimant=payment.claimant, claim=claim, payment=payment, at=at
    )


def _enter_again(payment: Payment, at: datetime) -> None:
    """What the bank returned goes out once more; each return is followed by one such entry."""
    returned = payment.lines.filter(outcome=PaymentState.RETURNED.value)
    for line in returned:
        key = f"line:{line.pk}:again"
        if not payment.entries.filter(key=f"{key}:0").exists():
            kind = EntryKind.LIEN if line.deduction_id is not None else EntryKind.PAYMENT
            bookkeeping.enter(
                [Entry(kind, -line.amount)], key=key, claimant=payment.claimant, claim=payment.claim, payment=payment,
                at=at,
            )  # fmt: skip


def _told(payment: Payment) -> dict[str, object]:
    return {"payment": payment.pk, "state": payment.state, "gross": str(payment.gross), "net": str(payment.net)}
