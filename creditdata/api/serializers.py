"""What batches look like for programs."""

from typing import Any

from rest_framework import serializers

from .. import labels
from ..models import IntakeBatch, IntakeRow, SupplyLate
from ..selectors.batches import problems_of

MOST_ROWS = 10_000  # in one JSON body; a larger supply is a file
COUNTERS = ("rows_read", "accepted", "rejected", "needs_review", "duplicate")


class BatchInput(serializers.Serializer):
    """One supply: a file (CSV in UTF-8, or XLSX) as multipart form data, or `rows` as JSON."""

    source = serializers.SlugField(  # type: ignore[assignment] # the name of a field's own argument too
        help_text="Code of the information source."
    )
    licensee = serializers.CharField(
        required=False, max_length=20, help_text="Number of the licence; a clerk of the licensee may leave it out."
    )
    kind = serializers.ChoiceField(choices=list(labels.RECORD_KIND.items()))
    made_available_on = serializers.DateField()
    as_of = serializers.DateField(required=False, allow_null=True, help_text="Of rows that state none themselves.")
    declared_rows = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=10_000_000)
    file = serializers.FileField(required=False, allow_empty_file=True, use_url=False)
    rows = serializers.ListField(
        child=serializers.DictField(), required=False, max_length=MOST_ROWS, help_text="None at all: nothing new."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("file" in attrs) == ("rows" in attrs):
            raise serializers.ValidationError({"file": "Send either a file or rows."})
        return attrs


class BatchOutput(serializers.ModelSerializer):
    """A batch with its counters: `accepted + rejected + needs_review + duplicate = rows_read`."""

    source = serializers.CharField(source="source.code")  # type: ignore[assignment]

    class Meta:
        model = IntakeBatch
        fields = (
            "id", "source", "kind", "made_available_on", "as_of", "status", "unreadable_because", "received_at",
            "finished_at", "sha256", "size", "declared_rows", *COUNTERS,
        )  # fmt: skip


class LateOutput(serializers.ModelSerializer):
    """A supply that is late: by which source, to whom, of which group of kinds, and by when it was due."""

    source = serializers.CharField(source="source.code")  # type: ignore[assignment]
    licensee = serializers.CharField(source="licensee.name")

    class Meta:
        model = SupplyLate
        fields = ("source", "licensee", "group", "last_supply_on", "due_on")


class ProblemOutput(serializers.Serializer):
    """One thing that is wrong with a row."""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class RowOutput(serializers.ModelSerializer):
    """What became of a row; its number counts from 1 below the header. Its content is the sender's own."""

    problems = serializers.SerializerMethodField()

    class Meta:
        model = IntakeRow
        fields = ("number", "event", "status", "problems")

    def get_problems(self, row: IntakeRow) -> list[dict[str, str]]:
        return [{"field": one.field, "code": one.code, "message": str(one.message)} for one in problems_of(row)]


class RowsInput(serializers.Serializer):
    """How the list is narrowed; `after` comes with the address `next`."""

    status = serializers.ChoiceField(choices=list(labels.ROW_STATUS.items()), required=False)
    after = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1, default=0)


class RowPageOutput(serializers.Serializer):
    """Some rows in their order; `next` is the address of the following ones."""

    next = serializers.CharField(allow_null=True)
    results = RowOutput(many=True)
