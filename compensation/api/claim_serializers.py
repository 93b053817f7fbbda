"""What the API says of claims; nothing here saves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from crm_portal.people.models import User

from .. import labels
from ..models import Claim, Computation, ReviewFinding
from ..review_words import finding_words
from ..rules.codes import ClaimState
from ..selectors.clock_rails import rails
from ..selectors.computations import computations_visible_to
from .draft_serializers import DraftOutput, draft_of

_STATE = dict(labels.CLAIM_STATE)
_PLAIN = (
    "number", "version", "state", "track", "business_town", "claimed_amount", "determined_amount", "submitted_at",
    "filed_on", "decision_due_on", "clock_stopped_on", "pay_by_on",
)  # fmt: skip
_MORE = (
    "regime", "kind", "flags", "registered_town", "has_branches", "declares_causation", "needs_manual_review",
    "state_since", "decided_at",
)  # fmt: skip
_OF_REVIEW = ("computed_amount", "proposed_amount", "proposed_reasons", "causation", "causation_reasons")


def money(**options: Any) -> serializers.DecimalField:
    """Whole ILS, as decimal text."""
    return serializers.DecimalField(max_digits=12, decimal_places=0, **options)


class ClaimantOutput(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    number = serializers.CharField()


class ClaimRowOutput(serializers.Serializer):
    """One claim as the list shows it. `clerk` is the name of who reviews it, for the fund alone."""

    number = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=labels.CLAIM_STATE)
    state_label = serializers.CharField()
    track = serializers.ChoiceField(choices=labels.TRACK, allow_blank=True)
    claimant = ClaimantOutput()
    business_town = serializers.CharField(allow_blank=True)
    claimed_amount = money(allow_null=True)
    determined_amount = money(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    filed_on = serializers.DateField(allow_null=True)
    decision_due_on = serializers.DateField(allow_null=True)
    clock_stopped_on = serializers.DateField(allow_null=True)
    pay_by_on = serializers.DateField(allow_null=True)
    clerk = serializers.CharField(required=False, allow_blank=True)


class ClaimPageOutput(serializers.Serializer):
    """A page of claims. `next` is an address, or null; `total` is exact up to 10,000, and one more when more."""

    total = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    results = ClaimRowOutput(many=True)


class ClockOutput(serializers.Serializer):
    """A clock of the law: its last day, how many days have counted, and of how many."""

    key = serializers.CharField()
    clause = serializers.CharField()
    due_on = serializers.DateField()
    days = serializers.IntegerField()
    of = serializers.IntegerField()


class StopOutput(serializers.Serializer):
    from_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True)


class DetailsOutput(serializers.Serializer):
    """A demand for details; name its `id` when you answer it, or accept the answer."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    wanted = serializers.ListField(child=serializers.CharField())
    due_on = serializers.DateField()
    served_on = serializers.DateField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)


class GapOutput(serializers.Serializer):
    reason = serializers.ChoiceField(choices=labels.GAP_REASON)
    amount = money()
    text = serializers.CharField(allow_blank=True)


class DecisionOutput(serializers.Serializer):
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=labels.DECISION_KIND)
    outcome = serializers.ChoiceField(choices=labels.CLAIM_STATE)
    amount = money()
    reasons = serializers.CharField(allow_blank=True)
    gaps = GapOutput(many=True, source="gaps.all")
    decided_at = serializers.DateTimeField()
    objection_until = serializers.DateField(allow_null=True)


class ComputationOutput(serializers.Serializer):
    """A version of the computation: `inputs` as they were given, `result` as `assessments/` answers."""

    version = serializers.IntegerField()
    is_claimants = serializers.BooleanField()
    rule_version = serializers.CharField()
    track = serializers.ChoiceField(choices=labels.TRACK)
    amount = money()
    made_at = serializers.DateTimeField()
    inputs = serializers.DictField()
    result = serializers.DictField()


class FindingOutput(serializers.Serializer):
    """Something to be settled before an approval; without `is_blocking` it only advises."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(allow_blank=True)
    is_blocking = serializers.BooleanField()
    details = serializers.DictField()
    settled_at = serializers.DateTimeField(allow_null=True)
    settlement = serializers.CharField(allow_blank=True)


class ClaimOutput(ClaimRowOutput):
    """One claim, as its claimant may know it."""

    regime = serializers.ChoiceField(choices=labels.REGIME, allow_blank=True)
    kind = serializers.ChoiceField(choices=labels.CLAIMANT_KIND, allow_blank=True)
    flags = serializers.ListField(child=serializers.ChoiceField(choices=labels.CLAIMANT_FLAG))
    registered_town = serializers.CharField(allow_blank=True)
    has_branches = serializers.BooleanField(allow_null=True)
    declares_causation = serializers.BooleanField()
    needs_manual_review = serializers.BooleanField()
    state_since = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    clocks = ClockOutput(many=True)
    stops = StopOutput(many=True)
    extensions_days = serializers.ListField(child=serializers.IntegerField())
    details_requests = DetailsOutput(many=True)
    decisions = DecisionOutput(many=True)
    computation = ComputationOutput(allow_null=True)


class ClaimantsClaimOutput(ClaimOutput):
    """One claim for its claimant; while it is a draft with everything that was said so far."""

    draft = DraftOutput(allow_null=True)


class ReviewedClaimOutput(ClaimOutput):
    """One claim for the fund, with what the review found and proposes."""

    clerk = serializers.CharField(allow_blank=True)
    findings = FindingOutput(many=True)
    computed_amount = money(allow_null=True)
    proposed_amount = money(allow_null=True)
    proposed_reasons = serializers.CharField(allow_blank=True)
    causation = serializers.ChoiceField(choices=labels.CAUSATION, allow_blank=True)
    causation_reasons = serializers.CharField(allow_blank=True)


EITHER = PolymorphicProxySerializer(
    component_name="ClaimForItsReader",
    serializers=[ClaimantsClaimOutput, ReviewedClaimOutput],
    resource_type_field_name=None,
)


def row(claim: Claim, user: User) -> dict[str, Any]:
    """One row; its claimant's customer and its clerk must be loaded."""
    customer = claim.claimant.customer
    shown = {
        **{name: getattr(claim, name) for name in _PLAIN},
        "state_label": str(_STATE[claim.state]),
        "claimant": {"id": claim.claimant_id, "name": str(customer), "number": customer.shown_number},
    }
    return shown | ({"clerk": str(claim.clerk or "")} if user.is_employee else {})


def rows(claims: Sequence[Claim], user: User) -> list[dict[str, Any]]:
    return [row(claim, user) for claim in claims]


def whole(claim: Claim, user: User, today: date) -> dict[str, Any]:
    """Everything about a claim that its reader may know: a claimant nothing of a review that goes on."""
    shown = {
        **row(claim, user),
        **{name: getattr(claim, name) for name in _MORE},
        "clocks": rails(claim, today),
        "stops": claim.stops.all(),
        "extensions_days": list(claim.extensions.order_by("at", "pk").values_list("days", flat=True)),
        "details_requests": claim.details_requests.all(),
        "decisions": claim.decisions.prefetch_related("gaps"),
        "computation": latest(claim, user),
    }
    if not user.is_employee:
        shown["draft"] = draft_of(claim, today) if claim.state == ClaimState.DRAFT.value else None
        return dict(ClaimantsClaimOutput(shown).data)
    shown |= {name: getattr(claim, name) for name in _OF_REVIEW}
    shown["findings"] = [finding(one) for one in claim.findings.order_by("pk")]
    return dict(ReviewedClaimOutput(shown).data)


def latest(claim: Claim, user: User) -> Computation | None:
    return computations_visible_to(user, claim).last()


def finding(found: ReviewFinding) -> dict[str, Any]:
    """A finding with its words and what they name."""
    return {
        "id": found.pk,
        "code": found.code,
        "message": finding_words(found.code, found.details),
        "field": found.where,
        "is_blocking": found.is_blocking,
        "details": found.details,
        "settled_at": found.settled_at,
        "settlement": found.settlement,
    }
