"""The three levels of a triplet, each depending on the one above, and the tax year (CRM-4.1-b, CRM-4.1-c)."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from routing.models import Triplet

LEVELS = ("main_topic", "sub_topic", "detail")


class TripletFields(forms.Form):
    """Three levels; what is offered in each follows from what stands in the ones above."""

    main_topic = forms.ChoiceField(label=_("Main topic"), required=False)
    sub_topic = forms.ChoiceField(label=_("Sub topic"), required=False)
    detail = forms.ChoiceField(label=_("Topic detail"), required=False)
    tax_year = forms.IntegerField(
        label=_("Tax year"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr", "size": "4", "maxlength": "4"}),
    )

    def offer(self, triplets: Sequence[Triplet], *, narrow: bool = True) -> None:
        """
        Offer the topics there are. The first level is whole; the others follow the levels above them.

        What does not fit any more is offered too, last, so that what was typed stays; the service refuses it.
        """
        left: Sequence[Triplet] = triplets
        for level in LEVELS:
            values = list(dict.fromkeys(getattr(triplet, level) for triplet in left))
            value = str(self[level].value() or "")
            if value and value not in values:
                values.append(value)
            field = cast("forms.ChoiceField", self.fields[level])
            field.choices = [("", gettext("Choose from the list")), *((one, one) for one in values)]
            if value and narrow:
                left = [triplet for triplet in left if getattr(triplet, level) == value]
        self.fields["tax_year"].required = any(triplet.tax_year_required for triplet in self.fitting(triplets))

    def fitting(self, triplets: Sequence[Triplet]) -> list[Triplet]:
        """The triplet of the three levels chosen; none while they do not belong together."""
        chosen = [self[level].value() for level in LEVELS]
        return [one for one in triplets if [getattr(one, level) for level in LEVELS] == chosen]

    def levels(self) -> dict[str, str]:
        return {level: str(self.cleaned_data.get(level, "")) for level in LEVELS}


class TripletForm(TripletFields):
    """The correction of an inquiry's triplet."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, data: Any = None, *, triplets: Sequence[Triplet], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer(triplets)
