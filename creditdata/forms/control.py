"""What the pages of dual control, members, the access log and the settings send."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm_portal.audit.labels import OUTCOME
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.labels import CALENDAR
from crm_portal.worktime.rules.calendars import DECLARED_BY_TWO

from .. import control_words, labels
from ..models import Licensee
from ..rules.accesses import purposes_for
from ..rules.codes import INDIVIDUAL
from ..rules.vital import AT_LICENSEE, NEVER_EXEMPT
from ..selectors.accesses import Wanted

LONGEST = 2000


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), **options)


class ReasonsForm(forms.Form):
    reasons = _text(_("Reasons"))


class ApproveForm(forms.Form):
    """What was read: its hash goes back with the approval."""

    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RoleForm(forms.Form):
    """A role for an account, at one of the places where the keeper gives roles."""

    username = forms.CharField(
        label=_("Username"), max_length=150, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    role = forms.ChoiceField(label=pgettext_lazy("creditdata", "Role"))
    licensee = forms.ModelChoiceField(label=_("Organisation"), queryset=Licensee.objects.none(), required=False)
    reasons = _text(_("Reasons"))

    def __init__(self, *args: Any, roles: Iterable[Role], licensees: Any, registrar: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = set(roles)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, label) for role, label in labels.MEMBER_ROLE.items() if Role(role) in wanted
        ]
        place = self.fields["licensee"]
        place.queryset = licensees  # type: ignore[attr-defined]
        place.required = not registrar
        place.empty_label = _("The Registrar") if registrar else None  # type: ignore[attr-defined]

    def clean_username(self) -> User:
        user = User.objects.filter(username=self.cleaned_data["username"].strip(), is_active=True).first()
        if user is None or not user.is_employee:
            raise ValidationError(_("There is no active employee's account of this name."))
        return user


class PersonForm(forms.Form):
    """Who is behind an account; the number is hashed and kept no further."""

    username = forms.CharField(
        label=_("Username"), max_length=150, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    number = forms.CharField(
        label=_("Identity number"), max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Only a keyed hash is kept, so that one person is known under two accounts. It is said once."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "person_%s"  # it stands beside another form with a username

    clean_username = RoleForm.clean_username


class AccessForm(forms.Form):
    """How the log is narrowed; a subject stands there by the hash of his number."""

    subject = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    result = forms.ChoiceField(
        label=pgettext_lazy("creditdata", "Result"), required=False, choices=[("", _("Every result")), *OUTCOME]
    )
    who = forms.CharField(label=_("Who"), required=False, max_length=120)
    since = _day(_("From"), required=False)
    until = _day(_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = [(one.value, label) for one, label in control_words.ACCESS_PURPOSE.items()]
        self.fields["purpose"].choices = [("", _("Every purpose")), *purposes]  # type: ignore[attr-defined]

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", ValidationError(_("The period ends before it begins. Correct one of the days.")))

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)


class SubjectForm(forms.Form):
    """Whose accesses are looked for; sent in the body, so that no number stands in an address."""

    id_kind = forms.ChoiceField(
        label=_("Kind of number"),
        choices=[(kind.value, label) for kind, label in labels.ID_NUMBER_KIND.items() if kind in INDIVIDUAL],
    )
    number = forms.CharField(
        label=_("Identity number"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    country = forms.CharField(
        label=_("Country of the passport"), max_length=2, required=False, widget=forms.TextInput(attrs={"dir": "ltr"})
    )

    def clean(self) -> None:
        number = str(self.cleaned_data.get("number", "")).strip().replace("-", "").replace(" ", "").upper()
        is_passport = self.cleaned_data.get("id_kind") == "FOREIGN_PASSPORT"
        self.cleaned_data["number"] = number if is_passport else number.zfill(9)
        self.cleaned_data["country"] = self.cleaned_data.get("country", "").strip().upper() if is_passport else ""


class PurposeForm(forms.Form):
    """For what somebody opens a subject's file; his roles say what he may answer."""

    purpose = forms.ChoiceField(label=_("Purpose"))
    reference = forms.CharField(
        label=_("Number of the request"), required=False, max_length=120,
        help_text=_("The request, inquiry or task that it serves"),
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = [(one.value, control_words.ACCESS_PURPOSE[one]) for one in purposes_for(roles)]
        self.fields["purpose"].choices = [("", _("Choose …")), *purposes]  # type: ignore[attr-defined]


class FindSubjectForm(SubjectForm, PurposeForm):
    """Whose file is opened, and for what."""

    field_order = ("id_kind", "number", "country", "purpose", "reference")


class SettingForm(forms.Form):
    """A value of a setting, and from when it holds."""

    key = forms.ChoiceField(label=_("Setting"))
    value = forms.CharField(
        label=_("Value"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_(
            "A number, a day as 31/12/2026, or a word: literal or conserving, each or together. Of the age of data:"
            " kinds and months, as JUDGMENT_FILE=84."
        ),
    )  # fmt: skip
    valid_from = _day(_("Holds from"))
    reasons = _text(_("Reasons"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = list(control_words.SETTING.items())  # type: ignore[attr-defined]

    def clean_value(self) -> str:
        """The value as it is kept: a day by year first, a sum without commas between its thousands."""
        value = str(self.cleaned_data["value"]).strip()
        if day := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", value):
            return f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}"
        return value.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", value) else value

    @property
    def payload(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"key": given["key"], "value": given["value"], "valid_from": given["valid_from"].isoformat()}


class DayForm(forms.Form):
    """A day of one of the two calendars of the service, and what it is to be."""

    calendar = forms.ChoiceField(
        label=_("Calendar"), choices=[(name, label) for name, label in CALENDAR if name in DECLARED_BY_TWO]
    )
    day = _day(_("Day"))
    is_working = forms.ChoiceField(
        label=pgettext_lazy("creditdata", "The day is"),
        choices=[
            ("no", pgettext_lazy("creditdata", "no business day")),
            ("yes", pgettext_lazy("creditdata", "a business day")),
            ("", pgettext_lazy("creditdata", "as it is computed")),
        ],
        required=False,
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    reasons = _text(_("Reasons"))

    @property
    def payload(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "calendar": given["calendar"],
            "day": given["day"].isoformat(),
            "is_working": {"yes": True, "no": False}.get(given["is_working"]),
            "name": given["name"].strip(),
        }


class ExemptionForm(forms.Form):
    """From what a licensee is exempt, until when, and what it does instead."""

    licensee = forms.ModelChoiceField(label=_("Licensee"), queryset=Licensee.objects.all())
    operations = forms.MultipleChoiceField(
        label=_("Exempt from the second person for"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, control_words.OPERATION[one]) for one in AT_LICENSEE if one not in NEVER_EXEMPT],
    )  # fmt: skip
    from_compartments = forms.BooleanField(label=_("Exempt from the compartments"), required=False)
    substitute_duties = _text(_("Duties in its place"))
    valid_from = _day(_("From"))
    valid_until = _day(_("Until"))
    reasons = _text(_("Reasons"))

    @property
    def payload(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "licensee": given["licensee"].pk,
            "operations": sorted(given["operations"]),
            "from_compartments": given["from_compartments"],
            "substitute_duties": given["substitute_duties"].strip(),
            "valid_from": given["valid_from"].isoformat(),
            "valid_until": given["valid_until"].isoformat(),
        }
