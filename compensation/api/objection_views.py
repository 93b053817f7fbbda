"""Objections for programs: filed by the claimant, decided by an officer with fresh eyes (CMP-9.2-c)."""

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
from ..models import Objection
from ..rules.access import Action
from ..selectors.claims import claims_visible_to
from ..services import examining, objecting
from .acting import Acting, NothingInput, page, user_of
from .claim_inputs import LONGEST, GapInput
from .claim_serializers import money
from .payment_views import narrowing


class ObjectionInput(serializers.Serializer):
    """`amount` is the determination that is objected for; files come as `uploads` of a multipart form."""

    claim = serializers.CharField(max_length=20)
    grounds = serializers.CharField(max_length=LONGEST)
    amount = money(min_value=1)
    mobile = serializers.CharField(max_length=20)
    uploads = serializers.ListField(child=serializers.FileField(), required=False, max_length=20)


class ObjectionsInput(serializers.Serializer):
    state = serializers.ChoiceField(choices=labels.OBJECTION_STATE, required=False)
    claim = serializers.CharField(max_length=20, required=False)


class QuestionInput(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST)
    due_on = serializers.DateField()


class QuestionAnswerInput(serializers.Serializer):
    request = serializers.IntegerField(min_value=1, help_text="The `id` of one of `requests`.")
    text = serializers.CharField(allow_blank=True, max_length=LONGEST)
    uploads = serializers.ListField(child=serializers.FileField(), required=False, max_length=20)


class QuestionAcceptanceInput(serializers.Serializer):
    request = serializers.IntegerField(min_value=1)


class LongerInput(serializers.Serializer):
    extended_to = serializers.DateField()
    reason = serializers.CharField(max_length=LONGEST)


class OutcomeInput(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)
    amount = money(min_value=0)
    reasons = serializers.CharField(max_length=LONGEST)
    gaps = GapInput(many=True, required=False, default=list)


class QuestionOutput(serializers.Serializer):
    id = serializers.IntegerField()
    text = serializers.CharField()
    due_on = serializers.DateField()
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)


class ObjectionOutput(serializers.Serializer):
    """An objection; `due_on` is the last day to decide it, after which it is accepted by lapse of time."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    claim = serializers.CharField(source="claim.number")
    state = serializers.ChoiceField(choices=labels.OBJECTION_STATE)
    grounds = serializers.CharField()
    amount = money()
    filed_at = serializers.DateTimeField()
    complete_on = serializers.DateField(allow_null=True)
    extended_to = serializers.DateField(allow_null=True)
    due_on = serializers.DateField()
    decided_at = serializers.DateTimeField(allow_null=True)
    reasons = serializers.CharField(allow_blank=True)
    appeal_until = serializers.DateField(allow_null=True)
    requests = QuestionOutput(many=True, source="requests.all")


class ObjectionPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = ObjectionOutput(many=True)


class Objections(Acting):
    """Objections, the newest first: the fund's all, a claimant's own; `POST` files one."""

    required_action = {"GET": Action.READ, "POST": Action.OBJECT}
    serializer_class = ObjectionInput

    @extend_schema(
        operation_id="compensation_objections_list", parameters=[ObjectionsInput], responses=ObjectionPageOutput
    )
    def get(self, request: Request) -> Response:
        found = visible(user_of(request)).filter(**narrowing(ObjectionsInput, request))
        return Response(page(request, found, ObjectionOutput))

    @extend_schema(operation_id="compensation_objections_submit", responses={201: ObjectionOutput})
    def post(self, request: Request) -> Response:
        given, user = self.parsed(), user_of(request)
        claim = get_object_or_404(claims_visible_to(user, timezone.localdate()), number=given.pop("claim"))
        made = objecting.file(claim_id=claim.pk, claims=[claim.pk], **given, **self.who())
        return Response(ObjectionOutput(visible(user).get(pk=made.pk)).data, status=201)


class OneObjection(Acting):
    """One objection with what its officer asked for."""

    required_action = Action.READ

    @extend_schema(operation_id="compensation_objections_retrieve", responses=ObjectionOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ObjectionOutput(get_object_or_404(visible(user_of(request)), pk=pk)).data)


class ObjectionAction(Acting):
    """Something done to one objection."""

    required_action = Action.DECIDE_OBJECTION

    @extend_schema(responses=ObjectionOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(visible(user_of(request)), pk=pk)
        self.act(found, {**self.parsed(found), **self.who()})
        return Response(ObjectionOutput(visible(user_of(request)).get(pk=pk)).data)

    def act(self, objection: Objection, given: dict[str, Any]) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class TakeObjection(ObjectionAction):
    """Take a filed objection; whoever took part in the determination may not (CMP-9.1-a)."""

    serializer_class = NothingInput

    def act(self, objection: Objection, given: dict[str, Any]) -> object:
        return examining.take(objection_id=objection.pk, **given)


class AskObjector(ObjectionAction):
    """Ask for arguments or evidence in writing; the time to decide goes on (CMP-9.4-a)."""

    serializer_class = QuestionInput

    def act(self, objection: Objection, given: dict[str, Any]) -> object:
        return examining.ask(objection_id=objection.pk, **given)


class AnswerOfficer(ObjectionAction):
    """Deliver what the officer asked for, as the claimant or for him."""

    required_action = Action.OBJECT
    serializer_class = QuestionAnswerInput

    def act(self, objection: Objection, given: dict[str, Any]) -> object:
        request = get_object_or_404(objection.requests, pk=given.pop("request"))
        return objecting.answer(request_id=request.pk, claims=[objection.claim_id], **given)


class AcceptAnswer(ObjectionAction):
    """Go on with an objection whose answer came, or whose day to answer is past."""

    serializer_class = QuestionAcceptanceInput

    def act(self, objection: Objection, given: dict[str, Any]) -> object:
        request = get_object_or_404(objection.requests, pk=given.pop("request"))
        return examining.accept_answer(request_id=request.pk, **given)


class ConfirmComplete(ObjectionAction):
    """Confirm that all documents were supplied (CMP-9.5-a)."""

    def act(self, objection: Objection, given: dict[str, Any]) -> object:
        return examining.confirm_complete(objection_id=objection.pk, **given)


class ExtendObjection(ObjectionAction):
    """Give more time to decide, up to a year from delivery, as the manager alone may (CMP-9.5-a)."""

    required_action = Action.DECIDE
    serializer_class = LongerInput

    def act(self, objection: Objection, given: dict[str, Any]) -> object:
        return examining.extend(objection_id=objection.pk, **given)


class DecideObjection(ObjectionAction):
    """Decide: all that was objected for, a part of it, or the amount as it was (CMP-9.5-a)."""

    serializer_class = OutcomeInput

    def act(self, objection: Objection, given: dict[str, Any]) -> object:
        return examining.decide(objection_id=objection.pk, **given)


def visible(user: User) -> QuerySet[Objection]:
    """Those to the claims that somebody may see."""
    claims = claims_visible_to(user, timezone.localdate())
    return Objection.objects.filter(claim__in=claims).select_related("claim").prefetch_related("requests")
