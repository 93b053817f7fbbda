"""What was paid too much: demand it back, record what is returned, hand the rest over (clause 8.6)."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.messaging.models import Notification
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..letters import money as letters
from ..models import Claim, Claimant, Decision, LedgerEntry, Overpayment, OverpaymentReturn, Payment
from ..rules import clocks, ledger
from ..rules.codes import NoticeKind, OverpaymentState
from ..rules.linkage import linkage_and_interest
from ..rules.reasons import Reason
from ..rules.rounding import to_shekel
from ..selectors.money import as_ledger, ledger_of, tables
from ..selectors.programmes import programme_on
from . import bookkeeping, moving, notices

_NOTHING = Decimal(0)


def demand_what_is_overpaid(
    claim: Claim, decision: Decision | None, *, by: User | None, at: datetime
) -> Overpayment | None:
    """
    Bring the open demand of a locked claim to what its ledger says, and serve a new one (CMP-8.6.1-a).

    An objection or an appeal does not stay it (CMP-8.6.4-a). A later determination may lower or lift it.
    """
    handed_over = sum(
        (left_of(one) for one in claim.overpayments.filter(state=OverpaymentState.COLLECTED.value)), _NOTHING
    )
    owed = max(_NOTHING, -ledger_of(claim).balance - handed_over)
    demand = claim.overpayments.filter(state=OverpaymentState.DEMANDED.value).first()
    if owed == 0:
        if demand is not None:
            demand.state = OverpaymentState.CANCELLED.value
            demand.save(update_fields=["state"])
            record("overpayment.cancel", by=by, at=at, target=claim, after=_told(demand))
        return None
    if demand is None:
        latest = Payment.objects.entered().filter(claim=claim, principal__gt=0).order_by("-pay_on").first()
        demand = Overpayment(
            claimant=claim.claimant, claim=claim, paid_on=latest.pay_on if latest is not None else day_of(at),
            demanded_at=at, demanded_by=by,
        )  # fmt: skip
    elif left_of(demand) == owed:
        return demand
    else:
        owed += returned_of(demand)
    demand.amount, demand.decision = owed, decision
    today = day_of(at)
    due_on = clocks.return_deadline(today, programme_on(today, code=claim.claimant.programme.code)).last_day
    letter = letters.demand(claim, amount=owed, due_on=due_on, on=today)
    title = _("Demand to return what was paid too much")
    demand.notice = notices.serve(claim, NoticeKind.DEMAND, title, at=at, decision=decision, letter=letter)
    _serve(demand, claim.claimant, day_of(at))
    record("overpayment.demand", by=by, at=at, target=claim, after=_told(demand))
    return demand


@command("overpayment.demand")
def demand(*, claim_id: int, by: User | None, at: datetime) -> Overpayment:
    """
    Demand back what a claim was paid when its latest determination gives nothing (CMP-8.6.1-a).

    A determination that gives something is settled by its payment sheet.

    :raises Refused: GEN_BAD_TRANSITION when nothing was paid too much
    """
    claim = moving.lock(claim_id)
    decision = claim.decisions.order_by("version").last()
    if decision is None or decision.amount > 0:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-8.6.1-a")
    now = ledger_of(claim)
    bookkeeping.enter(
        ledger.of_payment(
            now, approved=_NOTHING, linkage=_NOTHING, withheld=_NOTHING, tax_debt=_NOTHING, lien=_NOTHING, net=_NOTHING
        ),
        key=f"decision:{decision.pk}:nothing", claimant=claim.claimant, claim=claim, at=at,
    )  # fmt: skip
    found = demand_what_is_overpaid(claim, decision, by=by, at=at)
    if found is None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "balance", clause="CMP-8.6.1-a")
    return found


@command("overpayment.demand_advance")
def demand_advance(*, claimant_id: int, by: User | None, at: datetime) -> Overpayment:
    """
    Demand back an advance after which no claim was filed (CMP-7.3.6-a); its service is recorded by hand.

    :raises Refused: GEN_BAD_TRANSITION when no such advance was paid, DUPLICATE when it is demanded
    """
    claimant = Claimant.objects.select_for_update().get(pk=claimant_id)
    paid = as_ledger(LedgerEntry.objects.filter(claimant=claimant, claim=None, payment__claim=None))
    if paid.balance >= 0:
        raise refuse(Reason.GEN_BAD_TRANSITION, "balance", clause="CMP-7.3.6-a")
    if claimant.overpayments.filter(claim=None, state=OverpaymentState.DEMANDED.value).exists():
        raise refuse(Code.DUPLICATE, clause="CMP-7.3.6-a")
    latest = Payment.objects.entered().filter(claimant=claimant, claim=None).latest("pay_on")
    demand = Overpayment.objects.create(
        claimant=claimant, amount=-paid.balance, paid_on=latest.pay_on, demanded_at=at, demanded_by=by
    )
    record("overpayment.demand_advance", by=by, at=at, target=claimant, after=_told(demand))
    return demand


@command("overpayment.serve")
def record_service(*, overpayment_id: int, served_on: date, by: User, at: datetime) -> Overpayment:
    """
    Record the day on which a demand was served by other means; the 90 days start there.

    :raises Refused: INVALID_VALUE for a day to come or before the demand
    """
    demand = _lock(overpayment_id)
    if not day_of(demand.demanded_at) <= served_on <= day_of(at):
        raise refuse(Code.INVALID_VALUE, "served_on", clause="CMP-8.6.1-b")
    _serve(demand, demand.claimant, served_on)
    record("overpayment.serve", by=by, at=at, target=demand.claim or demand.claimant, after=_told(demand))
    return demand


@command("overpayment.record_return")
def record_return(
    *, overpayment_id: int, amount: Decimal, received_on: date, reference: str, by: User, at: datetime
) -> OverpaymentReturn:
    """
    Record a sum that the claimant returned: its part of the overpayment, and linkage and interest (CMP-8.6.1-a).

    :raises Refused: INVALID_VALUE for more than is owed, DUPLICATE for a receipt that was recorded
    """
    demand = _lock(overpayment_id)
    if demand.state not in (OverpaymentState.DEMANDED.value, OverpaymentState.COLLECTED.value):
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-8.6.1-a")
    if not demand.paid_on <= received_on <= day_of(at):
        raise refuse(Code.INVALID_VALUE, "received_on", clause="CMP-8.6.1-a")
    if demand.returns.filter(reference=reference).exists():
        raise refuse(Code.DUPLICATE, "reference", clause="CMP-8.6.1-a")
    left = left_of(demand)
    interest = interest_on(demand, left, received_on)
    if not 0 < amount <= left + interest:
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-8.6.1-a", most=left + interest)
    principal = min(left, to_shekel(amount * left / (left + interest)))
    row = OverpaymentReturn.objects.create(
        overpayment=demand, principal=principal, interest=amount - principal, received_on=received_on,
        reference=reference, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    bookkeeping.enter(
        ledger.of_repayment(principal, amount - principal), key=f"return:{row.pk}", claimant=demand.claimant,
        claim=demand.claim, overpayment=demand, at=at,
    )  # fmt: skip
    if principal == left:
        demand.state = OverpaymentState.RETURNED.value
        demand.save(update_fields=["state"])
    record("overpayment.record_return", by=by, at=at, target=demand.claim or demand.claimant, after=_told(demand))
    return row


@command("overpayment.collect")
def collect(*, overpayment_id: int, by: User | None, at: datetime) -> Overpayment:
    """
    Hand what was not returned over to be collected as tax, by section 33A (CMP-8.6.2-a).

    :raises Refused: GEN_BAD_TRANSITION before the 90 days are over, or when the demand reached nobody
    """
    demand = _lock(overpayment_id)
    came_back = demand.notice is not None and demand.notice.bounced_at is not None and demand.notice.sent_at is None
    is_due = demand.due_on is not None and demand.due_on < day_of(at) and not came_back
    if demand.state != OverpaymentState.DEMANDED.value or not is_due:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-8.6.2-a", due=demand.due_on)
    demand.state, demand.collected_at = OverpaymentState.COLLECTED.value, at
    demand.save(update_fields=["state", "collected_at"])
    record("overpayment.collect", by=by, at=at, target=demand.claim or demand.claimant, after=_told(demand))
    return demand


def hear(message: Notification) -> None:
    """A demand that left on a later day than it was made is served on that day (CMP-8.10-a)."""
    of_it = Q(notice__email=message) | Q(notice__sms=message) | Q(notice__second_sms=message)
    demands = Overpayment.objects.select_for_update(of=["self"]).select_related("claimant__programme", "notice")
    demand = demands.filter(of_it, state=OverpaymentState.DEMANDED.value, notice__sent_at__isnull=False).first()
    if demand is None or demand.notice is None or demand.notice.sent_at is None or demand.served_on is None:
        return
    if (left_on := day_of(demand.notice.sent_at)) > demand.served_on:
        _serve(demand, demand.claimant, left_on)


def returned_of(demand: Overpayment) -> Decimal:
    """How much of the overpayment came back, interest apart."""
    return demand.returns.aggregate(total=Sum("principal"))["total"] or _NOTHING


def left_of(demand: Overpayment) -> Decimal:
    """How much of the overpayment is still to be returned, interest apart."""
    return demand.amount - returned_of(demand)


def interest_on(demand: Overpayment, principal: Decimal, day: date) -> Decimal:
    """
    Linkage and interest from the payment to the return.

    :raises Refused: INVALID_VALUE when the tables do not reach back to the payment
    """
    try:
        return linkage_and_interest([tables().tranche(principal, demand.paid_on, day)])
    except LookupError as missing:
        raise refuse(Code.INVALID_VALUE, "index", clause="CMP-8.4.7-a", because="no_index_or_rate") from missing


def _serve(demand: Overpayment, claimant: Claimant, served_on: date) -> None:
    programme = programme_on(served_on, code=claimant.programme.code)
    demand.served_on = served_on
    demand.due_on = clocks.return_deadline(served_on, programme).last_day
    demand.save()


def _lock(overpayment_id: int) -> Overpayment:
    found = Overpayment.objects.filter(pk=overpayment_id).values_list("claim_id", flat=True).first()
    if found is not None:
        moving.lock(found)
    rows = Overpayment.objects.select_for_update(of=["self"]).select_related("claimant__programme", "claim", "notice")
    row = rows.filter(pk=overpayment_id).first()
    if row is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return row


def _told(demand: Overpayment) -> dict[str, object]:
    return {"overpayment": demand.pk, "state": demand.state, "amount": str(demand.amount), "due": str(demand.due_on)}
