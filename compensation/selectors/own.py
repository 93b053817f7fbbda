"""What a claimant sees of his claims: the list, and everything about one of them (CMP-8.10-b)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from crm_portal.people.models import User

from ..models import (
    AdvanceProposal,
    Claim,
    ClaimHistory,
    ClaimInquiry,
    Computation,
    Decision,
    DetailsRequest,
    Notice,
    Payment,
    WithholdingCertificate,
)
from ..rules.codes import ClaimState
from ..rules.machines import Actor
from ..rules.states import allowed
from . import drafts, money
from .claims import claims_visible_to
from .clock_rails import Rail, rails
from .plain_steps import PlainStep, steps_of
from .wizard_pages import Line, lines_of

MOST_CLAIMS = 100
MOST_LINES = 50
# What happened within the fund is not told; the claimant is served with what concerns him.
TOLD = frozenset(
    {"submit", "submit_with_employees", "complete", "take", "request_details", "answer_details", "accept_details",
     "extend", "approve", "approve_partly", "reject", "deem_accepted", "pay", "close", "close_rejected", "withdraw",
     "decide_again_approve", "decide_again_partly", "decide_again_reject", "choose_track", "object",
     "answer_objection", "objection_details_requested", "objection_extend", "objection_accepted",
     "objection_partially_accepted", "objection_dismissed", "objection_deemed_accepted", "appeal_file", "appeal_hear",
     "appeal_decide", "appeal_to_court", "appeal_decide_in_court"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One claim as its claimant reads it."""

    claim: Claim
    rails: list[Rail]
    demands: list[DetailsRequest]
    notices: list[Notice]
    decisions: list[Decision]
    advances: list[AdvanceProposal]
    payments: list[Payment]
    steps: list[PlainStep]
    questions: list[ClaimInquiry]
    history: list[ClaimHistory]
    lines: list[Line]
    branches: list[Any]
    withholding: Decimal
    certificate: WithholdingCertificate | None
    documents: Sequence[Any] = field(default_factory=list)

    @property
    def open_demands(self) -> list[DetailsRequest]:
        return [one for one in self.demands if one.accepted_at is None]

    @property
    def may_withdraw(self) -> bool:
        state = ClaimState(self.claim.state)
        return any(row.target is ClaimState.WITHDRAWN for row in allowed(state, Actor.CLAIMANT))


def claims_of(user: User, today: date) -> list[Claim]:
    """The claims of everybody for whom the user files, drafts first, then the newest."""
    found = (
        claims_visible_to(user, today)
        .select_related("claimant__customer")
        .annotate(
            waiting=Count("details_requests", Q(details_requests__answered_at__isnull=True), distinct=True),
            unread=Count("notices", Q(notices__read_at__isnull=True), distinct=True),
        )
        .order_by("-created_at", "-pk")[:MOST_CLAIMS]
    )
    return sorted(found, key=lambda claim: claim.state != ClaimState.DRAFT.value)


def page_of(claim: Claim, today: date, language: str) -> OwnPage:
    """Everything about a filed claim, in a number of queries that does not grow."""
    programme = drafts.programme_of_claim(claim, today)
    computed: Computation | None = claim.computations.filter(is_claimants=True).order_by("version").last()
    return OwnPage(
        claim=claim,
        rails=rails(claim, today),
        demands=list(claim.details_requests.prefetch_related("documents__file")),
        notices=list(claim.notices.select_related("letter", "decision").order_by("-created_at", "-pk")[:MOST_LINES]),
        decisions=list(claim.decisions.prefetch_related("gaps").order_by("-version")),
        advances=list(claim.advance_proposals.order_by("pk")),
        payments=money.entered_payments(claim),
        steps=steps_of(computed, language) if computed is not None else [],
        questions=list(claim.questions.select_related("inquiry__triplet").order_by("-pk")[:MOST_LINES]),
        history=list(claim.history.filter(event__in=TOLD).order_by("-at", "-pk")[:MOST_LINES]),
        lines=lines_of(claim, programme) if claim.track else [],
        branches=list(claim.branches.order_by("pk")),
        withholding=money.withholding_rate(claim.claimant, today),
        certificate=money.certificate_on(claim.claimant, today),
    )
