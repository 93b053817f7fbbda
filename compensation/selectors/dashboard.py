"""What the manager of the fund sees first (CMP-8.4.1-f): counts and sums, clocks at risk, towns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from ..models import AdvanceProposal, Claim, Objection, Overpayment
from ..rules.codes import (
    BEFORE_DECISION,
    TO_BE_PAID,
    AdvanceState,
    ClaimState,
    LocationRow,
    OverpaymentState,
    Track,
)
from ..rules.towns import Towns

SPANS = (7, 14, 30)  # days, of the clocks at risk
AT_RISK = 12  # claims that the list shows
TOWNS = 12
WAITING_ADVANCES = [AdvanceState.PROPOSED.value, AdvanceState.ESCALATED.value]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims, and what was claimed or determined in them, in whole ILS."""

    count: int = 0
    amount: Decimal = Decimal(0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.count + other.count, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class Share:
    """A tally of one thing, and how long its bar is, in percent of the longest."""

    key: str
    tally: Tally
    percent: float


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Every figure of the page; each is of the claims that are submitted."""

    by_state: list[tuple[ClaimState, Mapping[Track, Tally], Tally]]
    by_row: list[Share]
    by_town: list[Share]
    due: list[tuple[int, int]]  # days, claims
    overdue: int
    at_risk: list[Claim]
    open: Tally
    waiting: Tally  # for approval
    approved: Tally
    paid: Tally
    advances: Tally  # proposals that wait for the manager
    overpayments: Tally  # demanded and not yet returned
    objections: Tally  # open ones, and what they would add to what was determined


def dashboard_of(today: date, towns: Towns) -> Dashboard:
    """Read it in a number of queries that does not grow."""
    cells = _cells()
    in_states = {state: sum((cells.get((state, track), Tally()) for track in Track), Tally()) for state in ClaimState}
    towns_of = _by_town()
    decided = {ClaimState.APPROVED, ClaimState.PARTIALLY_APPROVED, ClaimState.DEEMED_ACCEPTED, ClaimState.PAID}
    return Dashboard(
        by_state=[
            (state, {track: cells.get((state, track), Tally()) for track in Track}, tally)
            for state, tally in in_states.items()
            if tally.count and state is not ClaimState.DRAFT
        ],
        by_row=_by_row(towns_of, towns),
        by_town=_shares(towns_of, TOWNS),
        due=_due(today),
        overdue=Claim.objects.decision_overdue(today).count(),
        at_risk=list(at_risk(today)[:AT_RISK]),
        open=sum((in_states[state] for state in BEFORE_DECISION - {ClaimState.DRAFT}), Tally()),
        waiting=in_states[ClaimState.PENDING_APPROVAL],
        approved=_determined(decided | TO_BE_PAID | {ClaimState.CLOSED}),
        paid=_determined({ClaimState.PAID, ClaimState.CLOSED}),
        advances=_tally(AdvanceProposal.objects.filter(state__in=WAITING_ADVANCES)),
        overpayments=_tally(Overpayment.objects.filter(state=OverpaymentState.DEMANDED.value)),
        objections=_reserve(),
    )


def at_risk(today: date) -> QuerySet[Claim]:
    """The claims that are accepted by lapse of time within the longest span unless somebody decides, soonest first."""
    soon = today + timedelta(days=max(SPANS))
    running = Claim.objects.running().filter(decision_due_on__lte=soon, clock_stopped_on__isnull=True)
    return running.order_by("decision_due_on", "pk").select_related("claimant__customer", "clerk")


def _cells() -> dict[tuple[ClaimState, Track], Tally]:
    rows = Claim.objects.submitted().exclude(track="").values_list("state", "track")
    counted = rows.annotate(Count("pk"), Sum("claimed_amount")).order_by()
    return {
        (ClaimState(state), Track(track)): Tally(count, amount or Decimal(0)) for state, track, count, amount in counted
    }


def _tally(rows: QuerySet[Any]) -> Tally:
    found = rows.aggregate(count=Count("pk"), sum=Sum("amount"))
    return Tally(found["count"], found["sum"] or Decimal(0))


def _reserve() -> Tally:
    """What open objections ask for beyond what is determined now: accepted by lapse of time, it must be paid."""
    more = Greatest(F("amount") - Coalesce("claim__determined_amount", Decimal(0)), Decimal(0))
    found = Objection.objects.open().aggregate(count=Count("pk"), sum=Sum(more))
    return Tally(found["count"], found["sum"] or Decimal(0))


def _determined(states: set[ClaimState] | frozenset[ClaimState]) -> Tally:
    found = Claim.objects.filter(state__in=[state.value for state in states], determined_amount__gt=0).aggregate(
        count=Count("pk"), amount=Sum("determined_amount")
    )
    return Tally(found["count"], found["amount"] or Decimal(0))


def _due(today: date) -> list[tuple[int, int]]:
    counts = {
        f"in_{days}": Count(
            "pk", filter=Q(decision_due_on__gte=today, decision_due_on__lte=today + timedelta(days=days))
        )
        for days in SPANS
    }
    found = Claim.objects.running().filter(clock_stopped_on__isnull=True).aggregate(**counts)
    return [(days, found[f"in_{days}"]) for days in SPANS]


def _by_town() -> dict[str, Tally]:
    rows = Claim.objects.submitted().exclude(business_town="").values_list("business_town")
    counted = rows.annotate(Count("pk"), Sum("claimed_amount")).order_by()
    return {town: Tally(count, amount or Decimal(0)) for town, count, amount in counted}


def _by_row(towns_of: Mapping[str, Tally], towns: Towns) -> list[Share]:
    tallies: dict[str, Tally] = {}
    for name, tally in towns_of.items():
        town = towns.find(name)
        row = town.row if town is not None else LocationRow.REST
        tallies[row.value] = tallies.get(row.value, Tally()) + tally
    return _shares(tallies, len(LocationRow))


def _shares(tallies: Mapping[str, Tally], most: int) -> list[Share]:
    longest = max((tally.count for tally in tallies.values()), default=0)
    ordered = sorted(tallies.items(), key=lambda item: (-item[1].count, item[0]))[:most]
    return [Share(key, tally, round(100 * tally.count / longest, 2)) for key, tally in ordered]
