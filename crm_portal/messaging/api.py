"""Where the providers of e-mail and SMS report what became of a message (docs/messaging.md)."""

from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .rules.reports import Outcome, is_signed
from .services import reporting

SIGNATURE = "X-Signature"
log = structlog.get_logger()


class Signed(BaseAuthentication):
    """The sender proves by a signature of the body that it has one of the keys."""

    def authenticate(self, request: Request) -> tuple[Any, None]:
        """:raises AuthenticationFailed: when it is missing, old, not of this body, or by a key that nobody agreed on"""
        header = request.headers.get(SIGNATURE, "")
        if not is_signed(header, request.body, settings.DELIVERY_REPORT_KEYS, timezone.now()):
            log.warning("delivery_report_refused", has_signature=bool(header))
            raise AuthenticationFailed
        return AnonymousUser(), None

    def authenticate_header(self, request: Request) -> str:
        return f'Signature header="{SIGNATURE}"'


class SignedScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI description names it."""

    target_class = Signed
    name = "signature of the body"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": SIGNATURE}


class ReportInput(serializers.Serializer):
    """What became of one message."""

    message = serializers.UUIDField(help_text="The Idempotency-Key of an SMS; of an e-mail the Message-ID before `@`.")
    outcome = serializers.ChoiceField(choices=[outcome.value for outcome in Outcome])
    reason = serializers.CharField(required=False, allow_blank=True, default="", help_text="Why it came back.")


class Reports(APIView):
    """Take one report; the same one again is taken and changes nothing, so it may be repeated at will."""

    required_action = None  # the signature lets in
    is_open_abroad = True  # a provider may report from anywhere
    authentication_classes = [Signed]

    @extend_schema(operation_id="message_reports_create", request=ReportInput, responses={204: None})
    def post(self, request: Request) -> Response:
        sent = ReportInput(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        reporting.report(
            notification_id=told["message"],
            outcome=Outcome(told["outcome"]),
            reason=told["reason"],
            at=timezone.now(),
        )
        return Response(status=204)
