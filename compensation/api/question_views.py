"""Inquiries about a claim for programs: asked by the claimant, and those that were asked (CMP-8.2-c, CMP-8.3-a)."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ..models import Claim, ClaimInquiry
from ..rules.access import Action
from ..selectors.claims import claims_visible_to
from ..services import asking
from .acting import Acting, page, user_of
from .claim_inputs import LONGEST


class QuestionInput(serializers.Serializer):
    """The same `submission_key` again is the first question. With `files` it is a multipart form."""

    claim = serializers.CharField(max_length=40, help_text="The number of the claim.")
    text = serializers.CharField(max_length=LONGEST)
    submission_key = serializers.CharField(max_length=64)
    files = serializers.ListField(child=serializers.FileField(), required=False, default=list, max_length=10)


class QuestionsInput(serializers.Serializer):
    claim = serializers.CharField(required=False, max_length=40)


class QuestionOutput(serializers.Serializer):
    """An inquiry and the claim that it is about; its thread is read at `inquiries/{inquiry}/`."""

    claim = serializers.CharField(source="claim.number")
    inquiry = serializers.CharField(source="inquiry.number")
    state = serializers.CharField(source="inquiry.status")
    opened_at = serializers.DateTimeField(source="inquiry.opened_at")


class QuestionPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = QuestionOutput(many=True)


class Inquiries(Acting):
    """What was asked about one's claims, the newest first; `POST` asks."""

    required_action = Action.VIEW_OWN
    serializer_class = QuestionInput

    @extend_schema(
        operation_id="compensation_inquiries_list", parameters=[QuestionsInput], responses=QuestionPageOutput
    )
    def get(self, request: Request) -> Response:
        wanted = QuestionsInput(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        found = ClaimInquiry.objects.select_related("claim", "inquiry").filter(claim__in=self._claims())
        if number := wanted.validated_data.get("claim"):
            found = found.filter(claim__number=number)
        return Response(page(request, found, QuestionOutput))

    @extend_schema(operation_id="compensation_inquiries_create", responses={201: QuestionOutput})
    def post(self, request: Request) -> Response:
        given = self.parsed()
        claim = get_object_or_404(self._claims(), number=given.pop("claim"))
        inquiry = asking.ask(claim_id=claim.pk, **given, **self.who())
        made = ClaimInquiry.objects.select_related("claim", "inquiry").get(inquiry=inquiry)
        return Response(QuestionOutput(made).data, status=201)

    def _claims(self) -> QuerySet[Claim]:
        return claims_visible_to(user_of(self.request), timezone.localdate())
