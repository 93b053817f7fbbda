"""What the list of a customer's inquiries is narrowed to (screen E12)."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..models import Inquiry
from ..selectors.customer_files import Wanted
from ..selectors.moments import midnight

STATES = [("", _("All")), ("active", _("Active")), ("closed", _("Closed"))]
DAYS = [MinValueValidator(date(1950, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, validators=DAYS, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class CustomerInquiriesForm(forms.Form):
    """The filters, which all hold together; the choices are those that occur among his inquiries."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    tax_system = forms.ChoiceField(label=_("Tax system"), required=False)
    unit = forms.TypedChoiceField(label=_("Business unit"), coerce=int, empty_value=None, required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    opened_from = _day(_("Opened from"))
    opened_to = _day(_("Opened until"))

    def __init__(self, params: QueryDict, *, inquiries: QuerySet[Inquiry]) -> None:
        super().__init__(params)
        rows = inquiries.order_by().values_list(
            "triplet__tax_system", "triplet__tax_system__name", "handling_unit", "handling_unit__name", "status"
        )
        occurring = list(rows.distinct())
        words = dict(labels.STATUS)
        self._choose("tax_system", {(row[0], row[1]) for row in occurring})
        self._choose("unit", {(row[2], row[3]) for row in occurring if row[2]})
        self._choose("status", {(row[4], str(words[row[4]])) for row in occurring})

    def _choose(self, name: str, choices: set[tuple[Any, str]]) -> None:
        ordered = sorted(choices, key=lambda choice: choice[1])
        cast("forms.ChoiceField", self.fields[name]).choices = [("", _("All")), *ordered]

    @property
    def wanted(self) -> Wanted:
        """What was chosen and exists; call it after `is_valid`."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "opened_from" in given:
            given["opened_from"] = midnight(given["opened_from"])
        if "opened_to" in given:
            given["opened_to"] = midnight(given["opened_to"] + timedelta(days=1))
        return Wanted(**given)

    @property
    def is_narrowed(self) -> bool:
        return self.wanted != Wanted()
