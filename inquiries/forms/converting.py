"""The form of "המר אל": into what, and the words, which were prefilled without anybody's data."""

from django import forms
from django.utils.translation import gettext_lazy as _

TEMPLATE, SUGGESTION = "template", "suggestion"
TARGETS = [(TEMPLATE, _("Response template")), (SUGGESTION, _("Improvement suggestion"))]


class ConversionForm(forms.Form):
    """`to` was chosen already; the words are looked through before they are kept."""

    to = forms.ChoiceField(choices=TARGETS, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}))
