"""What the pages of the fund's clerk and manager send."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import labels
from ..rules.codes import Causation, GapReason
from ..rules.gaps import Gap

LONGEST = 4000
ADJUSTMENT_REASONS = [
    ("unusual", pgettext_lazy("adjustment", "Unusual transactions")),
    ("began_before", pgettext_lazy("adjustment", "The drop began before the eligibility period")),
    ("volatile", pgettext_lazy("adjustment", "Volatile turnover")),
    ("other", pgettext_lazy("adjustment", "Another factor")),
]


class VersionedForm(forms.Form):
    """A form that carries the version of the claim it was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CausationForm(VersionedForm):
    causation = forms.ChoiceField(
        label=_("Finding on the causal connection"), choices=labels.CAUSATION, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Reasons of the finding"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_causation(self) -> Causation:
        return Causation(self.cleaned_data["causation"])


class FigureForm(VersionedForm):
    path = forms.ChoiceField(label=_("Figure"))
    value = forms.DecimalField(label=_("Figure of the review"), max_digits=14, decimal_places=2)
    reason = forms.CharField(label=_("Source and reason"), max_length=LONGEST)

    def __init__(self, *args: Any, paths: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        path = self.fields["path"]
        assert isinstance(path, forms.ChoiceField)  # noqa: S101 - declared above
        path.choices = paths

    def clean_value(self) -> str:
        return f"{self.cleaned_data['value']:f}"


class AdjustmentForm(VersionedForm):
    period = forms.ChoiceField(
        label=_("Period"), choices=[("base", _("Base period")), ("eligibility", _("Eligibility period"))]
    )
    amount = forms.DecimalField(label=_("Amount to add, or with a minus to take off"), max_digits=14, decimal_places=0)
    reason = forms.ChoiceField(label=_("Reason"), choices=ADJUSTMENT_REASONS)
    text = forms.CharField(label=_("Explanation"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class RateForm(forms.Form):
    percent = forms.DecimalField(label=_("Saved-expense complement, percent"), max_digits=5, decimal_places=2)
    reasons = forms.CharField(label=_("Reasons"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def rate(self) -> Decimal:
        return Decimal(self.cleaned_data["percent"]) / 100


class SettlementForm(forms.Form):
    settlement = forms.CharField(label=_("How it was settled"), max_length=LONGEST)


class DetailsForm(VersionedForm):
    text = forms.CharField(label=_("What is demanded"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(
        label=_("To be answered by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class MoreTimeForm(VersionedForm):
    days = forms.IntegerField(label=_("Further days"), min_value=1, max_value=366)
    reason = forms.CharField(
        label=_("Reasons of the extension"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is sent back"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )


class ProposalForm(VersionedForm):
    """A determination with up to as many reasons of a gap as there are kinds of reason."""

    amount = forms.DecimalField(label=_("Amount to be determined"), max_digits=12, decimal_places=0, min_value=0)
    reasons = forms.CharField(
        label=_("Reasons of the decision"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for value, label in labels.GAP_REASON:
            self.fields[f"gap_{value}"] = forms.DecimalField(
                label=label, required=False, max_digits=12, decimal_places=0
            )

    def gap_fields(self) -> Iterator[forms.BoundField]:
        """The amounts of the gap, one for each reason."""
        return (self[f"gap_{value}"] for value, _label in labels.GAP_REASON)

    @property
    def gaps(self) -> list[Gap]:
        return [
            Gap(GapReason(value), amount)
            for value, _label in labels.GAP_REASON
            if (amount := self.cleaned_data.get(f"gap_{value}"))
        ]
