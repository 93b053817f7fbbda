"""What the what-if page sends."""

from collections import defaultdict
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import labels
from .models import BusinessUnit, LocalityMap, TaxSystem, Triplet
from .rules.cases import Case
from .rules.codes import Register
from .rules.facts import Facts, FileFacts
from .selectors import triplet_facts

OWN_KEY, NO_KEY = "", "none"


def triplets_by_topic() -> list[tuple[str, list[tuple[str, str]]]]:
    """The active triplets for a select: main and sub topic as the group, the detail as the choice."""
    groups = defaultdict[str, list[tuple[str, str]]](list)
    for triplet in Triplet.objects.active():
        groups[f"{triplet.main_topic} / {triplet.sub_topic}"].append((triplet.code, triplet.detail))
    return list(groups.items())


def units(**conditions: Any) -> list[tuple[str, str]]:
    return list(BusinessUnit.objects.filter(is_active=True, **conditions).values_list("code", "name"))


class WhatIfForm(forms.Form):
    """The facts of an imagined inquiry."""

    triplet = forms.ChoiceField(label=_("Triplet"))
    locality = forms.CharField(
        label=_("Locality of the registered address"),
        required=False,
        max_length=80,
        help_text=_("Leave empty when the population register has no address."),
        widget=forms.TextInput(attrs={"list": "localities", "autocomplete": "off"}),
    )
    vat_key_unit = forms.ChoiceField(label=_("Answer of the file-opening key"), required=False)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    registers_down = forms.MultipleChoiceField(
        label=_("Registers out of reach"),
        required=False,
        choices=labels.REGISTER,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["triplet"].choices = [("", ""), *triplets_by_topic()]  # type: ignore[attr-defined]
        self.fields["vat_key_unit"].choices = [  # type: ignore[attr-defined]
            (OWN_KEY, _("By the locality table")),
            (NO_KEY, _("No office")),
            *units(tax_systems="vat", kind="office"),
        ]

    def localities(self) -> list[str]:
        return list(LocalityMap.objects.order_by("locality").values_list("locality", flat=True).distinct())

    def case(self, files: "list[FileFacts]") -> tuple[Case, date]:
        """The facts, and the day whose tables count."""
        given = self.cleaned_data
        facts = Facts(
            triplet=triplet_facts(Triplet.objects.get(code=given["triplet"])),
            tax_files=tuple(files),
            locality=given["locality"] or None,
            vat_key_unit=given["vat_key_unit"] if given["vat_key_unit"] not in (OWN_KEY, NO_KEY) else None,
            registers_down=frozenset(map(Register, given["registers_down"])),
        )
        return Case(facts, given["on"], asks_own_key=given["vat_key_unit"] == OWN_KEY), given["on"]


class FileForm(forms.Form):
    """One tax file of the imagined customer; a row without a tax system is left out."""

    tax_system = forms.ChoiceField(label=_("Tax system"), required=False)
    file_number = forms.RegexField(
        r"^\d{0,16}$",
        label=_("File number"),
        required=False,
        error_messages={"invalid": _("A file number is digits only.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )
    file_type = forms.RegexField(
        r"^\d{0,8}$",
        label=_("File type"),
        required=False,
        error_messages={"invalid": _("A file type is digits only.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )
    managing_unit = forms.ChoiceField(label=_("Managing office"), required=False)
    is_active = forms.BooleanField(label=_("Active file"), required=False)
    annual_report_required = forms.BooleanField(label=_("Annual report due"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        systems = TaxSystem.objects.filter(is_active=True).values_list("code", "name")
        self.fields["tax_system"].choices = [("", _("No file")), *systems]  # type: ignore[attr-defined]
        self.fields["managing_unit"].choices = [("", _("None")), *units(kind="office")]  # type: ignore[attr-defined]

    def file(self) -> FileFacts | None:
        given = self.cleaned_data
        if not given.get("tax_system"):
            return None
        return FileFacts(
            tax_system=given["tax_system"],
            file_number=given["file_number"],
            file_type=given["file_type"],
            is_active=given["is_active"],
            annual_report_required=given["annual_report_required"],
            managing_unit=given["managing_unit"] or None,
        )
