"""How a queue of claims is narrowed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import labels

DAYS = [
    ("", _("Any time left")),
    ("7", _("Due within 7 days")),
    ("14", _("Due within 14 days")),
    ("30", _("Due within 30 days")),
]


class QueueForm(forms.Form):
    q = forms.CharField(label=_("Claim number, identity number or name"), required=False, max_length=80)
    track = forms.ChoiceField(label=_("Track"), required=False, choices=[("", _("Every track")), *labels.TRACK])
    days = forms.TypedChoiceField(label=_("Time to decide"), required=False, choices=DAYS, coerce=int, empty_value=None)
    town = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        return str(self.cleaned_data["q"]).strip().replace("\x00", "")
