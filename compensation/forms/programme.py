"""What the manager changes of the programme: dates, figures, months of advances, towns, dated tables."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import AdvanceCampaign, Town
from ..programme_words import Kind, kind_of, percent
from .granting import day_field, words_field
from .money import LONGEST

_WHY = pgettext_lazy("programme", "Why")
_NEW = _("New value")


def _short_words() -> forms.CharField:
    return forms.CharField(label=_WHY, max_length=LONGEST)


class WindowForm(forms.Form):
    """The actual opening of the window; its end moves with it (CMP-8.1.1-a)."""

    opens_on = day_field(_("Opens on"))
    reason = words_field(_WHY)


class FigureForm(forms.Form):
    """One figure from a day on; its value is asked for as what it is: a day, an amount, a percentage."""

    valid_from = day_field(_("Valid from"))
    reason = _short_words()
    field_order = ["value", "valid_from", "reason"]

    def __init__(self, *args: Any, key: str, **options: Any) -> None:
        options["auto_id"] = f"figure-{key}-%s"
        super().__init__(*args, **options)
        self.kind = kind_of(key)
        self.fields["value"] = _value_field(self.kind)
        self.order_fields(self.field_order)

    @classmethod
    def of(cls, key: str, value: str, today: date) -> "FigureForm":
        """The form with what holds today."""
        held = percent(value) if kind_of(key) is Kind.SHARE else value
        return cls(key=key, initial={"value": held, "valid_from": today})

    @property
    def arguments(self) -> dict[str, Any]:
        """What the service takes: the value as text."""
        given = self.cleaned_data
        value = given["value"] / 100 if self.kind is Kind.SHARE else given["value"]
        text = value.isoformat() if isinstance(value, date) else value if isinstance(value, str) else f"{value:f}"
        return {"value": text, "valid_from": given["valid_from"], "reason": given["reason"]}


def _value_field(kind: Kind) -> forms.Field:
    match kind:
        case Kind.DAY:
            return day_field(_NEW)
        case Kind.MONEY:
            return forms.DecimalField(label=_("New value, in NIS"), max_digits=15, decimal_places=2, min_value=0)
        case Kind.SHARE:
            return forms.DecimalField(
                label=_("New value, percent"), max_digits=6, decimal_places=3, min_value=0, max_value=100
            )
        case Kind.WHOLE:
            return forms.IntegerField(label=_NEW, min_value=0, max_value=9999)
        case Kind.NUMBER:
            return forms.DecimalField(label=_NEW, max_digits=15, decimal_places=4, min_value=0)
        case Kind.LIST:
            return forms.RegexField(
                r"^\d{1,4}(,\d{1,4})*$", label=_NEW, max_length=120, widget=forms.TextInput(attrs={"dir": "ltr"}),
                help_text=_("Whole numbers with commas between them."),
            )  # fmt: skip


class CampaignForm(forms.Form):
    """The days in which an advance for a month can be asked for (CMP-7.3.9-a)."""

    opens_on = day_field(_("Opens on"))
    closes_on = day_field(_("Last day"))
    reason = _short_words()

    def __init__(self, *args: Any, campaign: AdvanceCampaign, **options: Any) -> None:
        known = {"opens_on": campaign.opens_on, "closes_on": campaign.closes_on}
        options |= {"auto_id": f"campaign-{campaign.pk}-%s", "initial": known}
        super().__init__(*args, **options)


class TownForm(forms.Form):
    """The mark of a border settlement, set or taken away (CMP-7.1-a)."""

    is_border = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = _short_words()

    def __init__(self, *args: Any, town: Town, **options: Any) -> None:
        options |= {"auto_id": f"town-{town.pk}-%s", "initial": {"is_border": not town.is_border_settlement}}
        super().__init__(*args, **options)


class IndexForm(forms.Form):
    published_on = day_field(_("Published on"))
    value = forms.DecimalField(label=_("Index"), max_digits=10, decimal_places=4, min_value=0)


class InterestForm(forms.Form):
    from_on = day_field(_("Valid from"))
    percent = forms.DecimalField(
        label=_("Interest, percent a year"), max_digits=5, decimal_places=2, min_value=0, max_value=100
    )


class RestDayForm(forms.Form):
    day = day_field(_("Day"))
    name = forms.CharField(label=_("Holiday"), max_length=60)
