"""What is deducted from a payment, for programs: tax debts, liens, certificates of withholding (CMP-8.5.1-d)."""

from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ..models import Lien, TaxDebt
from ..rules.access import Action
from ..services import owing
from . import money_serializers as shapes
from .acting import Acting, page
from .payment_views import VIEWED_OR_PAID, narrowing


class OfClaimantInput(serializers.Serializer):
    claimant = serializers.IntegerField(min_value=1, required=False)


class TaxDebts(Acting):
    """Tax debts, the newest first; `POST` records one."""

    required_action = VIEWED_OR_PAID
    serializer_class = shapes.TaxDebtInput

    @extend_schema(
        operation_id="compensation_tax_debts_list", parameters=[OfClaimantInput], responses=shapes.TaxDebtPageOutput
    )
    def get(self, request: Request) -> Response:
        found = TaxDebt.objects.filter(**narrowing(OfClaimantInput, request))
        return Response(page(request, found, shapes.TaxDebtOutput))

    @extend_schema(operation_id="compensation_tax_debts_create", responses={201: shapes.TaxDebtOutput})
    def post(self, request: Request) -> Response:
        made = owing.record_debt(**self.parsed(), **self.who())
        return Response(shapes.TaxDebtOutput(made).data, status=201)


class Liens(Acting):
    """Liens, the newest first; `POST` records one that was served."""

    required_action = VIEWED_OR_PAID
    serializer_class = shapes.LienInput

    @extend_schema(
        operation_id="compensation_liens_list", parameters=[OfClaimantInput], responses=shapes.LienPageOutput
    )
    def get(self, request: Request) -> Response:
        found = Lien.objects.filter(**narrowing(OfClaimantInput, request))
        return Response(page(request, found, shapes.LienOutput))

    @extend_schema(operation_id="compensation_liens_create", responses={201: shapes.LienOutput})
    def post(self, request: Request) -> Response:
        made = owing.record_lien(**self.parsed(), **self.who())
        return Response(shapes.LienOutput(made).data, status=201)


class Certificates(Acting):
    """Record a certificate that lowers the tax withheld for a time."""

    required_action = Action.PAY
    serializer_class = shapes.CertificateInput

    @extend_schema(responses={201: shapes.CertificateOutput})
    def post(self, request: Request) -> Response:
        made = owing.record_certificate(**self.parsed(), **self.who())
        return Response(shapes.CertificateOutput(made).data, status=201)


class DueAction(Acting):
    """Something done to one debt or lien."""

    required_action = Action.PAY
    model: type[Model]
    output_class: type[serializers.Serializer]

    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(self.model, pk=pk)
        made = self.act(pk, {**self.parsed(found), **self.who()})
        return Response(self.output_class(made).data)

    def act(self, pk: int, given: dict[str, Any]) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


@extend_schema(responses=shapes.TaxDebtOutput)
class CloseDebt(DueAction):
    """A debt was paid or cancelled elsewhere; from this day it is not deducted any more."""

    serializer_class = shapes.ClosingInput
    model, output_class = TaxDebt, shapes.TaxDebtOutput

    def act(self, pk: int, given: dict[str, Any]) -> object:
        return owing.close_debt(debt_id=pk, **given)


@extend_schema(responses=shapes.TaxDebtOutput)
class WaiveDebt(DueAction):
    """Decide, as the manager, that a debt is not deducted (CMP-8.8.1-a)."""

    required_action = Action.DECIDE
    serializer_class = shapes.ReasonInput
    model, output_class = TaxDebt, shapes.TaxDebtOutput

    def act(self, pk: int, given: dict[str, Any]) -> object:
        return owing.waive_debt(debt_id=pk, **given)


@extend_schema(responses=shapes.LienOutput)
class ReleaseLien(DueAction):
    """A lien was lifted; from this day it binds no payment."""

    serializer_class = shapes.ReleaseInput
    model, output_class = Lien, shapes.LienOutput

    def act(self, pk: int, given: dict[str, Any]) -> object:
        return owing.release_lien(lien_id=pk, **given)
