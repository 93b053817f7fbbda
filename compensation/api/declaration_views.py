"""The employee's declaration for programs, opened by the link's token, number and code alone (CMP-3.4.2-j)."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from drf_spectacular.authentication import BasicScheme
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BasicAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm_portal.errors import Code, Refused, refuse
from crm_portal.people.rules.identity_numbers import padded

from .. import labels
from ..models import Invitation
from ..rules.reasons import Reason
from ..selectors import declarations
from ..services import declaring


class NumberAndCode(BasicAuthentication):
    """The identity number in the place of a user, the code from the message in that of a password (CMP-3.4.2-b)."""

    www_authenticate_realm = "declaration"

    def authenticate_credentials(  # type: ignore[override]  # what is opened stands in the place of a user
        self, userid: str, password: str, request: Request | None = None
    ) -> tuple[Any, Invitation]:
        """
        Open the link with them; a wrong try counts, and the fifth locks.

        :raises Refused: CODE_WRONG, TOO_MANY_ATTEMPTS
        """
        assert request is not None  # noqa: S101 - the base class always gives it
        invitation = declarations.invitation_of(request.parser_context["kwargs"]["token"])
        if invitation is None:
            raise Http404
        refusal = declaring.open_with(
            invitation_id=invitation.pk, id_number=padded(userid), code=password, at=timezone.now()
        )
        if refusal is not None:
            raise Refused(refusal)
        return AnonymousUser(), invitation


class NumberAndCodeScheme(BasicScheme):  # type: ignore[no-untyped-call]
    """How the OpenAPI description names it."""

    target_class = NumberAndCode  # type: ignore[assignment]
    name = "identity number and code"


class ConfirmInput(serializers.Serializer):
    is_true = serializers.BooleanField(help_text="The details are right.")

    def validate_is_true(self, value: bool) -> bool:
        if not value:
            raise serializers.ValidationError(code="required")
        return value


class DisputeInput(ConfirmInput):
    days = serializers.ListField(child=serializers.DateField(), allow_empty=False, help_text="Those that are wrong.")
    remark = serializers.CharField(max_length=declaring.LONGEST_REMARK, help_text="What is not right.")


class DeclaredDayOutput(serializers.Serializer):
    on = serializers.DateField()
    absent_hours = serializers.DecimalField(max_digits=4, decimal_places=2)
    ground = serializers.ChoiceField(choices=labels.ABSENCE_GROUND, allow_blank=True)
    answer = serializers.ChoiceField(choices=labels.ANSWER, allow_blank=True)


class DeclarationOutput(serializers.Serializer):
    """The employee's own days, and the words that he declares."""

    employer = serializers.CharField()
    name = serializers.CharField()
    text = serializers.CharField()
    days = DeclaredDayOutput(many=True)
    declared_at = serializers.DateTimeField(allow_null=True)
    disputed_at = serializers.DateTimeField(allow_null=True)


class DeclarationView(APIView):
    """Opens the link, and shows what is behind it."""

    required_action = None  # the link, the number and the code are all that is needed
    authentication_classes = [NumberAndCode]

    def opened(self) -> Invitation:
        """
        The link that was opened with this request.

        :raises NotAuthenticated: without number and code
        """
        if not isinstance(self.request.auth, Invitation):
            raise NotAuthenticated
        return self.request.auth

    def shown(self, invitation: Invitation) -> Response:
        row = invitation.row
        days = list(row.days.all())
        answer = {
            "employer": row.claim.claimant.customer,
            "name": row.name,
            "text": declarations.words_of(row, days),
            "days": days,
            "declared_at": row.declared_at,
            "disputed_at": row.disputed_at,
        }
        return Response(DeclarationOutput(answer).data, headers={"Cache-Control": "no-store"})


class Declaration(DeclarationView):
    """What an employee is asked to declare; after he has, what he said."""

    @extend_schema(operation_id="compensation_declarations_retrieve", responses=DeclarationOutput)
    def get(self, request: Request, token: str) -> Response:
        invitation = self.opened()
        if declarations.why_closed(invitation) in {"over", "newer"}:
            raise refuse(Reason.GEN_BAD_TRANSITION, "token", clause="CMP-3.4.2-c")
        return self.shown(invitation)


class Answering(DeclarationView):
    """Parses what was sent and keeps the declaration, for as long as none was."""

    serializer_class: type[serializers.Serializer] = ConfirmInput

    @extend_schema(responses=DeclarationOutput)
    def post(self, request: Request, token: str) -> Response:
        invitation = self.opened()
        sent = self.serializer_class(data=request.data)
        sent.is_valid(raise_exception=True)
        days = {day.on: day.pk for day in invitation.row.days.all()}
        disputed: list[date] = sent.validated_data.get("days", [])
        if unknown := [on for on in disputed if on not in days]:
            raise refuse(Code.INVALID_VALUE, *[f"days.{disputed.index(on)}" for on in unknown], clause="CMP-3.4.2-c")
        declaring.declare(
            invitation_id=invitation.pk,
            by=None,
            at=timezone.now(),
            confirmed=[pk for on, pk in days.items() if on not in disputed],
            text=declarations.words_of(invitation.row, list(invitation.row.days.all())),
            remark=sent.validated_data.get("remark", ""),
        )
        return self.shown(declarations.invitation_of(token) or invitation)


class Confirm(Answering):
    """Confirm every day; the last employee's confirmation completes the claim (CMP-3.4.2-d)."""


class Dispute(Answering):
    """Dispute days, saying why; the row returns to the employer (CMP-3.4.2-c)."""

    serializer_class = DisputeInput
