"""What the auditor searches by (screen E20)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_portal.audit.labels import OUTCOME

from ..audit_words import ACTIONS
from ..selectors.audited import Wanted


def _date() -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class AuditForm(forms.Form):
    """Any of these, together; none of them is no search."""

    about = forms.CharField(label=_("Object: inquiry, customer's number, username"), required=False, max_length=64)
    who = forms.CharField(label=_("Who: username or name"), required=False, max_length=120)
    action = forms.ChoiceField(label=_("Action"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", _("Every outcome")), *OUTCOME])
    since, until = _date(), _date()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].label, self.fields["until"].label = _("From"), _("Until")
        words = sorted(((code, str(said)) for code, said in ACTIONS.items()), key=lambda pair: pair[1])
        self.fields["action"].choices = [("", _("Every action")), *words]  # type: ignore[attr-defined]

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", ValidationError(_("The period ends before it begins. Correct one of the days.")))

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)
