"""What the address of a view says: the search, the filters, the sort and the place in the list."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from crm_portal.errors import Refused
from crm_portal.sentences import sentences

from .. import labels
from ..selectors.filters import NOBODY, SOMEBODY, Choices, Filters, Flag, How, Text
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
HOW = [
    (How.BEGINS.value, _("begins with")),
    (How.EQUALS.value, _("equals")),
    (How.CONTAINS.value, _("contains")),
    (How.EMPTY.value, _("is empty")),
    (How.FILLED.value, _("is not empty")),
]
FLAG = [
    (Flag.UNREAD.value, _("With unread messages")),
    (Flag.MANY_MESSAGES.value, _("Many messages")),
    (Flag.FALLBACK.value, _("Routing fallback")),
    (Flag.OWN_NAME.value, _("Representative in his own name")),
    (Flag.REPRESENTED.value, _("Opened by a representative")),
    (Flag.WRONG_TRIPLET.value, _("Triplet marked incorrect")),
    (Flag.IMPORTED.value, _("Imported from a former system")),
]
WEEKDAY = [(str(day), WEEKDAYS[(day + 5) % 7]) for day in range(1, 8)]  # Sunday is 1
HOUR = [(str(hour), f"{hour}:00–{hour}:59") for hour in range(24)]
HELD = [(NOBODY, _("No employee (the team)")), (SOMEBODY, _("Any employee"))]
NUMBERS = ("triplet", "unit", "team")
TEXTS = ("name", "id_number", "number", "file", "assessment")
# The filters that the arrow of each column opens; what belongs to no column stands under "more filters".
COLUMN_FILTERS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "customer": ("name", "id_number"),
        "number": ("number", "file"),
        "triplet": ("main", "triplet"),
        "status": ("status",),
        "team": ("team", "unit"),
        "owner": ("owner", "absent"),
        "left": ("sla", "due_from", "due_to"),
        "opened": ("opened_from", "opened_to", "opened_weekday", "opened_hour", "age", "age_from", "age_to"),
        "messages": ("unread_from", "unread_to"),
        "flags": ("flag",),
    }
)
_HIDDEN = frozenset({"q", "customer", "unread"})  # in the address, but not drawn as a field of a column
DAYS = [MinValueValidator(date(1950, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=100, widget=forms.TextInput({"autocomplete": "off"}))


def _how(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=HOW)


def _some(label: Any, widget: Any = forms.CheckboxSelectMultiple) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=widget)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, validators=DAYS, widget=widget)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=9999)


class FilterForm(forms.Form):
    """The filters of one view; a value that does not exist there is an error at its field and filters nothing."""

    q = forms.CharField(label=_("Search in this view"), required=False, max_length=100)
    name = _text(_("Customer name"))
    name_how = _how(_("Customer name: how"))
    id_number = _text(_("Identity number"))
    id_number_how = _how(_("Identity number: how"))
    number = _text(_("Inquiry number"))
    number_how = _how(_("Inquiry number: how"))
    file = _text(_("File number"))
    file_how = _how(_("File number: how"))
    assessment = _text(_("Assessment number"))
    assessment_how = _how(_("Assessment number: how"))
    status = _some(_("Status"))
    main = _some(_("Main topic"))
    triplet = _some(_("Triplet"), forms.SelectMultiple)
    unit = _some(_("Business unit"), forms.SelectMultiple)
    team = _some(_("Handling team"), forms.SelectMultiple)
    owner = _some(_("Employee"), forms.SelectMultiple)
    absent = forms.BooleanField(label=_("Held by an employee who is away"), required=False)
    sla = forms.ChoiceField(label=_("SLA"), required=False, choices=[("", _("All")), *SLA], widget=forms.RadioSelect)
    due_from = _day(_("Target from"))
    due_to = _day(_("Target until"))
    opened_from = _day(_("Opened from"))
    opened_to = _day(_("Opened until"))
    opened_weekday = forms.ChoiceField(label=_("Opened on"), required=False, choices=[("", _("All")), *WEEKDAY])
    opened_hour = forms.ChoiceField(label=_("Opened at"), required=False, choices=[("", _("All")), *HOUR])
    age = forms.ChoiceField(label=_("Age in business days"), required=False, choices=[("", _("All")), *AGE])
    age_from = _count(_("Age from, business days"))
    age_to = _count(_("Age up to"))
    unread_from = _count(_("Unread messages, from"))
    unread_to = _count(_("Unread messages, up to"))
    channel = _some(_("Channel"))
    flag = forms.MultipleChoiceField(
        label=_("Marks"), required=False, choices=FLAG, widget=forms.CheckboxSelectMultiple
    )
    unread = forms.BooleanField(label=_("With unread messages"), required=False)
    customer = forms.IntegerField(label=_("Customer"), required=False, min_value=1, max_value=2**31)

    term: Term | None = None

    def __init__(self, params: QueryDict, *, view: View, choices: Choices | None = None) -> None:
        """Without `choices` any value is taken: for a list that was already shown."""
        super().__init__(params)
        self.view = view
        if choices is None:
            for field in self.fields.values():
                if isinstance(field, forms.ChoiceField) and not field.choices:
                    field.valid_value = _is_plain  # type: ignore[method-assign]
            return
        statuses = dict(labels.STATUS)
        self.set_choices("status", [(status.value, statuses[status.value]) for status in view.statuses])
        self.set_choices("main", [(topic, topic) for topic in choices.topics])
        self.set_choices("triplet", choices.triplets)
        self.set_choices("unit", choices.units)
        self.set_choices("team", choices.teams)
        self.set_choices("owner", [*HELD, *choices.owners])
        self.set_choices("channel", choices.channels)

    def set_choices(self, name: str, choices: Any) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_q(self) -> str:
        try:
            self.term = Term.parse(self.cleaned_data["q"])
        except Refused as refused:
            raise forms.ValidationError(sentences(refused)) from refused
        return str(self.cleaned_data["q"])

    def clean(self) -> dict[str, Any]:
        """A range that ends before it begins is an error at its end."""
        for first, last in (
            ("opened_from", "opened_to"), ("due_from", "due_to"), ("age_from", "age_to"), ("unread_from", "unread_to"),
        ):  # fmt: skip
            begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
            if begins is not None and ends is not None and ends < begins:
                self.add_error(last, _("The end comes before the beginning. Correct one of the two."))
        return self.cleaned_data

    @property
    def filters(self) -> Filters:
        """What was chosen and exists; call it after `is_valid`."""
        data = self.cleaned_data
        chosen: dict[str, Any] = {
            name: data[name]
            for name in Filters.__dataclass_fields__
            if name not in TEXTS and data.get(name) not in (None, "", False, [])
        }
        for name, value in chosen.items():
            if isinstance(value, list):
                chosen[name] = tuple(map(_number, value)) if name in NUMBERS else tuple(value)
        chosen |= {name: text for name in TEXTS if (text := self._text(name)) is not None}
        return Filters(**chosen)

    def _text(self, name: str) -> Text | None:
        value, how = self.cleaned_data.get(name, ""), self.cleaned_data.get(f"{name}_how") or How.BEGINS.value
        if how in (How.EMPTY, How.FILLED):
            return Text(how)
        return Text(how, value) if value else None

    def menus(self) -> list[tuple[str, list[str]]]:
        """The columns of the view whose arrow filters, each with its fields; the last one has what is left."""
        shown = [(column, [*COLUMN_FILTERS.get(column, ())]) for column in self.view.columns]
        placed = {name for _column, names in shown for name in names} | _HIDDEN
        if "owner" not in self.view.columns:  # the same employee, or none, in the whole view
            placed |= {*COLUMN_FILTERS["owner"]}
        rest = [name for name in self.fields if name not in placed and not name.endswith("_how") and self._has(name)]
        return [*shown, ("more", rest)]

    def _has(self, name: str) -> bool:
        """Whether the view has something to choose from."""
        field = self.fields[name]
        return not isinstance(field, forms.ChoiceField) or len(field.widget.choices) > 1


def _is_plain(value: str) -> bool:
    return "\0" not in value


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
