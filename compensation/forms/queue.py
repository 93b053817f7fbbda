"""How a queue of claims is narrowed."""

from datetime import date, timedelta
from typing import Any

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
    state = forms.ChoiceField(required=False, choices=[("", ""), *labels.CLAIM_STATE], widget=forms.HiddenInput)
    town = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def narrowing(self, today: date) -> dict[str, Any]:
        """What narrows the list, as `selectors.queues.narrowed` is told it; nothing where the form has errors."""
        wanted = self.cleaned_data if self.is_valid() else {}
        days = wanted.get("days")
        return {
            "term": wanted.get("q", ""),
            "track": wanted.get("track", ""),
            "state": wanted.get("state", ""),
            "town": wanted.get("town", ""),
            "due_by": today + timedelta(days=days) if days else None,
        }

    def clean_q(self) -> str:
        return str(self.cleaned_data["q"]).strip().replace("\x00", "")
