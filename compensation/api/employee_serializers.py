"""The calculation sheet for programs: what is sent of an employee and his days, and what is said of them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .. import labels
from ..rules.wage.sheet import FLAGS
from ..selectors.employee_sheets import Line, SheetPage
from .claim_inputs import LONGEST

_CELL = 200


def _cell(text: str = "") -> serializers.CharField:
    """A cell as it is typed; the rules of the sheet read it and say what is wrong, as on the page."""
    return serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=_CELL, help_text=text)


class EmployeeInput(serializers.Serializer):
    """A row of the sheet (table of section 4.3); numbers and days as text or plain."""

    id_number = _cell("Nine digits with the check digit; once in a claim.")
    name = _cell()
    mobile = _cell("05X and seven digits; the link to the declaration is sent to it.")
    town = _cell("Of residence, in any spelling.")
    wage_paid = _cell("ILS for the days of absence, above 0; not of kibbutz members and the self-employed.")
    paid_from = _cell("Empty: the whole determining period.")
    paid_until = _cell()
    full_time_daily_hours = _cell("4 to 12; 8.4 when empty.")
    scheduled_hours = _cell("Of the employee's own day, in a part-time post.")
    usually_works_rest_days = serializers.BooleanField(required=False)
    role = _cell("Of a kibbutz: HIRED, MEMBER.")
    branch = _cell("Of a kibbutz: PRODUCTIVE, CONSUMER.")


class DaysInput(serializers.Serializer):
    """A day, or each worked day of a range, with its ground and the facts that this ground asks for."""

    from_on = _cell("YYYY-MM-DD, in the determining period.")
    until_on = _cell("Empty: one day. Days of rest in between are left out.")
    absent_hours = _cell("Empty: the whole day.")
    ground = _cell(", ".join(code for code, _words in labels.ABSENCE_GROUND))
    reason_not_counted = _cell("Instead of a ground, of days that are told and do not count.")
    child_id = _cell()
    child_born_on = _cell()
    child_institution_town = _cell()
    kinship = _cell()

    def get_fields(self) -> dict[str, serializers.Field]:
        """Beside the cells, each fact that is answered by yes or no."""
        flags = {name: serializers.BooleanField(required=False, allow_null=True, default=None) for name in FLAGS}
        return {**super().get_fields(), **flags}


class SheetFileInput(serializers.Serializer):
    """A multipart form with the filled-in template."""

    file = serializers.FileField()


class RemovalInput(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST)


class HoursInput(serializers.Serializer):
    id = serializers.IntegerField(help_text="Of a disputed day.")
    absent_hours = serializers.CharField(allow_blank=True, max_length=_CELL, help_text="Empty takes the day out.")


class DisputedInput(serializers.Serializer):
    days = HoursInput(many=True, allow_empty=False)


class DayOutput(serializers.Serializer):
    """One date of absence; `answer` is the employee's."""

    id = serializers.IntegerField()
    on = serializers.DateField()
    absent_hours = serializers.DecimalField(max_digits=4, decimal_places=2)
    ground = serializers.ChoiceField(choices=labels.ABSENCE_GROUND, allow_blank=True)
    facts = serializers.DictField()
    child_id = serializers.CharField(allow_blank=True)
    reason_not_counted = serializers.ChoiceField(choices=labels.NOT_COUNTED_REASON, allow_blank=True)
    answer = serializers.ChoiceField(choices=labels.ANSWER, allow_blank=True)


class NotCountedOutput(serializers.Serializer):
    on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()


class EmployeeOutput(serializers.Serializer):
    """An employee with his days and amount; `amount` is null while the claim as a whole cannot be computed."""

    id = serializers.IntegerField(source="row.pk")
    id_number = serializers.CharField(source="row.id_number")
    name = serializers.CharField(source="row.name")
    mobile = serializers.CharField(source="row.mobile", allow_blank=True)
    town = serializers.CharField(source="row.town")
    wage_paid = serializers.DecimalField(source="row.wage_paid", max_digits=10, decimal_places=2, allow_null=True)
    paid_from = serializers.DateField(source="row.paid_from", allow_null=True)
    paid_until = serializers.DateField(source="row.paid_until", allow_null=True)
    full_time_daily_hours = serializers.DecimalField(source="row.full_time_daily_hours", max_digits=4, decimal_places=2)
    scheduled_hours = serializers.DecimalField(
        source="row.scheduled_hours", max_digits=4, decimal_places=2, allow_null=True
    )
    usually_works_rest_days = serializers.BooleanField(source="row.usually_works_rest_days")
    role = serializers.CharField(source="row.role", allow_blank=True)
    branch = serializers.CharField(source="row.branch", allow_blank=True)
    declared_at = serializers.DateTimeField(source="row.declared_at", allow_null=True)
    disputed_at = serializers.DateTimeField(source="row.disputed_at", allow_null=True)
    last_sent_at = serializers.DateTimeField(source="row.last_sent_at", allow_null=True)
    resends_left = serializers.IntegerField()
    days = DayOutput(many=True)
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    day_equivalents = serializers.DecimalField(source="equivalents", max_digits=8, decimal_places=4, allow_null=True)
    not_counted = serializers.SerializerMethodField()

    @extend_schema_field(NotCountedOutput(many=True))
    def get_not_counted(self, line: Line) -> list[dict[str, Any]]:
        return [dict(NotCountedOutput({"on": on, "reason": reason}).data) for on, reason in line.left_out]


class RemovedOutput(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    removed_at = serializers.DateTimeField()
    removal_reason = serializers.CharField()


class ProblemOutput(serializers.Serializer):
    code = serializers.CharField()
    field = serializers.CharField()


class SheetOutput(serializers.Serializer):
    """The whole sheet; `total` is null, and `problem` says why, while it cannot be computed."""

    state = serializers.ChoiceField(choices=labels.CLAIM_STATE)
    declared = serializers.IntegerField()
    total = serializers.DecimalField(max_digits=14, decimal_places=0, allow_null=True)
    problem = ProblemOutput(allow_null=True)
    employees = EmployeeOutput(many=True)
    removed = RemovedOutput(many=True)


def shown(page: SheetPage, state: str) -> dict[str, Any]:
    """The sheet as the API says it."""
    problem = {"code": page.problem.code, "field": page.problem.where} if page.problem is not None else None
    sheet = {"declared": page.declared, "total": page.total, "employees": page.lines, "removed": page.removed}
    return dict(SheetOutput(sheet | {"state": state, "problem": problem}).data)
