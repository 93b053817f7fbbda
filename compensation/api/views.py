"""What a program asks of the law: an assessment that stores nothing, the matrix, and the towns."""

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from crm_portal.errors import Code, Refused, refuse
from crm_portal.facts import InvalidInput

from ..rules.reading import known_town
from ..rules.towns import Town
from ..selectors import assessing
from ..selectors.programmes import current
from .serializers import AssessmentInput, AssessmentOutput, EligibilityOutput, TownOutput


class PublicRate(AnonRateThrottle):
    """How often somebody who has not signed in may ask, from one address of the network."""

    rate = "1000/minute"


class Assessments(APIView):
    """Assess one case as `manage.py assess compensation` does; nothing is stored."""

    required_action = None  # the law is nobody's secret
    throttle_classes = [PublicRate]

    @extend_schema(request=AssessmentInput, responses=AssessmentOutput)
    def post(self, request: Request) -> Response:
        case: Any = request.data  # whatever JSON was sent
        try:
            found = assessing.result(*assessing.parts(case))
        except InvalidInput as invalid:
            raise Refused(assessing.as_refusal(invalid)) from None
        return Response({"id": case["id"], "result": found})


class Eligibility(APIView):
    """Which tracks are open to a business, by its towns (CMP-2.6-a)."""

    required_action = None
    throttle_classes = [PublicRate]

    @extend_schema(
        parameters=[
            OpenApiParameter("town", required=True),
            OpenApiParameter("registered_town"),
            OpenApiParameter("has_branches", bool),
            OpenApiParameter("branch_towns", description="Names with commas between, or the parameter repeated."),
            OpenApiParameter("employee_towns", description="Names with commas between, or the parameter repeated."),
        ],
        responses=EligibilityOutput,
    )
    def get(self, request: Request) -> Response:
        if not request.query_params.get("town"):
            raise refuse(Code.FIELD_REQUIRED, "town", clause="CMP-2.6-a")
        try:
            found = assessing.result("eligibility", _inputs(request.query_params), current())
        except InvalidInput as invalid:
            raise Refused(assessing.as_refusal(invalid)) from None
        return Response({str(name): found[str(name)] for name in EligibilityOutput().fields})


def _inputs(query: QueryDict) -> dict[str, Any]:
    """The query as the facts of a case; what is left empty was not asked."""
    inputs: dict[str, Any] = {name: query[name] for name in ("town", "registered_town") if query.get(name)}
    if flag := query.get("has_branches", "").lower():
        if flag not in {"true", "false"}:
            raise InvalidInput(Code.INVALID_VALUE, "has_branches")
        inputs["has_branches"] = flag == "true"
    for name in ("branch_towns", "employee_towns"):
        names = [part.strip() for value in query.getlist(name) for part in value.split(",")]
        if any(names):
            inputs[name] = [part for part in names if part]
    return inputs


class Towns(APIView):
    """Every town that is known, with its annexes; `schedule` (A to E) keeps those of one annex."""

    required_action = None
    throttle_classes = [PublicRate]

    @extend_schema(parameters=[OpenApiParameter("schedule")], responses=TownOutput(many=True))
    def get(self, request: Request) -> Response:
        schedule = request.query_params.get("schedule")
        known = {town.name: town for town in current().towns.by_spelling.values()}
        rows = (town for _, town in sorted(known.items()))
        return Response([_town(town) for town in rows if not schedule or schedule in town.annexes])


class ResolveTown(APIView):
    """One town by any of its spellings; a town that no list knows is refused, never taken for the rest."""

    required_action = None
    throttle_classes = [PublicRate]

    @extend_schema(parameters=[OpenApiParameter("name", required=True)], responses=TownOutput)
    def get(self, request: Request) -> Response:
        name = request.query_params.get("name", "")
        if not name.strip():
            raise refuse(Code.FIELD_REQUIRED, "name")
        try:
            return Response(_town(known_town(name, current().towns, "name")))
        except InvalidInput as invalid:
            raise Refused(assessing.as_refusal(invalid)) from None


def _town(town: Town) -> dict[str, Any]:
    return {
        "name": town.name,
        "schedules": sorted(annex.value for annex in town.annexes),
        "row": town.row.value,
        "is_special_area": town.is_special,
        "is_border_settlement": town.is_border_settlement,
    }
