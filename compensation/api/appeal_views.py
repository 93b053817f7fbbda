"""Appeals to the committee and to the District Court for programs: filed, heard, decided (CMP-9.2-c, clause 10)."""

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
from ..models import Appeal
from ..rules.access import Action
from ..selectors.claims import claims_visible_to
from ..services import appealing
from .acting import Acting, page, user_of
from .claim_inputs import LONGEST
from .claim_serializers import money
from .objection_views import visible as visible_objections
from .payment_views import narrowing


class AppealInput(serializers.Serializer):
    """The record of an appeal; files come as `uploads` and `power_of_attorney` of a multipart form (CMP-10.2-a)."""

    objection = serializers.IntegerField(min_value=1)
    grounds = serializers.CharField(max_length=LONGEST)
    copies = serializers.IntegerField(min_value=0, max_value=99)
    has_all_attachments = serializers.BooleanField()
    lawyer = serializers.CharField(required=False, allow_blank=True, default="", max_length=120)
    uploads = serializers.ListField(child=serializers.FileField(), required=False, max_length=20)
    power_of_attorney = serializers.FileField(required=False)


class RecordedAppealInput(AppealInput):
    """An appeal that the committee had on `filed_on`."""

    filed_on = serializers.DateField()


class AppealsInput(serializers.Serializer):
    state = serializers.ChoiceField(choices=labels.APPEAL_STATE, required=False)
    claim = serializers.CharField(max_length=20, required=False)


class HearingInput(serializers.Serializer):
    on = serializers.DateField()
    place = serializers.CharField(max_length=120)
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)


class CommitteeInput(serializers.Serializer):
    decided_on = serializers.DateField()
    served_on = serializers.DateField()
    amount = money(min_value=0)
    text = serializers.CharField(max_length=LONGEST)


class CourtInput(serializers.Serializer):
    filed_on = serializers.DateField()
    attorney_copy_on = serializers.DateField(help_text="The copy goes to the district attorney with the filing.")
    legal_question = serializers.CharField(max_length=LONGEST)
    number = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)


class CourtDecisionInput(serializers.Serializer):
    decided_on = serializers.DateField()
    amount = money(min_value=0)
    text = serializers.CharField(max_length=LONGEST)


class HearingOutput(serializers.Serializer):
    on = serializers.DateField()
    place = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class AppealOutput(serializers.Serializer):
    """An appeal; `court_until` is the last day for the District Court."""

    id = serializers.IntegerField()
    claim = serializers.CharField(source="claim.number")
    objection = serializers.IntegerField(source="objection_id")
    state = serializers.ChoiceField(choices=labels.APPEAL_STATE)
    grounds = serializers.CharField()
    filed_on = serializers.DateField()
    copies = serializers.IntegerField()
    lawyer = serializers.CharField(allow_blank=True)
    hearings = HearingOutput(many=True, source="hearings.all")
    decided_on = serializers.DateField(allow_null=True)
    served_on = serializers.DateField(allow_null=True)
    decision_text = serializers.CharField(allow_blank=True)
    court_until = serializers.DateField(allow_null=True)
    court_filed_on = serializers.DateField(allow_null=True)
    attorney_copy_on = serializers.DateField(allow_null=True)
    legal_question = serializers.CharField(allow_blank=True)
    court_decided_on = serializers.DateField(allow_null=True)
    court_text = serializers.CharField(allow_blank=True)


class AppealPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = AppealOutput(many=True)


class Appeals(Acting):
    """Appeals, the newest first: the fund's all, a claimant's own; `POST` files one."""

    required_action = {"GET": Action.READ, "POST": Action.APPEAL}
    serializer_class = AppealInput

    @extend_schema(operation_id="compensation_appeals_list", parameters=[AppealsInput], responses=AppealPageOutput)
    def get(self, request: Request) -> Response:
        found = visible(user_of(request)).filter(**narrowing(AppealsInput, request))
        return Response(page(request, found, AppealOutput))

    @extend_schema(operation_id="compensation_appeals_submit", responses={201: AppealOutput})
    def post(self, request: Request) -> Response:
        return self.filed(request)

    def filed(self, request: Request) -> Response:
        """File what was sent against the decision on an objection that the sender may see."""
        given, user = self.parsed(), user_of(request)
        objection = get_object_or_404(visible_objections(user), pk=given.pop("objection"))
        made = appealing.file(objection_id=objection.pk, claims=[objection.claim_id], **given, **self.who())
        return Response(AppealOutput(visible(user).get(pk=made.pk)).data, status=201)


class RecordAppeal(Appeals):
    """Record an appeal that reached the committee, as the fund."""

    required_action = {"POST": Action.RECORD_APPEAL}
    serializer_class = RecordedAppealInput
    http_method_names = ["post", "options"]

    @extend_schema(operation_id="compensation_appeals_record", responses={201: AppealOutput})
    def post(self, request: Request) -> Response:
        return self.filed(request)


class OneAppeal(Acting):
    """One appeal with its hearings."""

    required_action = Action.READ

    @extend_schema(operation_id="compensation_appeals_retrieve", responses=AppealOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(AppealOutput(get_object_or_404(visible(user_of(request)), pk=pk)).data)


class AppealAction(Acting):
    """Something recorded of one appeal."""

    required_action = Action.RECORD_APPEAL

    @extend_schema(responses=AppealOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = get_object_or_404(visible(user_of(request)), pk=pk)
        self.act(found, {**self.parsed(found), **self.who()})
        return Response(AppealOutput(visible(user_of(request)).get(pk=pk)).data)

    def act(self, appeal: Appeal, given: dict[str, Any]) -> object:
        """Call the command. Subclasses say which."""
        raise NotImplementedError


class RecordHearing(AppealAction):
    """Record a day on which the committee hears the appeal (CMP-10.1-a)."""

    serializer_class = HearingInput

    def act(self, appeal: Appeal, given: dict[str, Any]) -> object:
        return appealing.set_hearing(appeal_id=appeal.pk, **given)


class DecideAppeal(AppealAction):
    """Record the committee's decision and its service; another amount is determined by it (CMP-10.3-b)."""

    serializer_class = CommitteeInput

    def act(self, appeal: Appeal, given: dict[str, Any]) -> object:
        return appealing.decide(appeal_id=appeal.pk, **given)


class AppealToCourt(AppealAction):
    """Record an appeal to the District Court, on a question of law, within 30 days of service (CMP-10.3-a)."""

    serializer_class = CourtInput

    def act(self, appeal: Appeal, given: dict[str, Any]) -> object:
        return appealing.appeal_to_court(appeal_id=appeal.pk, **given)


class DecideInCourt(AppealAction):
    """Record the court's decision; another amount is determined by it (CMP-10.3-b)."""

    serializer_class = CourtDecisionInput

    def act(self, appeal: Appeal, given: dict[str, Any]) -> object:
        return appealing.decide_in_court(appeal_id=appeal.pk, **given)


def visible(user: User) -> QuerySet[Appeal]:
    """Those in the claims that somebody may see."""
    claims = claims_visible_to(user, timezone.localdate())
    return Appeal.objects.filter(claim__in=claims).select_related("claim").prefetch_related("hearings")
