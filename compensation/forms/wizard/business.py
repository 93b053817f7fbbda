"""Where the business is, its branches, and what kind of claimant it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.errors import Refusal
from crm_portal.sentences import sentence

from ... import labels
from ...rules.codes import ClaimantFlag, VatReporting
from ...rules.programme import Programme
from ...rules.reasons import Reason
from ...services.drafting import Saved
from .base import StepForm, YesNoField

FLAGS = [pair for pair in labels.CLAIMANT_FLAG if pair[0] != ClaimantFlag.BRANCHES.value]
REPORTING = [pair for pair in labels.VAT_REPORTING if pair[0] != VatReporting.NONE.value] + [
    pair for pair in labels.VAT_REPORTING if pair[0] == VatReporting.NONE.value
]


class TownField(forms.CharField):
    """A town in any spelling; cleans to its canonical name (GEN_UNKNOWN_TOWN otherwise)."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "list": "towns", "maxlength": 80})
    programme: Programme

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        town = self.programme.towns.find(text)
        if town is None:
            raise forms.ValidationError(sentence(Refusal(Reason.GEN_UNKNOWN_TOWN)), code="unknown")
        return town.name


class BusinessForm(StepForm):
    """Both towns, because a business of the area is located and registered there (CMP-1.7-a)."""

    business_town = TownField(
        label=_("Town where the business is"), help_text=_("Any spelling will do; choose from the list as you type.")
    )
    registered_town = TownField(label=_("Town where it is registered"), help_text=_("As registered in the VAT file."))
    kind = forms.ChoiceField(label=_("What describes the business?"), choices=labels.CLAIMANT_KIND)
    sector = forms.ChoiceField(label=_("Field of activity"), choices=labels.SECTOR)
    reporting = forms.ChoiceField(label=_("How do you report to VAT?"), choices=REPORTING, widget=forms.RadioSelect)
    flags = forms.MultipleChoiceField(
        label=_("What else is true?"), choices=FLAGS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Mark what applies; only what you marked is asked about later."),
    )  # fmt: skip
    has_branches = YesNoField(
        label=_("Does the business have branches?"),
        help_text=_("A business with branches must declare them in the claim (clause 2.6, note 2)."),
    )
    sections = (
        (_("Where"), "", ("business_town", "registered_town")),
        (_("The business"), "", ("kind", "sector", "reporting", "flags")),
        (_("Branches"), "", ("has_branches",)),
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.programme = programme
        self.fields["reporting"].kind = "segments"  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, TownField):
                field.programme = programme

    def saved(self) -> Saved:
        columns: dict[str, Any] = {
            name: self.value(name)
            for name in ("business_town", "registered_town", "kind", "flags")
            if name in self.cleaned_data
        }
        if self.value("has_branches", None) is not None:
            columns["has_branches"] = self.value("has_branches")
        return Saved(
            columns=columns,
            answers={"business": {"reporting": self.value("reporting"), "sector": self.value("sector")}},
        )


class BranchForm(forms.Form):
    """One branch; a row that is left empty is none."""

    name = forms.CharField(label=_("Name of the branch"), max_length=120, required=False)
    town = TownField(label=_("Town of the branch"), required=False)

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        town = self.fields["town"]
        assert isinstance(town, TownField)  # noqa: S101 - declared above
        town.programme = programme

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        missing = sentence(Refusal(Reason.GEN_UNKNOWN_TOWN))
        if given.get("name") and "town" in given and not given["town"]:
            self.add_error("town", missing)
        return given


BranchRows = forms.formset_factory(BranchForm, extra=2, max_num=200, absolute_max=220)


def branches_of(rows: Any) -> list[tuple[str, str]]:
    """Name and town of each branch that was given; one without a name is called by its town."""
    found = [
        (row.cleaned_data.get("name") or row.cleaned_data["town"], row.cleaned_data["town"])
        for row in rows
        if row.is_valid() and row.cleaned_data.get("town")
    ]
    return list(dict.fromkeys(found))
