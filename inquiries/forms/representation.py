"""What a handler writes about a representative: the own-name mark and the representation check (E5)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..models import Attachment

LATIN = {"dir": "ltr", "autocomplete": "off"}


class OwnNameForm(forms.Form):
    """The number of the entity that the inquiry really concerns."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    concerns_number = forms.CharField(
        label=_("ID number of the other entity"),
        help_text=_("It is only written down: nothing is looked up or shown of it."),
        required=False,
        max_length=12,
        widget=forms.TextInput({**LATIN, "inputmode": "numeric"}),
    )
    use_required_attribute = False


class UnmarkForm(forms.Form):
    """Why a mark was wrong."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    removal_reason = forms.CharField(
        label=_("Why the mark is removed"), required=False, widget=forms.Textarea({"rows": 2}), max_length=500
    )
    use_required_attribute = False


class CheckForm(forms.Form):
    """What was found: each ground with what it needs."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        label=_("What was found"), required=False, widget=forms.RadioSelect, choices=labels.REPRESENTATION_GROUND
    )
    attachment = forms.TypedChoiceField(
        label=_("The file that is the power of attorney"),
        help_text=_("Files of the inquirer that passed the checks."),
        required=False,
        coerce=int,
        empty_value=None,
    )
    assessment_number = forms.CharField(
        label=_("Assessment number to look up in Matzpen"), required=False, max_length=20, widget=forms.TextInput(LATIN)
    )
    use_required_attribute = False

    def __init__(self, data: Any = None, *, powers: Sequence[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [("", _("Choose from the list")), *((power.pk, power.file.name) for power in powers)]
        self.fields["attachment"].choices = choices  # type: ignore[attr-defined]
