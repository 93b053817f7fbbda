"""Hand approved payments to the bank, and take its answer (CMP-8.5.1-d; the formats are in docs/payments.md)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User

from ..models import Claim, Payment, PaymentBatch, PaymentLine
from ..rules.bank_files import Fault, Outcome, settlement
from ..rules.codes import PaymentState
from ..rules.ledger import Entry, EntryKind
from ..rules.machines import Actor
from ..rules.money_states import PAYMENT, PaymentGuard
from ..selectors.batches import file_of
from . import bookkeeping, paying

_SETTLED, _RETURNED = PaymentState.SETTLED.value, PaymentState.RETURNED.value
MOST_LINES = 5000


@dataclass(slots=True)
class Report:
    """What an import did: how many lines settled, returned or were known, and the lines it did not take."""

    settled: int = 0
    returned: int = 0
    known: int = 0
    faults: list[tuple[int, Fault]] = field(default_factory=list)


@command("payment.export")
def export(*, by: User, at: datetime) -> PaymentBatch:
    """
    Put all approved payments into one file for the bank; a payment is in one file only.

    Two exports at once share nothing: what one of them holds, the other passes over.

    :raises Refused: GEN_BAD_TRANSITION when nothing waits
    """
    waiting = list(
        Payment.objects.select_for_update(of=["self"], skip_locked=True)
        .filter(state=PaymentState.APPROVED.value)
        .select_related("claimant__customer")
        .order_by("pk")[:MOST_LINES]
    )
    if not waiting:
        raise refuse(Code.FIELD_REQUIRED, "payments", clause="CMP-8.5.1-d", because="nothing_approved")
    batch = PaymentBatch.objects.create(made_by=by, made_at=at, lines_count=0, total=0, digest="")
    lines: list[PaymentLine] = []
    for payment in waiting:
        row = PAYMENT.leading(PaymentState(payment.state), PaymentState.EXPORTED, Actor.PAYMENTS)
        refuse_if(PAYMENT.refusals(row, {PaymentGuard.IN_NO_BATCH: True}))
        lines += _lines_of(payment)
    for place, line in enumerate(lines, start=1):
        line.batch, line.place = batch, place
    PaymentLine.objects.bulk_create(lines)
    Payment.objects.filter(pk__in=[payment.pk for payment in waiting]).update(state=PaymentState.EXPORTED.value)
    batch.lines_count, batch.total = len(lines), sum((line.amount for line in lines), Decimal(0))
    batch.digest = hashlib.sha256(file_of(batch)).hexdigest()
    batch.save(update_fields=["lines_count", "total", "digest"])
    record("payment.export", by=by, at=at, target=batch, after={"lines": len(lines), "total": str(batch.total)})
    return batch


@command("payment.import_settlement")
def import_settlement(*, content: bytes, by: User, at: datetime) -> Report:
    """
    Take the bank's answer. Each line counts once, however often the file comes; what is not known is reported.

    A transfer that came back returns its payment, which is prepared again when its account is right.
    """
    report = Report()
    outcomes = []
    for found in settlement(content):
        if isinstance(found, Outcome):
            outcomes.append(found)
        else:
            report.faults.append(found)
    by_reference = _known(outcomes)
    for payment_id in sorted({line.payment_id for line in by_reference.values()}):
        payment, claim = paying.lock(payment_id)
        lines = {line.reference: line for line in payment.lines.select_related("deduction")}
        changed = [_apply(one, lines[one.reference], payment, report, at) for one in outcomes if one.reference in lines]
        if any(changed):
            _conclude(payment, claim, by=by, at=at)
    report.faults += [(one.line, Fault.UNKNOWN) for one in outcomes if one.reference not in by_reference]
    report.faults.sort()
    record(
        "payment.import_settlement", by=by, at=at,
        after={"settled": report.settled, "returned": report.returned, "faults": len(report.faults)},
    )  # fmt: skip
    return report


def _lines_of(payment: Payment) -> Iterable[PaymentLine]:
    """A transfer to each payee who has not got his: the claimant, and the creditors of the liens."""
    sent = {line.deduction_id for line in payment.lines.exclude(outcome=_RETURNED)}
    claimant = payment.claimant
    if payment.net > 0 and None not in sent:
        yield PaymentLine(
            payment=payment, payee=str(claimant.customer), bank=claimant.bank, bank_branch=claimant.bank_branch,
            bank_account=claimant.bank_account, amount=payment.net,
        )  # fmt: skip
    for deduction in payment.deductions.filter(lien__isnull=False).select_related("lien").order_by("pk"):
        if deduction.pk not in sent and (lien := deduction.lien) is not None:
            yield PaymentLine(
                payment=payment, deduction=deduction, payee=lien.creditor, bank=lien.bank,
                bank_branch=lien.bank_branch, bank_account=lien.bank_account, amount=deduction.amount,
            )  # fmt: skip


def _known(outcomes: Iterable[Outcome]) -> dict[str, PaymentLine]:
    """The lines that the bank speaks of, by their references."""
    places: dict[int, set[int]] = {}
    for one in outcomes:
        batch, dash, place = one.reference.partition("-")
        if dash and batch[:1] == "B" and batch[1:].isdecimal() and place.isdecimal():
            places.setdefault(int(batch[1:]), set()).add(int(place))
    lines = PaymentLine.objects.filter(batch_id__in=places)
    return {line.reference: line for line in lines if line.place in places[line.batch_id]}


def _apply(one: Outcome, line: PaymentLine, payment: Payment, report: Report, at: datetime) -> bool:
    """Write what the bank says of one transfer; True when it is news."""
    said = _SETTLED if one.is_settled else _RETURNED
    if one.amount != line.amount:
        report.faults.append((one.line, Fault.OTHER_AMOUNT))
    elif line.outcome == said:
        report.known += 1
    elif line.outcome == _RETURNED:
        report.faults.append((one.line, Fault.CONTRADICTS))
    else:
        line.outcome, line.outcome_on, line.reason = said, one.on, one.reason
        line.save(update_fields=["outcome", "outcome_on", "reason"])
        if one.is_settled:
            report.settled += 1
        else:
            report.returned += 1
            bookkeeping.enter(
                [Entry(EntryKind.BANK_RETURN, line.amount)], key=f"line:{line.pk}:returned", claimant=payment.claimant,
                claim=payment.claim, payment=payment, at=at,
            )  # fmt: skip
        return True
    return False


def _conclude(payment: Payment, claim: Claim | None, *, by: User, at: datetime) -> None:
    """What the outcomes of its transfers make of a payment."""
    latest = {line.deduction_id: line for line in payment.lines.order_by("pk")}
    outcomes = [line.outcome for line in latest.values()]
    if _RETURNED in outcomes:
        returned = next(line for line in latest.values() if line.outcome == _RETURNED)
        payment.state, payment.settled_on, payment.reason = _RETURNED, None, returned.reason
        payment.save(update_fields=["state", "settled_on", "reason"])
        record("payment.return", by=by, at=at, target=claim or payment.claimant, after={"payment": payment.pk})
    elif "" not in outcomes:
        paying.settle(payment, claim, by=by, at=at)
        record("payment.settle", by=by, at=at, target=claim or payment.claimant, after={"payment": payment.pk})
