"""What the claimant's area sends beside the wizard."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.people.forms import PhoneField
from crm_portal.ui.forms import FilesField

from .. import labels
from ..rules.codes import Track
from .wizard.base import YesNoField

CHECKED = {Track.WAGE.value, Track.TURNOVER.value}


class EligibilityForm(forms.Form):
    """Where a business is; asked before any form, and by anybody."""

    town = forms.CharField(
        label=_("Town where the business is"), help_text=_("Any spelling will do."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "towns", "maxlength": 80}),
    )  # fmt: skip
    registered_town = forms.CharField(
        label=_("Town where it is registered"), required=False, help_text=_("If it is another one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "towns", "maxlength": 80}),
    )  # fmt: skip
    has_branches = YesNoField(label=_("Does the business have branches?"), required=False)
    branches = forms.CharField(
        label=_("Towns of the branches"), required=False, help_text=_("One town a line."), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    employee_towns = forms.CharField(
        label=_("Towns where employees live"), required=False, max_length=4000,
        help_text=_("For a business outside the area: one town a line."), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def inputs(self) -> dict[str, Any]:
        """The towns as the rules read them."""
        given = self.cleaned_data
        inputs: dict[str, Any] = {"town": given["town"], "has_branches": bool(given["has_branches"])}
        if given["registered_town"]:
            inputs["registered_town"] = given["registered_town"]
        for name in ("branches", "employee_towns"):
            if towns := [line.strip() for line in given[name].splitlines() if line.strip()]:
                inputs[name] = towns
        return inputs


class ContactForm(forms.Form):
    """The address for service (CMP-9.8-a)."""

    email = forms.EmailField(label=_("E-mail for notices"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    mobile = PhoneField(mobile=True, label=_("Mobile phone for messages"))


class WithdrawForm(forms.Form):
    """The second step of a withdrawal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        required=False, label=_("I know that this is final and that no other claim can be filed")
    )


class AnswerForm(forms.Form):
    """An answer to a demand for details."""

    text = forms.CharField(
        label=_("Your answer"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4}), strip=False
    )
    files = FilesField(  # type: ignore[assignment]
        label=_("Documents"), required=False, help_text=_("PDF, XLSX, CSV, JPG or PNG, up to 20 MB each.")
    )


class QuestionForm(forms.Form):
    """A question about a claim."""

    text = forms.CharField(
        label=_("What would you like to know?"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )
    files = FilesField(label=_("Documents"), required=False)  # type: ignore[assignment]
    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class DocumentForm(forms.Form):
    """A file for one line of the checklist."""

    requirement = forms.CharField(widget=forms.HiddenInput, max_length=60)
    year = forms.IntegerField(widget=forms.HiddenInput, required=False)
    files = forms.FileField(label=_("File"), required=False, allow_empty_file=True)  # type: ignore[assignment]
    is_certified = forms.BooleanField(label=_("An accountant or a tax adviser certified it"), required=False)


class CheckForm(forms.Form):
    """A request for an eligibility check."""

    customer = forms.TypedChoiceField(label=_("For whom?"), coerce=int, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("What for?"), choices=labels.CHECK_GROUND, widget=forms.RadioSelect)
    track = forms.ChoiceField(
        label=_("Track"), choices=[pair for pair in labels.TRACK if pair[0] in CHECKED], widget=forms.RadioSelect
    )
    town = forms.CharField(
        label=_("Town of the branch, or where the employee lives"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "towns", "maxlength": 80}),
    )
    employee_id_number = forms.CharField(
        label=_("The employee's identity number"), required=False, max_length=9,
        help_text=_("For the top-up of one employee's wage."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    aid_plan_claim_no = forms.CharField(
        label=_("Number of the claim under the Aid Plan Law"), required=False, max_length=40,
        help_text=_("For the top-up of one employee's wage."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    text = forms.CharField(label=_("Explain the request"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, customers: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["customer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = customers
