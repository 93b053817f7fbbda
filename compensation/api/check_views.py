"""Eligibility checks for programs: asked by a claimant, granted or refused by the fund (CMP-8.2-c, CMP-2.1-b)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm_portal.people.models import User

from .. import labels
from ..models import EligibilityCheckRequest
from ..rules.access import Action
from ..rules.codes import Track
from ..selectors.claims import customers_of
from ..services import claimants, granting
from .acting import Acting, page, user_of
from .claim_inputs import LONGEST
from .customers import customer_id
from .payment_views import narrowing


class CheckInput(serializers.Serializer):
    """
    `customer` is an identity or company number, `town` that of the branch, or where the employee lives.

    A top-up (`top_up`) names its employee and the claim under the Aid Plan Law.
    """

    customer = serializers.CharField(max_length=20)
    ground = serializers.ChoiceField(choices=labels.CHECK_GROUND)
    track = serializers.ChoiceField(choices=labels.TRACK)
    town = serializers.CharField(max_length=80)
    text = serializers.CharField(max_length=LONGEST)
    employee_id_number = serializers.RegexField(r"^\d{1,9}$", required=False, allow_blank=True, default="")
    aid_plan_claim_no = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)


class ChecksInput(serializers.Serializer):
    state = serializers.ChoiceField(choices=labels.REQUEST_STATE, required=False)


class GrantCheckInput(serializers.Serializer):
    reasons = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)


class RefuseCheckInput(serializers.Serializer):
    reasons = serializers.CharField(max_length=LONGEST)


class CheckOutput(serializers.Serializer):
    """A request; name its `id` as `check` when you begin the claim that it opened."""

    id = serializers.IntegerField()
    claimant = serializers.IntegerField(source="claimant_id")
    state = serializers.ChoiceField(choices=labels.REQUEST_STATE)
    ground = serializers.ChoiceField(choices=labels.CHECK_GROUND)
    track = serializers.ChoiceField(choices=labels.TRACK)
    town = serializers.CharField()
    text = serializers.CharField()
    employee_id_number = serializers.CharField(allow_blank=True)
    aid_plan_claim_no = serializers.CharField(allow_blank=True)
    requested_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    reasons = serializers.CharField(allow_blank=True)


class CheckPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = CheckOutput(many=True)


class EligibilityChecks(Acting):
    """Requests for an eligibility check, the newest first: the fund's all, a claimant's own; `POST` makes one."""

    required_action = {"GET": Action.READ, "POST": Action.REQUEST_CHECK}
    serializer_class = CheckInput

    @extend_schema(
        operation_id="compensation_eligibility_checks_list", parameters=[ChecksInput], responses=CheckPageOutput
    )
    def get(self, request: Request) -> Response:
        found = visible(user_of(request)).filter(**narrowing(ChecksInput, request))
        return Response(page(request, found, CheckOutput))

    @extend_schema(operation_id="compensation_eligibility_checks_create", responses={201: CheckOutput})
    def post(self, request: Request) -> Response:
        given = self.parsed()
        customer, track = customer_id(user_of(request), given.pop("customer")), Track(given.pop("track"))
        made = claimants.request_check(customer_id=customer, track=track, **given, **self.who())
        return Response(CheckOutput(made).data, status=201)


class CheckAction(Acting):
    """A decision on one request."""

    required_action = Action.DECIDE_CHECK

    @extend_schema(responses=CheckOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(visible(user_of(request)), pk=pk)
        made = self.act(check_id=pk, **self.parsed(found), **self.who())
        return Response(CheckOutput(made).data)

    def act(self, **given: Any) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class GrantCheck(CheckAction):
    """Open the track, so that a further claim can be filed."""

    serializer_class = GrantCheckInput

    def act(self, **given: Any) -> object:
        return granting.grant_check(**given)


class RefuseCheck(CheckAction):
    """Refuse the request, with reasons."""

    serializer_class = RefuseCheckInput

    def act(self, **given: Any) -> object:
        return granting.refuse_check(**given)


def visible(user: User) -> QuerySet[EligibilityCheckRequest]:
    """The fund sees all, a claimant his own and his clients'."""
    if user.is_employee:
        return EligibilityCheckRequest.objects.all()
    return EligibilityCheckRequest.objects.filter(claimant__customer__in=customers_of(user, timezone.localdate()))
