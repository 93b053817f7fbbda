"""What the API says; nothing here saves."""

from rest_framework import serializers

from .. import labels
from ..rules.codes import Status


class RequirementsInput(serializers.Serializer):
    """Which status is asked about, and to which team when it is forwarding."""

    to = serializers.ChoiceField(choices=[status.value for status in Status])
    team = serializers.IntegerField(required=False, min_value=1)


class RequirementsOutput(serializers.Serializer):
    """What must be filled to choose a status by hand (CRM-4.1-e)."""

    to = serializers.CharField()
    required_fields = serializers.ListField(child=serializers.CharField())


class TargetOutput(serializers.Serializer):
    """A status that may be chosen now."""

    status = serializers.ChoiceField(choices=labels.STATUS)
    label = serializers.CharField()  # type: ignore[assignment]
    required_fields = serializers.ListField(child=serializers.CharField())


class TransitionsOutput(serializers.Serializer):
    """Where an inquiry may be moved by hand, and whether by whoever asks."""

    status = serializers.ChoiceField(choices=labels.STATUS)
    version = serializers.IntegerField()
    may_change = serializers.BooleanField()
    targets = TargetOutput(many=True)
