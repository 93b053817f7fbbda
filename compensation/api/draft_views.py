"""Drafts for programs: said in parts, assessed and filed by the commands that the wizard calls (CMP-2.3-i)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from crm_portal.errors import Refusal, refuse_if
from crm_portal.facts import InvalidInput
from crm_portal.people.phones import e164
from crm_portal.sentences import sentence
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim
from ..rules.access import Action
from ..rules.codes import Regime, Track
from ..rules.programme import Programme
from ..rules.reading import known_town
from ..rules.wizard import WizardStep
from ..selectors import assessing, drafts
from ..selectors.facts import declares_wages_paid
from ..services import documents, drafting, filing
from ..services.drafting import Saved
from .acting import Acting, user_of
from .claim_actions import ClaimAction
from .claim_serializers import ClaimantsClaimOutput, whole
from .claim_views import Claims, ClaimView, OneClaim
from .customers import customer_id
from .draft_inputs import DocumentInput, DraftInput, StartInput, TrackInput
from .draft_serializers import ComputedOutput

_COLUMNS = ("has_branches", "kind", "flags", "declares_causation")
_CLAIMANT = ("email", "mobile", "bank", "bank_branch", "bank_account")
_TOWNS = ("business_town", "registered_town")


class ClaimsAndDrafts(Acting, Claims):
    """
    Every submitted claim for the fund, one's own and one's clients' for a claimant; the most urgent first.

    `POST` begins a claim, or goes on with the draft of the claimant that is still open.
    """

    required_action = {"GET": Action.READ, "POST": Action.FILE}  # type: ignore[assignment]
    serializer_class = StartInput

    @extend_schema(operation_id="compensation_claims_create", responses={201: ClaimantsClaimOutput})
    def post(self, request: Request) -> Response:
        given, user = self.parsed(), user_of(request)
        customer = customer_id(user, given["customer"])
        claim = drafting.start(customer_id=customer, check_id=given.get("check"), **self.who())
        return Response(whole(claim, user, timezone.localdate()), status=201)


class OneClaimOrDraft(Acting, OneClaim):
    """One claim with its clocks, demands, decisions and latest computation; a draft is changed and deleted."""

    required_action = {"GET": Action.READ, "PATCH": Action.FILE, "DELETE": Action.FILE}  # type: ignore[assignment]
    serializer_class = DraftInput

    @extend_schema(operation_id="compensation_claims_partial_update", responses=ClaimantsClaimOutput)
    def patch(self, request: Request, number: str) -> Response:
        claim = self.claim(number)
        given = self.parsed(claim)
        programme = drafts.programme_of_claim(claim, day_of(timezone.now()))
        drafting.save_step(
            claim_id=claim.pk,
            step=WizardStep.DECLARATIONS if claim.track else WizardStep.BUSINESS,
            saved=_saved(claim, given, programme),
            version=given["version"],
            **self.who(),
        )
        return self.shown(self.claim(number))

    @extend_schema(operation_id="compensation_claims_destroy", responses={204: None})
    def delete(self, request: Request, number: str) -> Response:
        drafting.delete_draft(claim_id=self.claim(number).pk, **self.who())
        return Response(status=204)


class ChooseTrack(ClaimAction):
    """Choose the regulations and the track, declared in words (CMP-2.2-a)."""

    required_action = Action.FILE
    serializer_class = TrackInput

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        regime, track = Regime(given.pop("regime")), Track(given.pop("track"))
        return drafting.choose_track(claim_id=claim.pk, regime=regime, track=track, **given, **self.who())


class Documents(ClaimAction):
    """Attach a document to a line of a draft's checklist (CMP-4.7.2-g)."""

    required_action = Action.FILE
    serializer_class = DocumentInput
    parser_classes = (MultiPartParser, FormParser)

    def act(self, claim: Claim, given: dict[str, Any]) -> object:
        return documents.upload(claim_id=claim.pk, upload=given.pop("file"), **given, **self.who())


class Compute(ClaimView):
    """The rules' answer on the draft's figures, and everything that stands in the way of filing; nothing is kept."""

    required_action = Action.FILE

    @extend_schema(request=None, responses=ComputedOutput)
    def post(self, request: Request, number: str) -> Response:
        claim, at = self.claim(number), timezone.now()
        programme = drafts.programme_of_claim(claim, day_of(at))
        found = drafts.assessed(claim, programme) if claim.track else drafts.Assessed(None)
        result = assessing.as_plain(found.assessment, programme) if found.assessment is not None else None
        invalid = map(assessing.as_refusal, found.invalid)
        against = filing.refusals(claim, user_of(request), at)
        return Response({"result": result, "invalid": hits(invalid), "against": hits(against)})


def hits(refusals: Iterable[Refusal]) -> list[dict[str, str | None]]:
    """Refusals as an answer lists them."""
    return [
        {"code": str(one.code), "message": sentence(one), "field": one.fields[0] if one.fields else None}
        for one in refusals
    ]


def _saved(claim: Claim, given: Mapping[str, Any], programme: Programme) -> Saved:
    """
    What one request says, as a step of the wizard says it.

    :raises Refused: GEN_UNKNOWN_TOWN at each town that no list knows
    """
    columns = {name: given[name] for name in _COLUMNS if name in given}
    claimant = {name: given[name] for name in _CLAIMANT if name in given}
    if "mobile" in claimant:
        claimant["mobile"] = e164(claimant["mobile"], field="mobile", mobile=True)
    wrong: list[Refusal] = []
    for name in _TOWNS:
        if name in given:
            columns[name] = _town(given[name], programme, name, wrong)
    branches = None
    if "branches" in given:
        places = enumerate(given["branches"])
        branches = [(one["name"], _town(one["town"], programme, f"branches.{n}.town", wrong)) for n, one in places]
    refuse_if(wrong)
    answers: dict[str, Any] = {}
    if business := {name: given[name] for name in ("sector", "reporting") if name in given}:
        answers["business"] = {**claim.answers.get("business", {}), **business}
    if "facts" in given:
        answers["said"] = given["facts"]
        columns["declares_wages_paid"] = declares_wages_paid(given["facts"])
    answers |= {name: given[name] for name in ("figures", "declares_truth") if name in given}
    return Saved(columns=columns, claimant=claimant, answers=answers, branches=branches)


def _town(name: str, programme: Programme, where: str, wrong: list[Refusal]) -> str:
    try:
        return known_town(name, programme.towns, where).name
    except InvalidInput as invalid:
        wrong.append(assessing.as_refusal(invalid))
        return ""
