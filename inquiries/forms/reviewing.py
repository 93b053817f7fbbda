"""The grade of an answer, and which answers are looked at (screen E22)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.worktime.rules.periods import add_months

from ..models.supervision import GRADES
from .portal import PortalForm

MONTHS = 12


class GradeForm(PortalForm):
    """One answer's grade and remark."""

    asked = ("grade",)
    grade = forms.TypedChoiceField(
        label=_("Grade"), choices=GRADES, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
        help_text=_("1: poor, 5: excellent"),
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("For employees only; the customer sees neither grade nor remark."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, of: int, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"answer_{of}_%s", **kwargs)
        self.of = of


class SampleForm(forms.Form):
    """A month of the last year, and whether to leave out what was graded."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    ungraded = forms.BooleanField(label=_("Not graded yet only"), required=False)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        months = [add_months(today.replace(day=1), -back) for back in range(MONTHS)]
        self.fields["month"].choices = [(f"{one:%Y-%m}", f"{one:%m.%Y}") for one in months]  # type: ignore[attr-defined]
        self.present = months[0]

    @property
    def chosen(self) -> date:
        """The month asked for; this one by default and for anything else."""
        asked = self.cleaned_data.get("month") if self.is_valid() else ""
        return date.fromisoformat(f"{asked}-01") if asked else self.present
