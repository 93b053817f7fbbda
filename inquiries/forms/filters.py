"""What the address of a view says: the search, the filters, the sort and the place in the list."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crm_portal.errors import Refused
from crm_portal.sentences import sentences

from .. import labels
from ..selectors.filters import Choices, Filters
from ..selectors.meters import Sla
from ..selectors.search import Term
from ..selectors.views import View

AGE = [
    ("0-2", _("0–2 days")),
    ("3-5", _("3–5")),
    ("6-8", _("6–8")),
    ("9-10", _("9–10")),
    ("11-15", _("11–15")),
    ("16-", _("over 15")),
]
SLA = [
    (Sla.OVER.value, _("Past the target")),
    (Sla.SOON.value, _("Near the target")),
    (Sla.RUN.value, _("Within the target")),
    (Sla.PAUSED.value, _("Clock stopped")),
    (Sla.NONE.value, _("Without a target")),
]
NUMBERS = ("triplet", "owner")
DAYS = [MinValueValidator(date(1950, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class FilterForm(forms.Form):
    """The filters of one view; a value that does not exist there is an error at its field and filters nothing."""

    q = forms.CharField(label=_("Search in this view"), required=False, max_length=100)
    status = forms.MultipleChoiceField(label=_("Status"), required=False, widget=forms.CheckboxSelectMultiple)
    main = forms.MultipleChoiceField(label=_("Main topic"), required=False, widget=forms.CheckboxSelectMultiple)
    sla = forms.ChoiceField(label=_("SLA"), required=False, choices=[("", _("All")), *SLA], widget=forms.RadioSelect)
    triplet = forms.ChoiceField(label=_("Triplet"), required=False)
    team = forms.MultipleChoiceField(label=_("Handling team"), required=False, widget=forms.SelectMultiple)
    owner = forms.ChoiceField(label=_("Employee"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    age = forms.ChoiceField(label=_("Age in business days"), required=False, choices=[("", _("All")), *AGE])
    opened_from = forms.DateField(
        label=_("Opened from"),
        required=False,
        validators=DAYS,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    opened_to = forms.DateField(
        label=_("Opened until"),
        required=False,
        validators=DAYS,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    unread = forms.BooleanField(label=_("With unread messages"), required=False)

    def __init__(self, params: QueryDict, *, view: View, choices: Choices | None = None) -> None:
        """Without `choices` any value is taken: for a list that was already shown."""
        super().__init__(params)
        if choices is None:
            for field in self.fields.values():
                if isinstance(field, forms.ChoiceField) and not field.choices:
                    field.valid_value = _is_plain  # type: ignore[method-assign]
            return
        statuses = dict(labels.STATUS)
        everything = [("", _("All"))]
        self.set_choices("status", [(status.value, statuses[status.value]) for status in view.statuses])
        self.set_choices("main", [(topic, topic) for topic in choices.topics])
        self.set_choices("triplet", [*everything, *choices.triplets])
        self.set_choices("team", choices.teams)
        self.set_choices("owner", [*everything, *choices.owners])
        self.set_choices("channel", [*everything, *choices.channels])
        for hidden, column in (("owner", "owner"), ("team", "team")):
            if column not in view.columns:
                del self.fields[hidden]

    def set_choices(self, name: str, choices: Any) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_q(self) -> str:
        try:
            self.term = Term.parse(self.cleaned_data["q"])
        except Refused as refused:
            raise forms.ValidationError(sentences(refused)) from refused
        return str(self.cleaned_data["q"])

    term: Term | None = None

    @property
    def filters(self) -> Filters:
        """What was chosen and exists; call it after `is_valid`."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != "q"}
        for name in NUMBERS:
            if name in chosen:
                chosen[name] = _number(chosen[name])
        return Filters(
            **{
                **chosen,
                "status": tuple(chosen.get("status", ())),
                "main": tuple(chosen.get("main", ())),
                "team": tuple(_number(team) for team in chosen.get("team", ())),
            }
        )


def _is_plain(value: str) -> bool:
    return "\0" not in value


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
