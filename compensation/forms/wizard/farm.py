"""The fields of a farm and who works in them (CMP-5.4.2-a, CMP-5.4.2-b)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.il import idnr

from crm_portal.errors import Refusal
from crm_portal.sentences import sentence

from ...rules.programme import Programme
from ...rules.reasons import Reason
from ...services.drafting import Saved
from .business import TownField
from .figures import FiguresForm


class FieldForm(forms.Form):
    """One field: where it is and how large."""

    town = TownField(label=_("Town in whose area the field lies"), required=False)
    dunams = forms.DecimalField(
        label=_("Size in dunams"), required=False, min_value=Decimal("0.01"), max_digits=10, decimal_places=2,
        localize=False, widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        town = self.fields["town"]
        assert isinstance(town, TownField)  # noqa: S101 - declared above
        town.programme = programme

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, other in (("town", "dunams"), ("dunams", "town")):
            if given.get(name) and other not in self.errors and not given.get(other):
                self.add_error(other, self.fields[other].error_messages["required"])
        return given


FieldRows = forms.formset_factory(FieldForm, extra=2, max_num=500, absolute_max=520)


class FarmForm(FiguresForm):
    """The employees of the fields in the special area, each by his identity number and nobody twice (CMP-5.3-b)."""

    def build(self) -> None:
        self.fields["workers"] = forms.CharField(
            label=_("Identity numbers of the employees of these fields"),
            help_text=_(
                "Those on the payroll in September 2023 who worked in the fields of the area; one number a line."
            ),
            widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr", "autocomplete": "off", "class": "num"}),
        )
        self.sections = ((_("Employees of the fields"), "", ("workers",)),)

    def clean_workers(self) -> list[str]:
        numbers = self.cleaned_data["workers"].replace(",", " ").split()
        wrong = [number for number in numbers if not _is_identity(number)]
        if wrong:
            told = f"{sentence(Refusal(Reason.WAG_BAD_ID))}: {', '.join(wrong[:5])}"
            raise forms.ValidationError(told, code="identity")
        if len(set(numbers)) != len(numbers):
            raise forms.ValidationError(sentence(Refusal(Reason.AGR_BAD_COUNT)), code="twice")
        return [number.zfill(9) for number in numbers]

    def saved(self) -> Saved:
        return Saved(answers={"figures": self.figures()})

    def figures(self) -> dict[str, Any]:
        return {"workers": [{"id": number} for number in self.value("workers", [])]}


def _is_identity(number: str) -> bool:
    try:
        idnr.validate(number)
    except BadNumber:
        return False
    return True


def fields_of(rows: Any) -> list[dict[str, str]]:
    """The fields that were given, as the rules read them."""
    return [
        {"town": row.cleaned_data["town"], "dunams": f"{row.cleaned_data['dunams']:f}"}
        for row in rows
        if row.is_valid() and row.cleaned_data.get("town") and row.cleaned_data.get("dunams")
    ]
