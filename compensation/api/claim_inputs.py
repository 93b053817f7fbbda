"""What is sent with an action on a claim; each carries the version that its sender has read."""

from typing import Any

from rest_framework import serializers

from .. import labels
from ..rules.codes import Causation, CorrectionGround, GapReason
from ..rules.gaps import Gap
from .claim_serializers import money

LONGEST = 4000


class VersionInput(serializers.Serializer):
    """Nothing but the version; a stale one is refused with STALE_VERSION."""

    version = serializers.IntegerField(min_value=1)


class CausationInput(VersionInput):
    causation = serializers.ChoiceField(choices=labels.CAUSATION)
    reasons = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)

    def validate_causation(self, value: str) -> Causation:
        return Causation(value)


class SettlementInput(VersionInput):
    settlement = serializers.CharField(max_length=LONGEST)


class DetailsInput(VersionInput):
    text = serializers.CharField(max_length=LONGEST)
    due_on = serializers.DateField()
    wanted = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=40)


class DemandInput(VersionInput):
    request = serializers.IntegerField(min_value=1, help_text="The `id` of one of `details_requests`.")


class AnswerInput(DemandInput):
    text = serializers.CharField(allow_blank=True, max_length=LONGEST)


class GapInput(serializers.Serializer):
    reason = serializers.ChoiceField(choices=labels.GAP_REASON)
    amount = money()
    text = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)

    def validate(self, attrs: dict[str, Any]) -> Any:
        return Gap(GapReason(attrs["reason"]), attrs["amount"], attrs["text"])


class ProposalInput(VersionInput):
    amount = money(min_value=0)
    reasons = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)
    gaps = GapInput(many=True, required=False, default=list)


class CorrectionInput(VersionInput):
    amount = money(min_value=0)
    ground = serializers.ChoiceField(choices=[ground.value for ground in CorrectionGround])
    explanation = serializers.CharField(max_length=LONGEST)
    gaps = GapInput(many=True, required=False, default=list)

    def validate_ground(self, value: str) -> CorrectionGround:
        return CorrectionGround(value)


class MoreTimeInput(VersionInput):
    days = serializers.IntegerField(min_value=1, max_value=366)
    reason = serializers.CharField(max_length=LONGEST)


class ReasonInput(VersionInput):
    reason = serializers.CharField(max_length=LONGEST)


class SubmitInput(VersionInput):
    """The same `submission_key` again is the first filing."""

    submission_key = serializers.CharField(max_length=64)


class WithdrawInput(VersionInput):
    confirmed = serializers.BooleanField(help_text="True: it is known that this is final.")


class AdjustmentInput(VersionInput):
    period = serializers.ChoiceField(choices=["base", "eligibility"])
    amount = serializers.DecimalField(max_digits=14, decimal_places=0, help_text="Whole ILS; with a minus to take off.")
    reason = serializers.ChoiceField(choices=["unusual", "began_before", "volatile", "other"])
    text = serializers.CharField(max_length=LONGEST)


class RateInput(VersionInput):
    rate = serializers.DecimalField(max_digits=5, decimal_places=4, help_text="A fraction, such as 0.3500.")
    reasons = serializers.CharField(max_length=LONGEST)
