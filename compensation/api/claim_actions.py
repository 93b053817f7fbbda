"""What is done to a claim over the API: by the very commands that the pages call (CMP-2.3-i)."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ..models import Claim
from ..rules.access import Action
from ..services import correcting, deciding, details, extending, filing, rejecting, reviewing, withdrawing
from .acting import Acting
from .claim_inputs import (
    AnswerInput,
    CausationInput,
    CorrectionInput,
    DemandInput,
    DetailsInput,
    MoreTimeInput,
    ProposalInput,
    ReasonInput,
    SettlementInput,
    SubmitInput,
    VersionInput,
    WithdrawInput,
)
from .claim_serializers import EITHER
from .claim_views import ClaimView


class ClaimAction(Acting, ClaimView):
    """One action on a claim: find it, parse, one command, and the claim as it is then."""

    serializer_class: type[serializers.Serializer] = VersionInput

    @extend_schema(responses=EITHER)
    def post(self, request: Request, number: str, **more: int) -> Response:
        claim = self.claim(number)
        self.act(claim, {**self.parsed(claim), **more})
        return self.shown(self.claim(number))

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class ReviewAction(ClaimAction):
    """Of the clerk who reviews it."""

    required_action = Action.REVIEW


class DecisionAction(ClaimAction):
    """Of the manager."""

    required_action = Action.DECIDE


class Take(ReviewAction):
    """Take a filed claim into review; what must be settled is looked for at once."""

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return reviewing.take(claim_id=claim.pk, **given, **self.who())


class FindCausation(ReviewAction):
    """Say whether the causal connection is proved, with reasons (CMP-1.8-b)."""

    serializer_class = CausationInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return reviewing.find_causation(claim_id=claim.pk, **given, **self.who())


class SettleFinding(ReviewAction):
    """Say in words how a finding was settled (CMP-2.3-k)."""

    serializer_class = SettlementInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        pk = given.pop("pk")
        if not claim.findings.filter(pk=pk).exists():
            raise Http404
        return reviewing.settle_finding(finding_id=pk, **given, **self.who())


class RequestDetails(ReviewAction):
    """Serve a demand for details; the clock stands still (CMP-2.3-c)."""

    serializer_class = DetailsInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return details.request_details(claim_id=claim.pk, **given, **self.who())


class AnswerDetails(ClaimAction):
    """Answer a demand, as the claimant or for him. It does not start the clock: the clerk says whether it is whole."""

    required_action = Action.ANSWER_DETAILS
    serializer_class = AnswerInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        request = given.pop("request")
        return details.answer_details(request_id=request, claims=[claim.pk], **given, **self.who())


class AcceptDetails(ReviewAction):
    """Find an answer complete; the clock goes on from the day of its delivery (CMP-8.4.2-a)."""

    serializer_class = DemandInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        request = given.pop("request")
        if not claim.details_requests.filter(pk=request).exists():
            raise Http404
        return details.accept_details(request_id=request, **given, **self.who())


class SendForApproval(ReviewAction):
    """Propose a determination to the manager; 0 proposes a rejection (CMP-2.3-f)."""

    serializer_class = ProposalInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return reviewing.propose(claim_id=claim.pk, **given, **self.who())


class Approve(DecisionAction):
    """Determine what the clerk proposed: the whole or a part (CMP-2.3-g)."""

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return deciding.approve(claim_id=claim.pk, **given, **self.who())


class Reject(DecisionAction):
    """Determine a proposal of nothing (CMP-2.3-g)."""

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return rejecting.reject(claim_id=claim.pk, **given, **self.who())


class Return(DecisionAction):
    """Send a proposal back to its clerk, saying why."""

    serializer_class = ReasonInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return deciding.send_back(claim_id=claim.pk, **given, **self.who())


class Extend(DecisionAction):
    """Take further days to decide after details were requested, together 30 at most (CMP-8.4.1-b)."""

    serializer_class = MoreTimeInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return extending.extend(claim_id=claim.pk, **given, **self.who())


class Correct(ClaimAction):
    """Determine another amount, for new facts or an error that was found (CMP-8.7-a)."""

    required_action = Action.CORRECT
    serializer_class = CorrectionInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return correcting.correct(claim_id=claim.pk, **given, **self.who())


class Submit(ClaimAction):
    """File a draft: every finding of the integrity check at once, or the claim with its receipt (CMP-2.3-a)."""

    required_action = Action.FILE
    serializer_class = SubmitInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return filing.submit(claim_id=claim.pk, **given, **self.who())


class Withdraw(ClaimAction):
    """Withdraw a claim that is not decided, for good (CMP-8.1.5-a)."""

    required_action = Action.FILE
    serializer_class = WithdrawInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return withdrawing.withdraw(claim_id=claim.pk, **given, **self.who())
