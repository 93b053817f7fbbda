"""The words of the claimant's pages: steps, tones of tracks, documents of the checklist."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .review_words import INPUT
from .rules.wizard import WizardStep

STEP: Mapping[WizardStep, Promise] = MappingProxyType(
    {
        WizardStep.IDENTITY: pgettext_lazy("wizard", "Who files"),
        WizardStep.BUSINESS: pgettext_lazy("wizard", "The business"),
        WizardStep.TRACK: pgettext_lazy("wizard", "Track"),
        WizardStep.FACTS: pgettext_lazy("wizard", "Conditions"),
        WizardStep.FIGURES: pgettext_lazy("wizard", "Figures"),
        WizardStep.DOCUMENTS: pgettext_lazy("wizard", "Documents"),
        WizardStep.BANK: pgettext_lazy("wizard", "Bank account"),
        WizardStep.DECLARATIONS: pgettext_lazy("wizard", "Declarations"),
        WizardStep.SUMMARY: pgettext_lazy("wizard", "Summary and filing"),
    }
)
FIELD: Mapping[str, Promise] = MappingProxyType(  # of what is missing or wrong, on the summary
    {
        "customer": _("Authority to file"),
        "email": _("E-mail for notices"),
        "mobile": _("Mobile phone for messages"),
        "business_town": _("Town where the business is"),
        "registered_town": _("Town where it is registered"),
        "has_branches": _("Does the business have branches?"),
        "branches": _("List of the branches"),
        "kind": _("What describes the business?"),
        "regime": _("Under which regulations do you file?"),
        "track": _("Track"),
        "advance_then_green": _("Advance and the red track"),
        "eligibility_check": _("Request for an eligibility check"),
        "exclusions": _("Conditions"),
        "figures": _("Figures"),
        "wages_paid_for_absence": _("Wages of absent employees"),
        "bank_account": _("Bank account"),
        "documents": _("Documents"),
        "declares_causation": _("Causal connection"),
        "declares_truth": _("Declaration that everything is true"),
    }
)


def field_words(where: str) -> str:
    """The words for what a refusal concerns; empty where it says all by itself."""
    return str(FIELD.get(where) or INPUT.get(where) or "")
