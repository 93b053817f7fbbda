"""A suggestion and the reason of a step (screen E21)."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from routing.models import BusinessUnit

from ..services.suggesting import TITLE
from .portal import PortalForm

HEAD_TEAM = "head_team"


class SuggestionForm(PortalForm):
    """What to improve. Representatives always write to the head team, so they are not asked to whom (CRM-9-a)."""

    asked = ("title", "text")
    to = forms.ChoiceField(label=_("To"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Subject"), required=False, widget=forms.TextInput({"maxlength": str(TITLE)}))
    text = forms.CharField(label=_("Suggestion"), required=False, widget=forms.Textarea({"rows": 6}))

    def __init__(self, data: Any = None, *, units: Iterable[BusinessUnit] | None = None) -> None:
        super().__init__(data)
        if units is None:
            del self.fields["to"]
            return
        to = [
            (str(unit.pk), gettext("The manager and the CRM trustees of %(unit)s") % {"unit": unit}) for unit in units
        ]
        choices = [*to, (HEAD_TEAM, gettext("Directly to the head team and the CRM department"))]
        cast("forms.ChoiceField", self.fields["to"]).choices = choices
        self.initial["to"] = choices[0][0]

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, in the service's names."""
        to = self.cleaned_data.get("to") or HEAD_TEAM
        words = {name: self.cleaned_data[name] for name in ("title", "text")}
        return {**words, "unit_id": None if to == HEAD_TEAM else int(to)}


class ReasonForm(PortalForm):
    """Why a suggestion goes back or is not accepted; a remark for the author in the other steps."""

    reason = forms.CharField(
        label=_("Reason or remark"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("The author sees it. A suggestion is not returned or rejected without one."),
    )  # fmt: skip
