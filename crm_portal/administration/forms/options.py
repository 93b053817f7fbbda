"""The form of the settings: one field for each option, of the sort its kind asks for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from crm_portal.configuration import labels, selectors
from crm_portal.configuration.rules.options import OPTIONS, Kind, Option, Topic

from ..selectors.options import stamp_of_options

WEEK = [6, 0, 1, 2, 3, 4, 5]  # Sunday first


class OptionsForm(forms.Form):
    """Every option with its present value."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, posted: Mapping[str, Any] | None, stored: Mapping[str, Any]) -> None:
        present = {name: stored.get(name, selectors.default(option)) for name, option in OPTIONS.items()}
        super().__init__(posted, initial={**present, "seen": stamp_of_options(stored)})
        for name, option in OPTIONS.items():
            label, hint = labels.OPTION[name]
            self.fields[name] = _field(option, label=label, help_text=hint, required=option.kind is Kind.NUMBER)

    def values(self) -> dict[str, Any]:
        """What was typed, as the options' values are stored."""
        values = {name: self.cleaned_data[name] for name in OPTIONS}
        for name, option in OPTIONS.items():
            if option.kind is Kind.WEEKDAYS:
                values[name] = sorted(map(int, values[name]))
            if option.kind is Kind.TYPES:  # in the deployment's order
                values[name] = [one for one in settings.FILE_TYPES if one in values[name]]
        return values

    def topics(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (str(labels.TOPIC[topic]), [self[name] for name, option in OPTIONS.items() if option.topic is topic])
            for topic in Topic
        ]


def _field(option: Option[Any], **options: Any) -> forms.Field:
    match option.kind:
        case Kind.NUMBER:
            limits = {"min_value": option.minimum, "max_value": option.maximum}
            return forms.IntegerField(**limits, **options)  # type: ignore[arg-type]
        case Kind.FLAG:
            return forms.BooleanField(**options)
        case Kind.WEEKDAYS:
            days = [(day, WEEKDAYS[day]) for day in WEEK]
            return forms.MultipleChoiceField(choices=days, widget=forms.CheckboxSelectMultiple, **options)
        case Kind.TYPES:
            types = [(one, one) for one in settings.FILE_TYPES]
            return forms.MultipleChoiceField(choices=types, widget=forms.CheckboxSelectMultiple, **options)
        case Kind.HOURS:
            return forms.RegexField(
                r"^\d\d:\d\d-\d\d:\d\d$", strip=True, widget=forms.TextInput(attrs={"dir": "ltr"}),
                error_messages={"invalid": _("Write the hours as 08:00-16:00.")}, **options,
            )  # fmt: skip
