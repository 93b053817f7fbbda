"""What the review page shows, and what its reader may do now."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import (
    Claim,
    ClaimDocument,
    ClaimHistory,
    Computation,
    Decision,
    DecisionExtension,
    DetailsRequest,
    ReviewFinding,
)
from ..review_words import input_words
from ..rules.access import Action
from ..rules.codes import CLOCK_RUNS, ClaimState
from ..rules.machines import Actor
from ..rules.states import allowed
from .clock_rails import Rail, rails
from .comparing import Comparison, compare
from .programmes import programme_on


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with the claim in its present state."""

    takes: bool = False
    reviews: bool = False
    approves: bool = False
    sets_rate: bool = False
    may_not_approve_own: bool = False  # GEN_FOUR_EYES is said beside the missing button
    extends: bool = False  # the time to decide (CMP-8.4.1-b)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The review of one claim, read in a number of queries that does not grow."""

    rights: Rights
    comparison: Comparison | None
    rails: list[Rail]
    days_left: int | None
    findings: list[ReviewFinding]
    documents: list[ClaimDocument]
    details: list[DetailsRequest]
    extensions: list[DecisionExtension]
    decisions: list[Decision]
    history: list[ClaimHistory]
    claimed: Computation | None
    paths: list[tuple[str, str]]
    proposed: Decimal | None

    @property
    def open_findings(self) -> int:
        return sum(1 for finding in self.findings if finding.is_blocking and finding.settled_at is None)


def review_of(claim: Claim, user: User, now: datetime) -> ReviewPage:
    """Read it all."""
    today = day_of(now)
    comparison = compare(claim, programme_on(today, code=claim.claimant.programme.code)) if claim.track else None
    computed = comparison.computed.amount if comparison is not None and comparison.computed is not None else None
    demands = claim.details_requests.select_related("requested_by", "accepted_by").prefetch_related("documents__file")
    details = list(demands)
    return ReviewPage(
        rights=_rights(claim, user, were_requested=bool(details)),
        comparison=comparison,
        rails=rails(claim, today),
        days_left=(claim.decision_due_on - today).days if claim.decision_due_on is not None else None,
        findings=list(claim.findings.select_related("settled_by").order_by("settled_at", "pk")),
        documents=list(claim.documents.filter(removed_at__isnull=True).select_related("file")),
        details=details,
        extensions=list(claim.extensions.select_related("by").order_by("at", "pk")),
        decisions=list(claim.decisions.prefetch_related("gaps").select_related("approved_by", "proposed_by")),
        history=list(claim.history.order_by("-at", "-pk")[:50]),
        claimed=claim.computations.filter(is_claimants=True).order_by("version").last(),
        paths=[(figure.path, input_words(figure.path)) for figure in comparison.figures] if comparison else [],
        proposed=claim.proposed_amount if claim.proposed_amount is not None else computed,
    )


def _rights(claim: Claim, user: User, *, were_requested: bool) -> Rights:
    state = ClaimState(claim.state)
    waits = state is ClaimState.PENDING_APPROVAL
    is_own = claim.clerk_id == user.pk
    return Rights(
        takes=user.may(Action.REVIEW) and any(row.id == "take" for row in allowed(state, Actor.CLERK)),
        reviews=user.may(Action.REVIEW) and is_own and state is ClaimState.IN_REVIEW,
        approves=user.may(Action.DECIDE) and waits and not is_own,
        sets_rate=user.may(Action.DECIDE) and claim.track == "TURNOVER" and (waits or state is ClaimState.IN_REVIEW),
        extends=user.may(Action.DECIDE) and were_requested and state in CLOCK_RUNS,
        may_not_approve_own=user.may(Action.DECIDE) and waits and is_own,
    )
