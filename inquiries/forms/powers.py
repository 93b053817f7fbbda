"""What an office sends to ask for a limited power of attorney (N4)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.people.labels import POA_LIMITED_TOPIC

from .portal import PortalForm


class PoaRequestForm(PortalForm):
    """A customer and a topic; the file's type is found in the register and not asked."""

    asked = ("customer_id_number", "topic")
    customer_id_number = forms.CharField(
        label=_("The customer's ID number"), required=False, help_text=_("Nine digits, with the check digit."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, widget=forms.RadioSelect, choices=[*POA_LIMITED_TOPIC],
    )  # fmt: skip
