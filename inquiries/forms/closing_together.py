"""Closing similar inquiries with one answer (screen E13)."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Inquiry
from ..rules.codes import TripletValidation
from ..selectors.related import Related
from .correspondence import THIN_REPLY

VERDICTS = [
    (TripletValidation.CORRECT.value, _("The triplet is correct")),
    (TripletValidation.INCORRECT.value, _("The triplet is incorrect")),
]


class CloseTogetherForm(forms.Form):
    """Which of the similar inquiries, and the answer to the one that is open; each needs its own verdict."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    others = forms.TypedMultipleChoiceField(label=_("Similar inquiries to close"), coerce=int, required=False)
    reply = forms.CharField(label=_("Reply to the customer"), required=False, widget=forms.Textarea({"rows": 5}))
    proposed_solution = forms.CharField(
        label=_("Proposed solution"),
        help_text=_("For employees only."),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    confirm_representation = forms.BooleanField(
        label=_("I have seen that the representation was not checked in this tax system"), required=False
    )
    confirm_thin_reply = forms.BooleanField(label=THIN_REPLY, required=False)
    use_required_attribute = False

    def __init__(self, *args: Any, inquiry: Inquiry, related: Sequence[Related], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry, self.related = inquiry, related
        closable = [one for one in related if one.can_be_closed]
        others = cast("forms.TypedMultipleChoiceField", self.fields["others"])
        others.choices = [(one.inquiry.pk, one.number) for one in closable]
        others.initial = [one.inquiry.pk for one in closable if one.is_identical]
        others.valid_value = _is_number  # type: ignore[method-assign]  # what was taken meanwhile is reported
        if inquiry.is_phone:
            del self.fields["reply"]
        mandatory = "proposed_solution" if inquiry.is_phone else "reply"
        self.fields[mandatory].must_be_filled = True  # type: ignore[attr-defined]
        self._add_verdict("verdict", inquiry)
        for one in closable:
            if one.needs_verdict:
                self._add_verdict(f"verdict_{one.inquiry.pk}", one.inquiry)

    def _add_verdict(self, name: str, inquiry: Inquiry) -> None:
        unchecked = inquiry.triplet_validation == TripletValidation.NOT_CHECKED.value
        if unchecked and inquiry.customer_triplet_id is not None:
            self.fields[name] = forms.ChoiceField(
                label=gettext("Triplet of inquiry %(number)s") % {"number": inquiry.number},
                choices=VERDICTS,
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def rows(self) -> list[tuple[Related, Any, Any]]:
        """Each similar inquiry with its tick and its verdict, where it has them."""
        ticks = {int(tick.data["value"]): tick for tick in self["others"].subwidgets}
        return [
            (
                one,
                ticks.get(one.inquiry.pk),
                self[name] if (name := f"verdict_{one.inquiry.pk}") in self.fields else None,
            )
            for one in self.related
        ]

    @property
    def verdicts(self) -> dict[int, str]:
        """The verdicts given on the others."""
        given = ((name, value) for name, value in self.cleaned_data.items() if name.startswith("verdict_") and value)
        return {int(name.removeprefix("verdict_")): value for name, value in given}


def _is_number(value: str) -> bool:
    return str(value).isdecimal() and len(str(value)) < 16
