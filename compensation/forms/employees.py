"""What the pages of the calculation sheet and of the declaration send; the service says what of it is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import labels
from ..rules.codes import AbsenceGround, ClaimantKind
from ..rules.exclusions import SELF_EMPLOYED
from ..rules.wage.sheet import ASKED, FLAGS, OUTSIDE

NOTHING = [("", "—")]
YES_NO = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]
_DIGITS = {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}
_DECIMAL = {"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}


def _text(label: Any, hint: Any = "", **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=200, widget=forms.TextInput(attrs=attributes)
    )


def _date(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=10, widget=forms.DateInput(attrs={"type": "date"})
    )


class EmployeeForm(forms.Form):
    """A row of the sheet."""

    id_number = _text(_("Identity number"), _("Nine digits, with the check digit."), **_DIGITS)
    name = _text(_("Full name"), autocomplete="off")
    mobile = _text(_("Mobile phone"), _("The link to the declaration is sent to it."), **_DIGITS)
    town = _text(_("Town of residence"), list="towns", autocomplete="off")
    wage_paid = _text(_("Wage paid for the days of absence (ILS)"), **_DECIMAL)
    paid_from = _date(_("Paid from"), _("Empty: the whole determining period."))
    paid_until = _date(_("Paid until"))
    full_time_daily_hours = _text(_("Hours of a full-time day"), _("4 to 12; 8.4 in a five-day week."), **_DECIMAL)
    scheduled_hours = _text(_("Hours of the employee's own day"), _("Only in a part-time post."), **_DECIMAL)
    role = forms.ChoiceField(label=_("Role in the kibbutz"), required=False, choices=[*NOTHING, *labels.KIBBUTZ_ROLE])
    branch = forms.ChoiceField(label=_("Kibbutz branch"), required=False, choices=[*NOTHING, *labels.KIBBUTZ_BRANCH])
    usually_works_rest_days = forms.BooleanField(
        label=_("Usually works on Fridays, Saturdays and holidays"), required=False
    )

    def __init__(self, *args: Any, kind: ClaimantKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dropped = [] if kind is ClaimantKind.KIBBUTZ else ["role", "branch"]
        if kind in SELF_EMPLOYED:
            dropped += ["mobile", "wage_paid", "paid_from", "paid_until"]
        for name in dropped:
            del self.fields[name]
        for name in {"id_number", "name", "mobile", "town"} & self.fields.keys():
            self.fields[name].must_be_filled = True  # type: ignore[attr-defined]

    def typed(self) -> dict[str, object]:
        """What was typed, as the service reads it."""
        return dict(self.cleaned_data)


class DaysForm(forms.Form):
    """Dates of absence of one kind: the fields that the chosen ground asks for, and no others."""

    from_on = _date(_("First day"))
    until_on = _date(_("Last day"), _("Empty: one day. Days of rest in between are left out."))
    absent_hours = _text(_("Hours absent each day"), _("Empty: the whole day."), **_DECIMAL)
    ground = forms.CharField(widget=forms.HiddenInput, required=False)
    child_id = _text(_("Identity number of the child"), **_DIGITS)
    child_born_on = _date(_("The child's date of birth"))
    child_institution_town = _text(_("Town of the child's institution"), list="towns", autocomplete="off")
    kinship = _text(_("Kinship"))
    reason_not_counted = forms.ChoiceField(
        label=_("Why the days are not counted"), required=False, choices=[*NOTHING, *labels.NOT_COUNTED_REASON]
    )

    def __init__(self, *args: Any, ground: str, is_outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_absence = ground in set(AbsenceGround)
        asked = ASKED[AbsenceGround(ground)] if is_absence else ()
        if is_absence and is_outside:
            asked = (*asked, OUTSIDE)
        for name in ("child_id", "child_born_on", "child_institution_town", "kinship"):
            if name not in asked:
                del self.fields[name]
        if is_absence:
            del self.fields["reason_not_counted"]
        for name in asked:
            if name in FLAGS:
                self.fields[name] = forms.ChoiceField(
                    label=labels.GROUND_FACT[name], required=False, choices=YES_NO, widget=forms.RadioSelect
                )
        self.fields["ground"].initial = ground
        order = ["from_on", "until_on", "absent_hours", *asked, "reason_not_counted", "ground"]
        self.order_fields(order)
        self.fields["from_on"].must_be_filled = True  # type: ignore[attr-defined]

    def typed(self) -> dict[str, object]:
        """What was typed, as the service reads it."""
        return dict(self.cleaned_data)


class UploadForm(forms.Form):
    """The sheet as a spreadsheet."""

    file = forms.FileField(label=_("Spreadsheet (XLSX)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))


class ReasonForm(forms.Form):
    """Why an employee is taken out."""

    reason = forms.CharField(
        label=_("Reason of the removal"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class OpenForm(forms.Form):
    """Whom the link is for, and the code that came with it."""

    id_number = forms.CharField(
        label=_("Identity number"), max_length=20, widget=forms.TextInput(attrs={**_DIGITS, "autofocus": True})
    )
    code = forms.CharField(
        label=_("The code from the message"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class DeclarationForm(forms.Form):
    """What an employee says of his days."""

    day = forms.TypedMultipleChoiceField(required=False, coerce=int)
    remark = forms.CharField(
        label=_("What is not right?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("When a day is not marked. The employer reads it."),
    )  # fmt: skip
    is_true = forms.BooleanField(
        label=_("The details are right."), error_messages={"required": _("Confirm that the details are right.")}
    )

    def __init__(self, *args: Any, days: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [(pk, pk) for pk in days]  # type: ignore[attr-defined]
