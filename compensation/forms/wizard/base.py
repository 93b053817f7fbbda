"""What every step's form shares: the version and the tab it was drawn in, amounts with commas, sections of fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...services.drafting import Saved

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
Section = tuple[Promise | str, Promise | str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DrawnSection:
    """A group of fields as the page draws it; what concerns few is folded until something is written there."""

    title: Promise | str
    hint: Promise | str
    fields: list[BoundField]
    is_rare: bool

    @property
    def is_used(self) -> bool:
        return any(bound.value() or bound.errors for bound in self.fields)


class MoneyField(forms.CharField):
    """An amount as people type it; it cleans to its bare digits, and whether they are a sum the rules say."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off", "maxlength": 20})
    kind = "money"

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace(",", "").replace("₪", "").replace(" ", "")

    def prepare_value(self, value: Any) -> Any:
        """Thousands with commas, as in the instruction's example; what is no number is shown as it was typed."""
        text = str(value if value is not None else "").replace(",", "")
        whole, point, rest = text.partition(".")
        return f"{int(whole):,}{point}{rest}" if whole.isdecimal() else value


class PercentField(forms.CharField):
    """A share in percent, of two decimals; it cleans to the fraction that the rules read."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "autocomplete": "off", "maxlength": 8})

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("%", "").strip()
        whole, _point, rest = text.partition(".")
        if not (whole.isdecimal() and (rest.isdecimal() or not rest)):
            return text
        digits = f"{int(whole):03d}{rest}"
        return f"{int(digits[: -2 - len(rest)])}.{digits[-2 - len(rest) :]}"

    def prepare_value(self, value: Any) -> Any:
        """The fraction as percent."""
        whole, point, rest = str(value or "").partition(".")
        if not (point and whole.isdecimal() and rest.isdecimal()):
            return value
        digits = f"{whole}{rest.ljust(4, '0')}"
        cut = len(whole) + 2
        return f"{int(digits[:cut])}.{digits[cut:]}".rstrip("0").rstrip(".")


class YesNoField(forms.ChoiceField):
    """Yes or no, with no default; cleans to a truth value, or None when it was not answered."""

    kind = "segments"

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=YES_NO, widget=forms.RadioSelect, **options)

    def clean(self, value: Any) -> Any:
        answer = super().clean(value)
        return None if answer == "" else answer == "yes"

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class DayField(forms.DateField):
    """A day, in the browser's own control."""

    widget = forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], **options)


class StepForm(forms.Form):
    """A step of the wizard; `sections` says in which groups its fields are drawn."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    tab = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    sections: tuple[Section, ...] = ()
    rare: Section | None = None

    def drawn(self) -> Iterator[DrawnSection]:
        """Each section with those of its fields that apply; the rare ones last."""
        for section in (*self.sections, *filter(None, [self.rare])):
            title, hint, names = section
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield DrawnSection(title, hint, fields, is_rare=section is self.rare)

    def saved(self) -> Saved:
        """What the step says, of the fields that are good."""
        raise NotImplementedError

    def value(self, name: str, default: Any = "") -> Any:
        """A cleaned value; the default where it was refused or is not asked."""
        return self.cleaned_data.get(name, default)
