"""What an owner asks a manager or a referent, and the answer (screen E18)."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_portal.people.labels import ROLE

from .. import labels
from ..selectors.consulting import Consultant
from .portal import NOTHING, PortalForm


class ConsultationForm(PortalForm):
    """The question; whether it is complete and whom it may be put to, the service says."""

    asked = ("addressee", "reason", "question")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    addressee = forms.ChoiceField(
        label=_("To"), help_text=_("The managers of the business unit, and its legal and professional referents."),
        required=False,
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[*labels.CONSULTATION_REASON], widget=forms.RadioSelect
    )
    question = forms.CharField(label=_("Question"), required=False, widget=forms.Textarea({"rows": 4}))
    reply_draft = forms.CharField(
        label=_("Draft of the reply"),
        help_text=_("What you mean to write to the customer. The customer sees none of this."),
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args: Any, consultants: Sequence[Consultant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict(ROLE)
        people = [(one.user.pk, f"{one.user} ({', '.join(str(words[role]) for role in one.roles)})")
                  for one in consultants]  # fmt: skip
        absent = [] if people else [("", gettext("Nobody in the business unit can be asked yet"))]
        cast("forms.ChoiceField", self.fields["addressee"]).choices = absent or [NOTHING, *people]

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, in the service's names."""
        words = {name: self.cleaned_data[name] for name in ("version", "reason", "question", "reply_draft")}
        addressee = self.cleaned_data["addressee"]
        return {**words, "addressee_id": int(addressee) if addressee else None}


class AnswerForm(PortalForm):
    """The answer to one consultation."""

    asked = ("answer",)
    answer = forms.CharField(label=_("Answer"), required=False, widget=forms.Textarea({"rows": 4}))

    def __init__(self, data: Any = None, *, of: int) -> None:
        super().__init__(data, auto_id=f"consultation_{of}_%s")
        self.of = of
