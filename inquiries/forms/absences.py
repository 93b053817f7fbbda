"""The days on which an employee is away (screen E16)."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User

from .portal import NOTHING, PortalForm


def date_field(label: Any, **options: Any) -> forms.DateField:
    """A day, typed or picked by the browser's own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, **options)


class AbsenceDaysForm(PortalForm):
    """From and until; what is missing or does not fit, the service says."""

    asked: tuple[str, ...] = ("from_on", "until_on")
    from_on = date_field(_("From"))
    until_on = date_field(_("Until"), help_text=_("The last day of the absence."))


class AbsenceForm(AbsenceDaysForm):
    """A new period, of one of the supervisor's people."""

    asked = ("employee", "from_on", "until_on")
    employee = forms.ChoiceField(label=_("Employee"), required=False)
    field_order = ("employee", "from_on", "until_on")

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["employee"]).choices = [NOTHING, *((one.pk, str(one)) for one in people)]

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, in the service's names."""
        employee = self.cleaned_data["employee"]
        days = {name: self.cleaned_data[name] for name in ("from_on", "until_on")}
        return {**days, "employee_id": int(employee) if employee else None}
