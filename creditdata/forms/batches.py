"""What the page of batches sends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..models import SourceOrganisation
from ..rules.codes import RecordKind, SourceType
from ..rules.kinds import KINDS


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class BatchForm(forms.Form):
    """One file of a source, and what is stated of it."""

    source = forms.ModelChoiceField(label=_("Information source"), queryset=SourceOrganisation.objects.none())
    kind = forms.ChoiceField(label=_("Kind of data"))
    made_available_on = _day(_("Made available on"))
    as_of = _day(_("Correct as of"), required=False, help_text=_("Of the rows that state no date themselves."))
    declared_rows = forms.IntegerField(label=_("Number of rows"), required=False, min_value=0, max_value=10_000_000)
    file = forms.FileField(
        label=_("File"), allow_empty_file=True, help_text=_("CSV in UTF-8, or Excel. A header alone says: nothing new.")
    )

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        types = {SourceType(source.type) for source in sources}
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, labels.RECORD_KIND[kind]) for kind in RecordKind if KINDS[kind].sources & types
        ]
