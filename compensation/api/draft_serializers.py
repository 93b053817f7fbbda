"""What the API says of a draft; nothing here saves."""

from datetime import date
from typing import Any

from rest_framework import serializers

from crm_portal.facts import InvalidInput

from .. import labels
from ..models import Claim
from ..rules.offers import Offer
from ..rules.programme import Programme
from ..rules.wizard import WizardStep
from ..selectors import drafts, eligible
from ..selectors.wizard_pages import lines_of


class BranchShape(serializers.Serializer):
    name = serializers.CharField(max_length=120)
    town = serializers.CharField(max_length=80)


class LineOutput(serializers.Serializer):
    requirement = serializers.ChoiceField(choices=labels.DOCUMENT)
    year = serializers.IntegerField(allow_null=True)
    needs_certificate = serializers.BooleanField()
    clause = serializers.CharField()
    file = serializers.CharField(allow_null=True, help_text="The name of what was attached.")


class OfferOutput(serializers.Serializer):
    track = serializers.ChoiceField(choices=labels.TRACK)
    is_open = serializers.BooleanField()
    needs_check = serializers.BooleanField()
    eligibility = serializers.ChoiceField(choices=labels.ELIGIBILITY)


class DraftOutput(serializers.Serializer):
    """What was said so far; `tracks` are offered once the towns are known, `checklist` once a track is chosen."""

    step = serializers.ChoiceField(choices=[step.value for step in WizardStep])
    email = serializers.CharField(allow_blank=True)
    mobile = serializers.CharField(allow_blank=True)
    branches = BranchShape(many=True)
    facts = serializers.DictField()
    figures = serializers.DictField()
    tracks = OfferOutput(many=True)
    checklist = LineOutput(many=True)


class HitOutput(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(allow_null=True)


class ComputedOutput(serializers.Serializer):
    """`result` as `assessments/` answers, or null with what cannot be read; `against`: what forbids to submit."""

    result = serializers.DictField(allow_null=True)
    invalid = HitOutput(many=True)
    against = HitOutput(many=True)


def draft_of(claim: Claim, today: date) -> dict[str, Any]:
    """Everything that was said of a draft."""
    programme = drafts.programme_of_claim(claim, today)
    return {
        "step": claim.step or WizardStep.IDENTITY.value,
        "email": claim.claimant.email,
        "mobile": claim.claimant.mobile,
        "branches": claim.branches.order_by("pk"),
        "facts": claim.answers.get("facts", {}),
        "figures": claim.answers.get("figures", {}),
        "tracks": _offers(claim, programme),
        "checklist": [
            {
                "requirement": line.item.document,
                "year": line.item.year,
                "needs_certificate": line.item.is_certified,
                "clause": line.item.clause,
                "file": line.document.file.name if line.document is not None else None,
            }
            for line in lines_of(claim, programme)
        ],
    }


def _offers(claim: Claim, programme: Programme) -> tuple[Offer, ...]:
    try:
        return eligible.of_claim(claim, programme).offers if claim.business_town else ()
    except InvalidInput:  # a list of towns that has changed since
        return ()
