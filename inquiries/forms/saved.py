"""The name of a personal view."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..services.saved_views import LONGEST


class NameForm(forms.Form):
    """What a personal view is called; the address it keeps comes with it."""

    name = forms.CharField(
        label=_("Name of the view"), max_length=LONGEST, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )  # the service says what is wrong with it
