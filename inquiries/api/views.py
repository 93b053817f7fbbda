"""Questions that a program, or a page redrawing itself, asks about one inquiry."""

from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from routing.models import Team

from .. import labels
from ..models import Inquiry
from ..rules.access import Action
from ..rules.codes import Status
from ..rules.states import Actor, allowed_targets
from ..selectors.inquiry_pages import inquiry_seen_by
from ..selectors.visibility import may_handle
from ..services import judging
from .serializers import RequirementsInput, RequirementsOutput, TransitionsOutput


class InquiryQuestion(APIView):
    """Finds the inquiry; not there and not visible look alike."""

    required_action = Action.VIEW

    def inquiry(self, number: str) -> Inquiry:
        found = inquiry_seen_by(cast("User", self.request.user), number)
        if found is None:
            raise Http404
        return found


class Requirements(InquiryQuestion):
    """
    The fields that a status asks for now, from what is refused without them (CRM-4.1-e).

    A status that cannot be chosen is refused here as it would be there. `team` is where the inquiry is to be
    forwarded: the head team is asked without a verdict on the triplet.
    """

    @extend_schema(parameters=[RequirementsInput], responses=RequirementsOutput)
    def get(self, request: Request, number: str) -> Response:
        inquiry = self.inquiry(number)
        asked = RequirementsInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        to = Status(asked.validated_data["to"])
        if to not in allowed_targets(Status(inquiry.status), Actor.OWNER):
            raise refuse(Code.INVALID_TRANSITION, "to", clause="4.5")
        team = Team.objects.filter(pk=asked.validated_data.get("team")).first()
        return Response({"to": to.value, "required_fields": list(judging.asked(inquiry, to, team=team))})


class Transitions(InquiryQuestion):
    """The statuses that may be chosen now, each with what it asks for."""

    @extend_schema(responses=TransitionsOutput)
    def get(self, request: Request, number: str) -> Response:
        inquiry = self.inquiry(number)
        user, words = cast("User", request.user), dict(labels.STATUS)
        targets: list[dict[str, Any]] = [
            {
                "status": to.value,
                "label": str(words[to.value]),
                "required_fields": list(judging.asked(inquiry, to)),
            }
            for to in allowed_targets(Status(inquiry.status), Actor.OWNER)
        ]
        return Response(
            {
                "status": inquiry.status,
                "version": inquiry.version,
                "may_change": inquiry.owner_id == user.pk and may_handle(user, inquiry),
                "targets": targets,
            }
        )
