"""What the address of a report says: its period and filters."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User

from ..selectors.reports import Question, Report, choices_for
from ..selectors.reports.reading import BREAKDOWNS

DEFAULT_DAYS = 84
LONGEST_DAYS = 3 * 366
DAYS = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class ReportForm(forms.Form):
    """The filters of one report; a value out of the reader's reach is an error at its field, and shows nothing."""

    since = forms.DateField(
        label=_("From"), required=False, validators=DAYS, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, validators=DAYS, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    unit = forms.ChoiceField(label=_("Business unit"), required=False)
    team = forms.ChoiceField(label=_("Handling team"), required=False)
    tax_system = forms.ChoiceField(label=_("Tax system"), required=False)
    triplet = forms.ChoiceField(label=_("Triplet"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    by = forms.ChoiceField(label=_("Rows of the table"), required=False)

    def __init__(self, params: QueryDict, *, user: User, report: Report, today: date) -> None:
        given = params.copy()
        given["until"] = given.get("until") or today.isoformat()
        given["since"] = given.get("since") or (today - timedelta(days=DEFAULT_DAYS - 1)).isoformat()
        super().__init__(given)
        self.user, self.report = user, report
        choices, everything = choices_for(user), [("", _("All"))]
        self._choose("unit", [*everything, *choices.units])
        self._choose("team", [*everything, *choices.teams])
        self._choose("tax_system", [*everything, *choices.tax_systems])
        self._choose("triplet", [*everything, *choices.triplets])
        self._choose("channel", [*everything, *choices.channels])
        self._choose("by", [(name, BREAKDOWNS[name][1]) for name in report.breakdowns])
        if not report.breakdowns:
            del self.fields["by"]
        if not report.is_about_subjects:
            for name in ("tax_system", "triplet", "channel"):
                del self.fields[name]

    def _choose(self, name: str, choices: Any) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError(_("The period ends before it begins."), code="invalid"))
        elif since and until and (until - since).days >= LONGEST_DAYS:
            self.add_error("since", ValidationError(_("Choose a period of up to three years."), code="invalid"))
        return found

    @property
    def question(self) -> Question:
        """What is asked; call it after `is_valid`."""
        found = self.cleaned_data
        return Question(
            user=self.user,
            since=found["since"],
            until=found["until"],
            unit=_number(found["unit"]),
            team=_number(found["team"]),
            tax_system=found.get("tax_system", ""),
            triplet=_number(found.get("triplet", "")),
            channel=found.get("channel", ""),
            by=found.get("by") or next(iter(self.report.breakdowns), ""),
        )

    @property
    def chosen(self) -> int:
        """How many filters beside the period are on."""
        return sum(bool(self.cleaned_data.get(name)) for name in ("unit", "team", "tax_system", "triplet", "channel"))


def _number(text: str) -> int | None:
    return int(text) if text else None
