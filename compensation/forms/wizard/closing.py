"""The bank account, the declarations, and the last click."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ...services.drafting import Saved
from .base import StepForm


def _digits(most: int) -> RegexValidator:
    return RegexValidator(rf"^\d{{1,{most}}}$", _("Digits only, as in your account."))


class BankForm(StepForm):
    """Where the compensation is paid."""

    bank = forms.CharField(
        label=_("Bank"), help_text=_("Its number, as on a cheque."), validators=[_digits(2)],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    bank_branch = forms.CharField(
        label=_("Branch of the bank"), validators=[_digits(3)],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    bank_account = forms.CharField(
        label=_("Account"), validators=[_digits(13)],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    sections = ((_("The claimant's account"), _("The account must be in the claimant's name."),
                 ("bank", "bank_branch", "bank_account")),)  # fmt: skip

    def saved(self) -> Saved:
        names = ("bank", "bank_branch", "bank_account")
        return Saved(claimant={name: self.value(name) for name in names if self.value(name)})


class DeclarationsForm(StepForm):
    """What the claimant declares; each is ticked by itself."""

    declares_causation = forms.BooleanField(
        required=False,
        label=_("The drop in income comes from war damage, or from the inability to use assets because of the war, "
                "and from nothing else"),
        help_text=_("The causal-connection requirement (clauses 1.8 and 1.10)."),
    )  # fmt: skip
    declares_truth = forms.BooleanField(
        required=False, label=_("Everything in this claim and its documents is true and complete")
    )
    sections = (
        (_("I declare"), _("A false declaration is an offence; compensation paid on it is returned."),
         ("declares_causation", "declares_truth")),
    )  # fmt: skip

    def saved(self) -> Saved:
        return Saved(
            columns={"declares_causation": self.value("declares_causation", False)},
            answers={"declares_truth": self.value("declares_truth", False)},
        )


class SubmitForm(forms.Form):
    """The last click; the key makes a second one the same filing."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
