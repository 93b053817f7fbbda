"""What is due by itself on a day, each as the rows that a sweep takes (section 9)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat

from ..models import (
    AdvanceCampaign,
    AdvanceProposal,
    AdvanceRequest,
    Appeal,
    Claim,
    Decision,
    FilingExtension,
    LedgerEntry,
    Notice,
    Objection,
    Overpayment,
    Payment,
    TimerEvent,
)
from ..rules.codes import (
    TO_BE_PAID,
    AdvanceKind,
    AdvanceState,
    AppealState,
    ClaimState,
    NoticeKind,
    OverpaymentState,
    RequestState,
)
from ..rules.fixed_costs import AidPlanClaim
from .programmes import programme_on

_TO_BE_PAID = [state.value for state in TO_BE_PAID]
ADVANCE_DUE = {AdvanceKind.DAY_21_60: "advance_60_due_on", AdvanceKind.DAY_150_10: "advance_10_due_on"}
_WAITS_FOR_RATE = Q(  # a top-up whose claim under the Aid Plan Law is not decided yet (CMP-2.6-m)
    eligibility_check__ground="top_up", eligibility_check__aid_plan_claim__in=["", AidPlanClaim.PENDING.value]
)
WARNING, DEEMED, WINDOW, LATE = "decision_warning", "deemed_accepted", "filing_window_closed", "payment_late"


def done(kind: str, *, step: str | None = None, subject: str = "claim", pk: str = "pk") -> Exists:
    """Whether a timer did a thing to a row of the query that this stands in."""
    name = Concat(Value(f"{subject}:"), Cast(OuterRef(pk), CharField()))
    events = TimerEvent.objects.filter(subject=name, kind=kind)
    return Exists(events if step is None else events.filter(step=step))


def to_warn(today: date, steps: Sequence[int]) -> QuerySet[Claim]:
    """Claims whose last day to decide comes near and that a step of warning is owed."""
    owed = Q()
    for days in steps:
        owed |= Q(~done(WARNING, step=str(days)), decision_due_on__lte=today + timedelta(days=days))
    return _counting().filter(owed, decision_due_on__gte=today)


def to_deem_accepted(today: date) -> QuerySet[Claim]:
    """Claims whose time is over and does not stand still (CMP-8.4.1-d)."""
    return Claim.objects.decision_overdue(today).filter(~_WAITS_FOR_RATE, ~done(DEEMED))


def to_propose(kind: AdvanceKind, today: date) -> QuerySet[Claim]:
    """Claims on which no decision came by the day of an advance, that was not yet proposed."""
    return _counting().filter(~done(f"advance_{kind.value}"), **{f"{ADVANCE_DUE[kind]}__lt": today})


def to_escalate(waiting_since: date) -> QuerySet[AdvanceProposal]:
    """Proposals of that day or before, which nobody confirmed."""
    return AdvanceProposal.objects.filter(state=AdvanceState.PROPOSED.value, proposed_at__date__lte=waiting_since)


def drafts_left(today: date, programme: str) -> QuerySet[Claim]:
    """Drafts of a programme whose window ended, but for claimants who were given more time."""
    return Claim.objects.filter(
        ~done(WINDOW), ~Exists(_granted(today, "claimant")), state=ClaimState.DRAFT.value,
        claimant__programme__code=programme,
    )  # fmt: skip


def paid_late(today: date) -> QuerySet[Claim]:
    """Claims to be paid whose 14 days are over, and whose latest determination nobody was told of."""
    latest = Decision.objects.filter(claim=OuterRef("pk")).order_by("-version").values("pk")[:1]
    late = Claim.objects.filter(state__in=_TO_BE_PAID, pay_by_on__lt=today).annotate(decision=Subquery(latest))
    return late.filter(~done(LATE, subject="decision", pk="decision"), decision__isnull=False)


def not_returned(today: date) -> QuerySet[Overpayment]:
    """Demands whose 90 days are over (CMP-8.6.2-a)."""
    return Overpayment.objects.filter(state=OverpaymentState.DEMANDED.value, due_on__lt=today)


def under_review(today: date) -> Q:
    """
    Whether a claim may still be objected to or appealed, or that waits for its decision (CMP-8.7-c).

    The claimant's time begins when a notice reached him, so one that did not leave keeps a claim open. A week more is
    left for last days that move off days of rest.
    """
    mine, law = {"claim": OuterRef("pk")}, programme_on(today)
    since = today - timedelta(days=max(law.objection_days, law.appeal_days) + 7)
    kinds = [NoticeKind.DECISION.value, NoticeKind.OBJECTION_DECISION.value]
    served = Notice.objects.filter(Q(sent_at__isnull=True) | Q(sent_at__date__gte=since), kind__in=kinds, **mine)
    appeals = Q(state__in=[AppealState.FILED.value, AppealState.COURT_APPEAL_FILED.value]) | Q(court_until__gte=today)
    objections = Q(decided_at__isnull=True) | Q(appeal_until__gte=today)
    return (
        Q(Exists(served))
        | Q(Exists(Decision.objects.filter(**mine, objection_until__gte=today)))
        | Q(Exists(Objection.objects.filter(objections, **mine)))
        | Q(Exists(Appeal.objects.filter(appeals, **mine)))
    )


def undecided_objections(today: date) -> QuerySet[Objection]:
    """Objections whose time to be decided is over (CMP-9.6-a)."""
    return Objection.objects.overdue(today)


def to_close_rejected(today: date) -> QuerySet[Claim]:
    """Rejected claims on which no review is open and whose time for one has passed (CMP-8.7-c)."""
    return Claim.objects.filter(~under_review(today), state=ClaimState.REJECTED.value)


def to_close_paid(today: date) -> QuerySet[Claim]:
    """Paid claims with nothing left in the ledger, on which no review is open or can be asked any more."""
    entries = LedgerEntry.objects.filter(Q(claim=OuterRef("pk")) | Q(payment__claim=OuterRef("pk"))).order_by()
    total = entries.annotate(one=Value(1)).values("one").annotate(total=Sum("amount")).values("total")
    balance = Coalesce(Subquery(total), Value(Decimal(0)))
    under_way = Payment.objects.open().filter(claim=OuterRef("pk"))
    paid = Claim.objects.filter(~under_review(today), ~Exists(under_way), state=ClaimState.PAID.value)
    return paid.annotate(balance=balance).filter(balance=0)


def campaigns_over(today: date) -> QuerySet[AdvanceCampaign]:
    """Campaigns whose last day is over and that were not closed."""
    return AdvanceCampaign.objects.filter(closes_on__lt=today, closed_at__isnull=True)


def advances_without_claim(today: date, programme: str) -> QuerySet[AdvanceRequest]:
    """Advances given before a claim that never came, once the claimant's own time is over (CMP-7.3.6-a)."""
    filed = Claim.objects.filter(claimant=OuterRef("claimant"), submitted_at__isnull=False)
    return AdvanceRequest.objects.filter(
        ~Exists(filed), ~Exists(_granted(today, "claimant")), state=AdvanceState.PAID.value,
        unfiled_since__isnull=True, claimant__programme__code=programme,
    )  # fmt: skip


def _counting() -> QuerySet[Claim]:
    """Claims whose clock runs."""
    return Claim.objects.running().filter(~_WAITS_FOR_RATE, clock_stopped_on__isnull=True)


def _granted(today: date, outer: str) -> QuerySet[FilingExtension]:
    return FilingExtension.objects.filter(
        claimant=OuterRef(outer), state=RequestState.GRANTED.value, granted_until__gte=today
    )
