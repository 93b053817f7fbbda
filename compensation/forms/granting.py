"""What is asked of the fund beside a claim, and what the fund answers: advances, more time, eligibility checks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..rules.fixed_costs import AidPlanClaim
from .money import LONGEST

_AREA = {"rows": 3}


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _shekels(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=12, decimal_places=0, min_value=1, **options)


def words_field(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs=_AREA), **options)


class ForWhomForm(forms.Form):
    """A form that is sent for one of the customers for whom the user may file."""

    customer_id = forms.TypedChoiceField(label=_("For whom"), coerce=int)

    def __init__(self, *args: Any, customers: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = list(customers)
        field = self.fields["customer_id"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices
        if len(choices) == 1:
            field.initial, field.widget = choices[0][0], forms.HiddenInput()


class AdvanceForm(ForWhomForm):
    """The notice of damage and the request, in one (CMP-7.3.3-a)."""

    campaign_id = forms.TypedChoiceField(label=_("For which month"), coerce=int)
    town = forms.CharField(
        label=_("Town of the business"), max_length=80, widget=forms.TextInput(attrs={"list": "towns"})
    )
    cause = forms.ChoiceField(
        label=_("The damage comes from"), choices=labels.DAMAGE_CAUSE, widget=forms.RadioSelect
    )  # CMP-7.3.1-a
    damage = words_field(_("What the damage is"))
    declares = forms.BooleanField(label=_("I declare that this is the damage that was caused."))
    undertakes = forms.BooleanField(label=_("I undertake to file a claim; otherwise the advance has to be returned."))

    def __init__(self, *args: Any, campaigns: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["campaign_id"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(campaigns)


class ExtensionForm(ForWhomForm):
    """More time to file, with its evidence (CMP-8.2-a)."""

    reason = words_field(_("Why more time is needed"))
    wanted_until = day_field(_("Until which day"))
    evidence = forms.FileField(label=_("Evidence"), allow_empty_file=True)


class ConfirmForm(forms.Form):
    """Confirm an advance, on the computed base or on another (CMP-8.4.3-c)."""

    base = _shekels(_("Base of the share, in NIS"))
    reasons = words_field(_("Reasons for another base"), required=False)


class ReasonsForm(forms.Form):
    reasons = words_field(_("Reasons"))


class AmountForm(forms.Form):
    amount = _shekels(_("Amount of the advance, in NIS"))
    reasons = words_field(_("Reasons for the amount"))


class GrantTimeForm(forms.Form):
    until = day_field(_("Granted until"))
    reasons = words_field(_("Reasons"), required=False, help_text=_("Required after the last day to file."))


class GrantCheckForm(forms.Form):
    reasons = words_field(_("Remarks of the decision"), required=False)


class AidPlanForm(forms.Form):
    """The claim under the Aid Plan Law that a request stands beside (CMP-2.6-g)."""

    aid_plan_claim_no = forms.CharField(label=_("Number of the claim under the Aid Plan Law"), max_length=40)
    aid_plan_claim = forms.ChoiceField(label=_("Its state"), choices=labels.AID_PLAN_CLAIM)
    percent = forms.DecimalField(
        label=_("Rate of the drop in turnover, percent"), max_digits=5, decimal_places=2, min_value=0, max_value=100,
        required=False,
    )  # fmt: skip

    @property
    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        percent = self.cleaned_data["percent"]
        return {
            "aid_plan_claim_no": self.cleaned_data["aid_plan_claim_no"],
            "aid_plan_claim": AidPlanClaim(self.cleaned_data["aid_plan_claim"]),
            "drop_rate": percent / 100 if percent is not None else None,
        }
