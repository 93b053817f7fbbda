"""What a program says of a draft: the answers of the wizard's steps, by their names."""

from typing import Any

from rest_framework import serializers

from .. import labels
from ..rules.codes import VatReporting
from .claim_inputs import LONGEST, VersionInput
from .draft_serializers import BranchShape

_REPORTING = [value for value, _label in labels.VAT_REPORTING]
_MOST_BRANCHES = 200


class StartInput(serializers.Serializer):
    """`customer`: the identity or company number of the claimant; `check`: a granted eligibility check."""

    customer = serializers.CharField(max_length=20)
    check = serializers.IntegerField(required=False, min_value=1)


def digits(most: int) -> serializers.RegexField:
    """A number of a bank account as text."""
    return serializers.RegexField(rf"^\d{{1,{most}}}$", required=False)


class DraftInput(VersionInput):
    """What is named is kept, and the rest stays. Towns in any spelling."""

    email = serializers.EmailField(required=False)
    mobile = serializers.CharField(required=False, max_length=20)
    bank = digits(2)
    bank_branch = digits(3)
    bank_account = digits(13)
    business_town = serializers.CharField(required=False, max_length=80)
    registered_town = serializers.CharField(required=False, max_length=80)
    has_branches = serializers.BooleanField(required=False)
    branches = BranchShape(many=True, required=False, max_length=_MOST_BRANCHES)  # type: ignore[call-arg]
    kind = serializers.ChoiceField(choices=labels.CLAIMANT_KIND, required=False)
    flags = serializers.ListField(child=serializers.ChoiceField(choices=labels.CLAIMANT_FLAG), required=False)
    sector = serializers.ChoiceField(choices=labels.SECTOR, required=False)
    reporting = serializers.ChoiceField(choices=_REPORTING, required=False, help_text=f"e.g. {VatReporting.MONTHLY}")
    facts = serializers.DictField(required=False, help_text="Answers of the questionnaire, by name.")
    figures = serializers.DictField(required=False, help_text="As the `inputs` of an assessment of the track.")
    declares_causation = serializers.BooleanField(required=False)
    declares_truth = serializers.BooleanField(required=False)


class AidPlanInput(serializers.Serializer):
    """The claim under the Aid Plan Law (CMP-2.6-g)."""

    number = serializers.CharField(required=False, max_length=40)
    on = serializers.DateField(required=False)
    drop_rate = serializers.DecimalField(required=False, max_digits=5, decimal_places=4, min_value=0, max_value=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        return {name: str(value) for name, value in attrs.items()}


class TrackInput(VersionInput):
    """The choice is kept with who declared it, when and in which words (CMP-2.2-a)."""

    regime = serializers.ChoiceField(choices=labels.REGIME)
    track = serializers.ChoiceField(choices=labels.TRACK)
    declaration = serializers.CharField(max_length=LONGEST)
    knows_of_advance = serializers.BooleanField(required=False, default=False)
    aid_plan = AidPlanInput(required=False)


class DocumentInput(serializers.Serializer):
    """A multipart form: a file for a line of the draft's `checklist`."""

    requirement = serializers.CharField(max_length=60)
    year = serializers.IntegerField(required=False, allow_null=True, default=None)
    is_certified = serializers.BooleanField(required=False, default=False)
    file = serializers.FileField()
