"""More time to file, for programs: asked by a claimant, granted or refused by the fund (CMP-8.2-c)."""

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
from ..models import FilingExtension
from ..rules.access import Action
from ..selectors.claims import customers_of
from ..services import granting
from .acting import Acting, page, user_of
from .claim_inputs import LONGEST
from .customers import customer_id
from .payment_views import narrowing


class ExtensionInput(serializers.Serializer):
    """A multipart form: `evidence` is a file, `customer` the identity or company number of who needs more time."""

    customer = serializers.CharField(max_length=20)
    reason = serializers.CharField(max_length=LONGEST)
    wanted_until = serializers.DateField()
    evidence = serializers.FileField()


class ExtensionsInput(serializers.Serializer):
    state = serializers.ChoiceField(choices=labels.REQUEST_STATE, required=False)


class GrantInput(serializers.Serializer):
    until = serializers.DateField()
    reasons = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)


class RefusalInput(serializers.Serializer):
    reasons = serializers.CharField(max_length=LONGEST)


class ExtensionOutput(serializers.Serializer):
    """A request for more time; `is_late`: asked after the last day, so that the manager alone decides."""

    id = serializers.IntegerField()
    claimant = serializers.IntegerField(source="claimant_id")
    state = serializers.ChoiceField(choices=labels.REQUEST_STATE)
    reason = serializers.CharField()
    wanted_until = serializers.DateField()
    is_late = serializers.BooleanField()
    requested_at = serializers.DateTimeField()
    granted_until = serializers.DateField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reasons = serializers.CharField(allow_blank=True)


class ExtensionPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = ExtensionOutput(many=True)


class Extensions(Acting):
    """Requests for more time to file, the newest first: the fund's all, a claimant's own; `POST` makes one."""

    required_action = {"GET": Action.READ, "POST": Action.REQUEST_EXTENSION}
    serializer_class = ExtensionInput

    @extend_schema(
        operation_id="compensation_extensions_list", parameters=[ExtensionsInput], responses=ExtensionPageOutput
    )
    def get(self, request: Request) -> Response:
        found = visible(user_of(request)).filter(**narrowing(ExtensionsInput, request))
        return Response(page(request, found, ExtensionOutput))

    @extend_schema(operation_id="compensation_extensions_create", responses={201: ExtensionOutput})
    def post(self, request: Request) -> Response:
        given = self.parsed()
        made = granting.ask_for_time(
            customer_id=customer_id(user_of(request), given.pop("customer")), **given, **self.who()
        )
        return Response(ExtensionOutput(made).data, status=201)


class ExtensionAction(Acting):
    """A decision on one request."""

    required_action = Action.DECIDE_EXTENSION

    @extend_schema(responses=ExtensionOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(visible(user_of(request)), pk=pk)
        made = self.act(extension_id=pk, **self.parsed(found), **self.who())
        return Response(ExtensionOutput(made).data)

    def act(self, **given: Any) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class GrantExtension(ExtensionAction):
    """Open the filing for this claimant alone, until a day (CMP-8.2-b)."""

    serializer_class = GrantInput

    def act(self, **given: Any) -> object:
        return granting.grant_time(**given)


class RefuseExtension(ExtensionAction):
    """Refuse more time, with reasons."""

    serializer_class = RefusalInput

    def act(self, **given: Any) -> object:
        return granting.refuse_time(**given)


def visible(user: User) -> QuerySet[FilingExtension]:
    """The fund sees all, a claimant his own and his clients'."""
    if user.is_employee:
        return FilingExtension.objects.all()
    return FilingExtension.objects.filter(claimant__customer__in=customers_of(user, timezone.localdate()))
