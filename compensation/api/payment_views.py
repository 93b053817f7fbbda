"""Payments and overpayments for programs, by the commands of the treasurer's pages (CMP-8.5.1-d)."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from .. import labels, money_words
from ..models import Overpayment, Payment
from ..rules.access import Action
from ..services import overpaying, paying
from . import money_serializers as shapes
from .acting import Acting, page

VIEWED_OR_PAID = {"GET": Action.VIEW_PAYMENTS, "POST": Action.PAY}


class PaymentsInput(serializers.Serializer):
    state = serializers.ChoiceField(choices=labels.PAYMENT_STATE, required=False)
    claim = serializers.CharField(max_length=20, required=False)


class OverpaymentsInput(serializers.Serializer):
    state = serializers.ChoiceField(choices=money_words.OVERPAYMENT_STATE, required=False)
    claim = serializers.CharField(max_length=20, required=False)


class Payments(Acting):
    """The payments, the newest first; `POST` makes the sheet of a claim's latest determination, as of today."""

    required_action = VIEWED_OR_PAID
    serializer_class = shapes.ClaimInput

    @extend_schema(
        operation_id="compensation_payments_list", parameters=[PaymentsInput], responses=shapes.PaymentPageOutput
    )
    def get(self, request: Request) -> Response:
        found = _payments().filter(**narrowing(PaymentsInput, request))
        return Response(page(request, found, shapes.PaymentOutput))

    @extend_schema(operation_id="compensation_payments_create", responses={201: shapes.PaymentOutput})
    def post(self, request: Request) -> Response:
        made = paying.prepare(claim_id=self.parsed()["claim"].pk, **self.who())
        return Response(shapes.PaymentOutput(_payments().get(pk=made.pk)).data, status=201)


class OnePayment(Acting):
    """One payment with the lines of its sheet."""

    required_action = Action.VIEW_PAYMENTS

    @extend_schema(operation_id="compensation_payments_retrieve", responses=shapes.PaymentOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(shapes.PaymentOutput(get_object_or_404(_payments(), pk=pk)).data)


class PaymentAction(Acting):
    """Something done to one payment."""

    required_action = Action.PAY

    @extend_schema(responses=shapes.PaymentOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(_payments(), pk=pk)
        self.act(payment_id=pk, **self.parsed(found), **self.who())
        return Response(shapes.PaymentOutput(_payments().get(pk=pk)).data)

    def act(self, **given: Any) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class Pay(PaymentAction):
    """Approve a sheet for payment: it enters the ledger, and goes out with the bank's next file."""

    def act(self, **given: Any) -> object:
        return paying.approve(**given)


class Cancel(PaymentAction):
    """Cancel a payment that no bank has, with reasons."""

    serializer_class = shapes.ReasonInput

    def act(self, **given: Any) -> object:
        return paying.cancel(**given)


class Overpayments(Acting):
    """What must be returned, the newest first; `POST` demands back what a claim was paid too much."""

    required_action = VIEWED_OR_PAID
    serializer_class = shapes.ClaimInput

    @extend_schema(
        operation_id="compensation_overpayments_list",
        parameters=[OverpaymentsInput],
        responses=shapes.OverpaymentPageOutput,
    )
    def get(self, request: Request) -> Response:
        found = _overpayments().filter(**narrowing(OverpaymentsInput, request))
        return Response(page(request, found, shapes.OverpaymentOutput))

    @extend_schema(operation_id="compensation_overpayments_demand", responses={201: shapes.OverpaymentOutput})
    def post(self, request: Request) -> Response:
        made = overpaying.demand(claim_id=self.parsed()["claim"].pk, **self.who())
        return Response(shapes.OverpaymentOutput(_overpayments().get(pk=made.pk)).data, status=201)


class OneOverpayment(Acting):
    """One overpayment."""

    required_action = Action.VIEW_PAYMENTS

    @extend_schema(operation_id="compensation_overpayments_retrieve", responses=shapes.OverpaymentOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(shapes.OverpaymentOutput(get_object_or_404(_overpayments(), pk=pk)).data)


class OverpaymentAction(Acting):
    """Something done to one overpayment."""

    required_action = Action.PAY

    @extend_schema(responses=shapes.OverpaymentOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(_overpayments(), pk=pk)
        self.act(overpayment_id=pk, **self.parsed(found), **self.who())
        return Response(shapes.OverpaymentOutput(_overpayments().get(pk=pk)).data)

    def act(self, **given: Any) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class RecordReturn(OverpaymentAction):
    """Record a sum that the claimant returned."""

    serializer_class = shapes.ReturnInput

    def act(self, **given: Any) -> object:
        return overpaying.record_return(**given)


class RecordService(OverpaymentAction):
    """Record the day on which a demand was served by other means."""

    serializer_class = shapes.ServiceInput

    def act(self, **given: Any) -> object:
        return overpaying.record_service(**given)


def narrowing(shape: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """What the query narrows a list to."""
    asked = shape(data=request.query_params)
    asked.is_valid(raise_exception=True)
    names = {"state": "state", "claim": "claim__number", "claimant": "claimant"}
    return {names[name]: value for name, value in asked.validated_data.items()}


def _payments() -> QuerySet[Payment]:
    return Payment.objects.select_related("claim")


def _overpayments() -> QuerySet[Overpayment]:
    return Overpayment.objects.select_related("claim").annotate(back=Coalesce(Sum("returns__principal"), Decimal(0)))
