"""What the API of compensation reads and says; nothing here saves."""

from rest_framework import serializers

from .. import labels


class AssessmentInput(serializers.Serializer):
    """One case, in the shape of the golden file."""

    id = serializers.JSONField(help_text="Text or a whole number of your own; it comes back with the result.")
    track = serializers.CharField()
    inputs = serializers.DictField()
    programme = serializers.CharField(required=False, help_text="The code of a programme; the current one without it.")


class AssessmentOutput(serializers.Serializer):
    """The figures of the track, with `steps` and `findings`."""

    id = serializers.JSONField()
    result = serializers.DictField()


class TownOutput(serializers.Serializer):
    """A town by its canonical name, with the annexes it is in and its row of the matrix."""

    name = serializers.CharField()
    schedules = serializers.ListField(child=serializers.ChoiceField(choices=labels.ANNEX))
    row = serializers.ChoiceField(choices=labels.LOCATION_ROW)
    is_special_area = serializers.BooleanField()
    is_border_settlement = serializers.BooleanField()


class EligibilityOutput(serializers.Serializer):
    """A row of the matrix as it applies to one business; all cells, the notes, the reason for an examination."""

    location_row = serializers.ChoiceField(choices=labels.LOCATION_ROW)
    pre_claim_advance = serializers.ChoiceField(choices=labels.ELIGIBILITY)
    wage = serializers.ChoiceField(choices=labels.ELIGIBILITY)
    turnover = serializers.ChoiceField(choices=labels.ELIGIBILITY)
    agriculture = serializers.ChoiceField(choices=labels.ELIGIBILITY)
    red = serializers.ChoiceField(choices=labels.ELIGIBILITY)
    fixed_costs = serializers.ChoiceField(choices=labels.ELIGIBILITY)
    notes = serializers.ListField(child=serializers.IntegerField())
    reason = serializers.CharField(allow_null=True)
    findings = serializers.ListField(child=serializers.DictField())
