"""Claims for programs: listed and read by whoever may see them (CMP-2.3-i)."""

from datetime import timedelta

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm_portal.audit.services.recording import record_read
from crm_portal.errors import Refused
from crm_portal.facts import InvalidInput

from .. import labels
from ..models import Claim
from ..rules.access import Action
from ..rules.reading import known_town
from ..selectors import assessing
from ..selectors.claims import claims_visible_to
from ..selectors.programmes import current
from ..selectors.queues import narrowed, page_of, total_of
from .acting import address, user_of
from .claim_serializers import EITHER, ClaimPageOutput, rows, whole

READ_WITH = ("claimant__customer", "claimant__programme", "clerk")
_DAY = timedelta(days=1)


class ClaimsInput(serializers.Serializer):
    """How the list is narrowed; `after` comes with the address `next`."""

    state = serializers.ChoiceField(choices=labels.CLAIM_STATE, required=False)
    track = serializers.ChoiceField(choices=labels.TRACK, required=False)
    town = serializers.CharField(required=False, help_text="Of the business, in any spelling.")
    due_before = serializers.DateField(required=False, help_text="Undecided, and to be decided before this day.")
    after = serializers.CharField(required=False, max_length=40)


class Claims(APIView):
    """Every submitted claim for the fund, one's own and one's clients' for a claimant; the most urgent first."""

    required_action = Action.READ

    @extend_schema(operation_id="compensation_claims_list", parameters=[ClaimsInput], responses=ClaimPageOutput)
    def get(self, request: Request) -> Response:
        user = user_of(request)
        asked = ClaimsInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        due_before = wanted.get("due_before")
        claims = narrowed(
            claims_visible_to(user, timezone.localdate()),
            state=wanted.get("state", ""),
            track=wanted.get("track", ""),
            town=_town(wanted.get("town", "")),
            due_by=due_before - _DAY if due_before is not None else None,
        )
        page = page_of(claims, wanted.get("after", ""))
        answer = {"total": total_of(claims), "next": address(request, page.after), "results": rows(page.rows, user)}
        return Response(ClaimPageOutput(answer).data)


class ClaimView(APIView):
    """Finds the claim; not there and not visible look alike."""

    required_action = Action.READ

    def claim(self, number: str) -> Claim:
        visible = claims_visible_to(user_of(self.request), timezone.localdate())
        found = visible.select_related(*READ_WITH).filter(number=number).first()
        if found is None:
            raise Http404
        return found

    def shown(self, claim: Claim) -> Response:
        """The claim as it is; the version to change it by is also its ETag."""
        answer = whole(claim, user_of(self.request), timezone.localdate())
        return Response(answer, headers={"ETag": f'"{claim.version}"'})


class OneClaim(ClaimView):
    """One claim with its clocks, demands, decisions and latest computation; for the fund also its findings."""

    @extend_schema(operation_id="compensation_claims_retrieve", responses=EITHER)
    def get(self, request: Request, number: str) -> Response:
        claim = self.claim(number)
        record_read("claim.view", by=user_of(request), at=timezone.now(), target=claim)
        return self.shown(claim)


def _town(name: str) -> str:
    """The canonical name; a town that nobody knows is refused, and never finds nothing silently."""
    try:
        return known_town(name, current().towns, "town").name if name else ""
    except InvalidInput as invalid:
        raise Refused(assessing.as_refusal(invalid)) from None
