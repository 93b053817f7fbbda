"""The employee's daily identification to Shaam (CRM-4.7-a)."""

from django import forms
from django.utils.translation import gettext_lazy as _


class IdentificationForm(forms.Form):
    """One password; it is never shown again and never stored."""

    password = forms.CharField(
        label=_("Shaam password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
