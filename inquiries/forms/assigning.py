"""To whom inquiries are given, and why they are given back (screen E3)."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..selectors.assignees import Assignees, Candidate

EMPLOYEE, TEAM = "employee", "team"


class AssignForm(forms.Form):
    """The choice of the dialog: to me, or to an employee or a team."""

    target = forms.ChoiceField(
        label=_("To whom"),
        choices=[("me", _("To me")), ("other", _("Assign to a user or a team"))],
        initial="me",
        required=False,
        widget=forms.RadioSelect,
    )
    receiver = forms.ChoiceField(label=_("User or team"), required=False)
    note = forms.CharField(
        label=_("Remark"),
        help_text=_("The next employee sees it at the top of the inquiry."),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    confirm_absent = forms.BooleanField(label=_("Assign although the employee is absent"), required=False)

    def __init__(self, data: Any = None, *, assignees: Assignees, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        receiver = cast("forms.ChoiceField", self.fields["receiver"])
        receiver.choices = [
            ("", gettext("Choose from the list")),
            (gettext("Employees"), [(f"{EMPLOYEE}:{one.pk}:{one.team}", _named(one)) for one in assignees.employees]),
            (gettext("Teams"), [(f"{TEAM}:{team.pk}", str(team)) for team in assignees.teams]),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("target") == "other" and not cleaned.get("receiver"):
            self.add_error("receiver", _("Choose a user or a team."))
        return cleaned

    @property
    def receiver_ids(self) -> dict[str, int]:
        """Who was chosen, in the service's names; nobody named means oneself."""
        if self.cleaned_data["target"] != "other":
            return {}
        kind, *keys = self.cleaned_data["receiver"].split(":")
        return dict(zip(["team_id"] if kind == TEAM else ["employee_id", "team_id"], map(int, keys), strict=True))


def _named(employee: Candidate) -> str:
    name = f"{employee.name} ({employee.team_name})"
    return gettext("%(name)s - absent") % {"name": name} if employee.is_absent else name


class ReleaseForm(forms.Form):
    """Why inquiries are given back to their team."""

    note = forms.CharField(
        label=_("Remark"),
        help_text=_("Whoever gives back an inquiry of his own writes the reason; the next employee sees it."),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
