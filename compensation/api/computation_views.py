"""The computations of a claim and what changes them: adjustments and the manager's rate (CMP-4.6-ah)."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from .. import labels
from ..models import Claim
from ..rules.access import Action
from ..selectors.computations import computations_visible_to
from ..services import reviewing
from .acting import user_of
from .claim_actions import ClaimAction, DecisionAction, ReviewAction
from .claim_inputs import AdjustmentInput, RateInput, VersionInput
from .claim_serializers import EITHER, ComputationOutput, money
from .claim_views import ClaimView


class ComputationRowOutput(serializers.Serializer):
    """A version of the computation without its steps."""

    version = serializers.IntegerField()
    is_claimants = serializers.BooleanField()
    rule_version = serializers.CharField()
    track = serializers.ChoiceField(choices=labels.TRACK)
    amount = money()
    made_at = serializers.DateTimeField()


class AdjustmentOutput(serializers.Serializer):
    """An amount that neutralises a distortion; one that was taken back stays, marked."""

    id = serializers.IntegerField()
    period = serializers.CharField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=0)
    reason = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField(allow_null=True)


class Computations(ClaimView):
    """The versions of the computation, the first one first; read-only."""

    @extend_schema(operation_id="compensation_claims_computations_list", responses=ComputationRowOutput(many=True))
    def get(self, request: Request, number: str) -> Response:
        versions = computations_visible_to(user_of(request), self.claim(number)).defer("inputs", "result")
        return Response(ComputationRowOutput(versions, many=True).data)


class OneComputation(ClaimView):
    """One version with its inputs and every step."""

    @extend_schema(operation_id="compensation_claims_computations_retrieve", responses=ComputationOutput)
    def get(self, request: Request, number: str, version: int) -> Response:
        found = computations_visible_to(user_of(request), self.claim(number)).filter(version=version).first()
        if found is None:
            raise Http404
        return Response(ComputationOutput(found).data)


class Adjustments(ClaimAction):
    """The adjustments of a claim; adding one computes the claim anew (CMP-4.6-f)."""

    required_action = {"GET": Action.VIEW, "POST": Action.REVIEW}  # type: ignore[assignment]
    serializer_class = AdjustmentInput

    @extend_schema(operation_id="compensation_claims_adjustments_list", responses=AdjustmentOutput(many=True))
    def get(self, request: Request, number: str) -> Response:
        kept = self.claim(number).adjustments.order_by("at", "pk")
        return Response(AdjustmentOutput(kept, many=True).data)

    @extend_schema(operation_id="compensation_claims_adjustments_create", responses={201: EITHER})
    def post(self, request: Request, number: str, **more: int) -> Response:
        answer = super().post(request, number)
        answer.status_code = 201
        return answer

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return reviewing.adjust(claim_id=claim.pk, **given, **self.who())


class RemoveAdjustment(ReviewAction):
    """Take an adjustment back, and compute anew."""

    serializer_class = VersionInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        pk = given.pop("pk")
        if not claim.adjustments.filter(pk=pk).exists():
            raise Http404
        return reviewing.remove_adjustment(adjustment_id=pk, **given, **self.who())


class SetManagerRate(DecisionAction):
    """Set another saved-expense complement, and compute anew (CMP-4.6-ac)."""

    serializer_class = RateInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return reviewing.set_rate(claim_id=claim.pk, **given, **self.who())
