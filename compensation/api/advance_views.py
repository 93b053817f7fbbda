"""Advances for programs: asked for before a claim, and proposed by time on one (CMP-7.3.3-b)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm_portal.errors import refuse
from crm_portal.people.models import User

from .. import labels
from ..models import AdvanceCampaign, AdvanceProposal, AdvanceRequest
from ..rules.access import Action
from ..rules.reasons import Reason
from ..selectors.claims import customers_of
from ..services import advance_requests, advancing
from .acting import Acting, page, user_of
from .claim_inputs import LONGEST
from .claim_serializers import money
from .customers import customer_id


class AdvanceInput(serializers.Serializer):
    """A notice of damage and the request for an advance, in one form; `customer` is an identity or company number."""

    customer = serializers.CharField(max_length=20)
    month = serializers.DateField(help_text="The first day of the month for which it is asked.")
    town = serializers.CharField(max_length=80)
    cause = serializers.ChoiceField(choices=labels.DAMAGE_CAUSE)
    damage = serializers.CharField(max_length=LONGEST)
    undertakes = serializers.BooleanField(help_text="To file a claim within the time (CMP-7.3.6-a).")


class AmountInput(serializers.Serializer):
    amount = money(min_value=1)
    reasons = serializers.CharField(max_length=LONGEST)


class ReasonsInput(serializers.Serializer):
    reasons = serializers.CharField(max_length=LONGEST)


class ConfirmationInput(serializers.Serializer):
    base = money(required=False, min_value=0, help_text="Another base than the engine's, with reasons.")
    reasons = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)


class AdvanceOutput(serializers.Serializer):
    id = serializers.IntegerField()
    claimant = serializers.IntegerField(source="claimant_id")
    month = serializers.DateField(source="campaign.month")
    state = serializers.ChoiceField(choices=labels.ADVANCE_STATE)
    town = serializers.CharField()
    cause = serializers.ChoiceField(choices=labels.DAMAGE_CAUSE)
    damage = serializers.CharField()
    needs_manual_review = serializers.BooleanField()
    amount = money(allow_null=True)
    requested_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reasons = serializers.CharField(allow_blank=True)


class AdvancePageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = AdvanceOutput(many=True)


class ProposalOutput(serializers.Serializer):
    """An advance that time proposed; `amount` is gross, `base` what its share is taken of."""

    id = serializers.IntegerField()
    claim = serializers.CharField(source="claim.number")
    kind = serializers.ChoiceField(choices=labels.ADVANCE_KIND)
    state = serializers.ChoiceField(choices=labels.ADVANCE_STATE)
    share = serializers.DecimalField(max_digits=5, decimal_places=4)
    provisional_amount = money()
    base = money()
    paid_before = money()
    amount = money()
    proposed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reasons = serializers.CharField(allow_blank=True)


class ProposalPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = ProposalOutput(many=True)


class AdvancesInput(serializers.Serializer):
    state = serializers.ChoiceField(choices=labels.ADVANCE_STATE, required=False)


class Advances(Acting):
    """Advances before a claim, the newest first: the fund's all, a claimant's own; `POST` asks for one."""

    required_action = {"GET": Action.READ, "POST": Action.REQUEST_ADVANCE}
    serializer_class = AdvanceInput

    @extend_schema(operation_id="compensation_advances_list", parameters=[AdvancesInput], responses=AdvancePageOutput)
    def get(self, request: Request) -> Response:
        found = visible(user_of(request)).filter(**_asked(request))
        return Response(page(request, found, AdvanceOutput))

    @extend_schema(operation_id="compensation_advances_create", responses={201: AdvanceOutput})
    def post(self, request: Request) -> Response:
        given = self.parsed()
        made = advance_requests.request(
            customer_id=customer_id(user_of(request), given.pop("customer")),
            campaign_id=_campaign(given.pop("month")),
            **given,
            **self.who(),
        )
        return Response(AdvanceOutput(made).data, status=201)


class AdvanceAction(Acting):
    """Something done to one request for an advance."""

    @extend_schema(responses=AdvanceOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(visible(user_of(request)), pk=pk)
        made = self.act(request_id=pk, **self.parsed(found), **self.who())
        return Response(AdvanceOutput(made).data)

    def act(self, **given: Any) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class ProposeAdvance(AdvanceAction):
    """Enter the amount with its reasons, as the clerk (CMP-7.3.10-b)."""

    required_action = Action.PROPOSE_ADVANCE
    serializer_class = AmountInput

    def act(self, **given: Any) -> object:
        return advance_requests.propose(**given)


class ApproveAdvance(AdvanceAction):
    """Approve the amount that the clerk entered; its payment is prepared with it."""

    required_action = Action.CONFIRM_ADVANCE

    def act(self, **given: Any) -> object:
        return advance_requests.approve(**given)


class RefuseAdvance(AdvanceAction):
    """Refuse an advance with reasons; it bars no claim (CMP-7.3.10-a)."""

    required_action = Action.CONFIRM_ADVANCE
    serializer_class = ReasonsInput

    def act(self, **given: Any) -> object:
        return advance_requests.refuse_request(**given)


class AdvanceProposals(Acting):
    """What time proposed on claims, the newest first."""

    required_action = Action.VIEW

    @extend_schema(
        operation_id="compensation_advance_proposals_list", parameters=[AdvancesInput], responses=ProposalPageOutput
    )
    def get(self, request: Request) -> Response:
        found = AdvanceProposal.objects.select_related("claim").filter(**_asked(request))
        return Response(page(request, found, ProposalOutput))


class ProposalAction(Acting):
    """Something done to one proposal."""

    required_action = Action.CONFIRM_ADVANCE

    @extend_schema(responses=ProposalOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(AdvanceProposal, pk=pk)
        made = self.act(proposal_id=pk, **self.parsed(found), **self.who())
        return Response(ProposalOutput(made).data)

    def act(self, **given: Any) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class ConfirmProposal(ProposalAction):
    """Confirm an advance, on the engine's base or on another one with reasons (CMP-8.4.3-c)."""

    serializer_class = ConfirmationInput

    def act(self, **given: Any) -> object:
        return advancing.confirm(**given)


class RefuseProposal(ProposalAction):
    """Refuse an advance that time proposed, with reasons."""

    serializer_class = ReasonsInput

    def act(self, **given: Any) -> object:
        return advancing.refuse_proposal(**given)


def visible(user: User) -> QuerySet[AdvanceRequest]:
    """The requests that somebody may see: the fund all, a claimant his own and his clients'."""
    if user.is_employee:
        return AdvanceRequest.objects.select_related("campaign")
    return AdvanceRequest.objects.select_related("campaign").filter(
        claimant__customer__in=customers_of(user, timezone.localdate())
    )


def _campaign(month: date) -> int:
    """The month of the current programme; one that nobody made is closed."""
    found = AdvanceCampaign.objects.filter(programme__is_current=True, month=month).values_list("pk", flat=True).first()
    if found is None:
        raise refuse(Reason.ADV_WINDOW_CLOSED, "month", clause="CMP-7.3.9-a")
    return found


def _asked(request: Request) -> dict[str, Any]:
    asked = AdvancesInput(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)
