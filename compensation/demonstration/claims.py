"""Claims of the demonstration: filed over the last months, and each brought some way by those who treat it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from crm_portal.people.models import Customer, User
from crm_portal.worktime.rules.periods import add_months, day_of

from ..models import Claim, Claimant, Programme, ReportedFact
from ..rules.clocks import ClaimClock
from ..rules.codes import Causation, ClaimState, GapReason, Regime, Track
from ..rules.gaps import Gap
from ..rules.machines import Actor
from ..rules.states import Guard
from ..selectors.programmes import programme_on
from ..services import clocking, computing, deciding, details, moving, reviewing
from .drafts import NEWCOMER

BAKERY = {
    "kind": "regular", "reporting": "monthly", "base": {"gross": "1120000"}, "eligibility": {"gross": "360000"},
    "complement": {"reported_inputs": "6500000", "denominator": "12000000"},
    "wages": {"wage_base": "100000", "wage_eligibility": "40000", "annual_wage_2022": "1200000"},
}  # fmt: skip
CAFE = {
    "kind": "regular", "reporting": "bi_monthly", "base": {"gross": "900000"}, "eligibility": {"gross": "500000"},
    "complement": {"reported_inputs": "2000000", "denominator": "5000000"},
    "wages": {"wage_base": "240000", "wage_eligibility": "150000", "tips_base": "60000", "tips_eligibility": "24000",
              "annual_wage_2022": "1440000"},
}  # fmt: skip
DEALER = {
    "kind": "exempt_dealer", "reporting": "none", "base": {"gross": "108000", "capital_sales": "12000"},
    "eligibility": {"gross": "1500"}, "complement": {"reported_inputs": "24000", "denominator": "96000"}, "wages": None,
}  # fmt: skip
FARM = {"field_workers": 17, "fields": [{"town": "מבועים", "dunams": "350.5"}]}
BUILDER = {"is_execution_contractor": True, "fixed_costs": "180000", "eligible_wage": "400000", "drop_rate": "0.55"}
ENDS = ("filed", "taken", "details", "answered", "proposed", "whole", "part", "nothing")
WORDS = "הנתונים נבדקו מול הדוחות שבידי הרשות ומול המסמכים שצורפו"


@dataclass(frozen=True, slots=True)
class Story:
    """One claim: the track and its figures, where the business is, how long ago it was filed, and how far it came."""

    track: Track
    figures: Mapping[str, Any]
    town: str
    days_ago: int
    end: str


_TOWNS = ("נתיבות", "שדרות", "אשדוד", "אופקים", "אשקלון", "קריית שמונה", "נהריה", "מטולה")
_KINDS: tuple[tuple[Track, Mapping[str, Any]], ...] = (
    (Track.TURNOVER, BAKERY), (Track.TURNOVER, CAFE), (Track.AGRICULTURE, FARM), (Track.TURNOVER, DEALER),
    (Track.EXECUTION_CONTRACTOR, BUILDER),
)  # fmt: skip


def _story(place: int) -> Story:
    track, figures = _KINDS[place % len(_KINDS)]
    return Story(track, figures, _TOWNS[place % len(_TOWNS)], 3 + 9 * place, ENDS[place % len(ENDS)])


STORIES = tuple(map(_story, range(24)))


def play(*, clerk: User, manager: User, until: datetime) -> None:
    """Play every story; a second call adds nothing."""
    programme = Programme.objects.filter(is_current=True).first()
    if (
        programme is None
        or Claim.objects.exclude(track=Track.WAGE.value).exclude(state=ClaimState.DRAFT.value).exists()
    ):  # `drafts` and `wages` played before
        return
    free = Customer.objects.exclude(id_number__in=["", NEWCOMER]).filter(
        user__isnull=False, claimants__claims__isnull=True
    )
    people = free.order_by("pk")[: len(STORIES)]
    for customer, story in zip(people, STORIES, strict=False):
        _bring(_file(programme, customer, story, until), story, clerk=clerk, manager=manager, until=until)


def _file(programme: Programme, customer: Customer, story: Story, until: datetime) -> Claim:
    """A claim as the online form leaves it: its figures computed, its clocks started on the day of filing."""
    at = until - timedelta(days=story.days_ago)
    user = customer.user
    assert user is not None  # noqa: S101 - chosen so
    claimant, _ = Claimant.objects.get_or_create(
        programme=programme,
        customer=customer,
        defaults={"email": customer.email, "mobile": customer.mobile, "created_at": at},
    )
    claim = Claim.objects.create(
        number=moving.next_number(at), claimant=claimant, track=story.track.value,
        regime=Regime.TEMPORARY_ORDER.value, kind="EXEMPT_DEALER" if story.figures is DEALER else "REGULAR",
        business_town=story.town, registered_town=story.town, has_branches=False,
        answers={"figures": dict(story.figures)}, declares_causation=True, declares_wages_paid=True,
        state=ClaimState.DRAFT.value, state_since=at, created_by=user, created_at=at,
    )  # fmt: skip
    if story.figures is BAKERY:
        _report(customer, story.figures, differs=story.days_ago % 2 == 0)
    computation = computing.compute(claim, is_claimants=True, by=user, at=at)
    law, filed_on = programme_on(day_of(at), code=programme.code), day_of(at)
    facts = dict.fromkeys((Guard.INTEGRITY, Guard.WINDOW_OPEN, Guard.ONE_TRACK), True)
    moving.move(
        claim, ClaimState.SUBMITTED, actor=Actor.CLAIMANT, by=user, at=at, facts=facts, submitted_by=user,
        submitted_at=at, filed_on=filed_on, claimed_amount=computation.amount,
        **clocking.deadlines(ClaimClock(filed_on), law, filed_on),
    )  # fmt: skip
    return claim


def _report(customer: Customer, figures: Mapping[str, Any], *, differs: bool) -> None:
    """What the registers hold of a bakery; for some the wages of the eligibility period differ."""
    wage = "15000" if differs else figures["wages"]["wage_eligibility"]
    year = date(2022, 1, 1)
    for kind, since, months, amount in (
        ("vat_turnover", date(2022, 10, 1), 1, figures["base"]["gross"]),
        ("vat_turnover", date(2023, 10, 1), 1, figures["eligibility"]["gross"]),
        ("vat_turnover", year, 12, figures["complement"]["denominator"]),
        ("vat_inputs", year, 12, figures["complement"]["reported_inputs"]),
        ("form_102_wages", date(2022, 10, 1), 1, figures["wages"]["wage_base"]),
        ("form_102_wages", date(2023, 10, 1), 1, wage),
        ("form_102_wages", year, 12, figures["wages"]["annual_wage_2022"]),
    ):
        until = add_months(since, months) - timedelta(days=1)
        ReportedFact.objects.create(
            customer=customer, kind=kind, period_from=since, period_until=until, amount=Decimal(amount),
            received_on=until + timedelta(days=15), source="shaam",
        )  # fmt: skip


def _bring(claim: Claim, story: Story, *, clerk: User, manager: User, until: datetime) -> None:
    """Let the clerk and the manager treat it as far as the story goes, in the days after its filing."""
    if story.end == "filed":
        return
    at = min(until, until - timedelta(days=story.days_ago) + timedelta(days=2))
    by: dict[str, Any] = {"claim_id": claim.pk, "by": clerk, "at": at}
    reviewing.take(**by)
    if story.end == "taken":
        return
    if story.end in {"details", "answered"}:
        demand = details.request_details(
            **by, text="נא לצרף את טופס 102 לחודש אוקטובר 2023", due_on=day_of(at) + details.PROPOSED
        )
        if story.end == "answered":
            user = claim.claimant.customer.user
            assert user is not None  # noqa: S101 - chosen so
            answer: dict[str, Any] = {"text": "מצורף בזאת הטופס המבוקש", "claims": [claim.pk], "by": user, "at": at}
            details.answer_details(request_id=demand.pk, **answer)
        return
    for finding in claim.findings.filter(settled_at__isnull=True):
        reviewing.settle_finding(finding_id=finding.pk, by=clerk, at=at, settlement=WORDS)
    reviewing.find_causation(**by, causation=Causation.PROVED, reasons="")
    claim.refresh_from_db()
    claimed = claim.claimed_amount or Decimal(0)
    share = {"part": Decimal("0.8"), "nothing": Decimal(0)}.get(story.end, Decimal(1))
    amount = (claimed * share).quantize(Decimal(1))
    gaps = [Gap(GapReason.SAVED_WAGES_WRONG, claimed - amount)] if amount < claimed else []
    reviewing.propose(**by, amount=amount, reasons=WORDS, gaps=gaps)
    if story.end != "proposed":
        deciding.approve(claim_id=claim.pk, by=manager, at=at)
