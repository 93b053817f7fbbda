"""What the treasurer's pages send."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4000


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _shekels(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=12, decimal_places=0, min_value=1)


def _number(label: Any, longest: int) -> forms.RegexField:
    return forms.RegexField(r"^\d+$", label=label, max_length=longest, widget=forms.TextInput(attrs={"dir": "ltr"}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class SettlementForm(forms.Form):
    file = forms.FileField(label=_("The bank's answer, a CSV file"))


class TaxDebtForm(forms.Form):
    tax = forms.CharField(label=_("Tax"), max_length=80)
    reference = forms.CharField(label=_("Reference of the debt"), max_length=40)
    amount = _shekels(_("Amount of the debt"))
    since_on = _day(_("Owed since"))


class LienForm(forms.Form):
    creditor = forms.CharField(label=_("Creditor"), max_length=200)
    authority = forms.CharField(label=_("Court or execution office"), max_length=120)
    reference = forms.CharField(label=_("File number"), max_length=40)
    amount = _shekels(_("Amount of the lien"))
    served_on = _day(_("Served on the fund on"))
    bank = _number(_("Creditor's bank"), 3)
    bank_branch = _number(_("Branch"), 4)
    bank_account = _number(_("Account number"), 13)


class CertificateForm(forms.Form):
    percent = forms.DecimalField(
        label=_("Rate of withholding, percent"), max_digits=5, decimal_places=2, min_value=0, max_value=100,
        help_text=_("0 is an exemption"),
    )  # fmt: skip
    valid_from = _day(_("Valid from"))
    valid_until = _day(_("Valid until"))

    @property
    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        rate = Decimal(given["percent"]) / 100
        return {"rate": rate, "valid_from": given["valid_from"], "valid_until": given["valid_until"]}


class DayForm(forms.Form):
    """A day on which something ended or was served."""

    on = _day(_("Day"))


class ReturnForm(forms.Form):
    amount = _shekels(_("Sum received"))
    received_on = _day(_("Received on"))
    reference = forms.CharField(label=_("Receipt number"), max_length=40)


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Claim, ID or company number"), max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )  # fmt: skip
