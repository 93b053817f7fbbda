"""The steps of filing a claim online, and where each thing that is wrong is put right (CMP-8.1.3-c)."""

from enum import StrEnum

from .codes import ClaimantKind, Regime, Track
from .exclusions import SELF_EMPLOYED


class WizardStep(StrEnum):
    """In the order in which they are walked."""

    IDENTITY = "identity"
    BUSINESS = "business"
    TRACK = "track"
    FACTS = "facts"
    FIGURES = "figures"
    DOCUMENTS = "documents"
    BANK = "bank"
    DECLARATIONS = "declarations"
    SUMMARY = "summary"


ORDER = tuple(WizardStep)
_IN = {
    "customer": WizardStep.IDENTITY,
    "email": WizardStep.IDENTITY,
    "mobile": WizardStep.IDENTITY,
    "business_town": WizardStep.BUSINESS,
    "registered_town": WizardStep.BUSINESS,
    "has_branches": WizardStep.BUSINESS,
    "branches": WizardStep.BUSINESS,
    "kind": WizardStep.BUSINESS,
    "sector": WizardStep.BUSINESS,
    "reporting": WizardStep.BUSINESS,
    "regime": WizardStep.TRACK,
    "track": WizardStep.TRACK,
    "advance_then_green": WizardStep.TRACK,
    "eligibility_check": WizardStep.TRACK,
    "documents": WizardStep.DOCUMENTS,
    "bank_account": WizardStep.BANK,
    "declares_causation": WizardStep.DECLARATIONS,
    "declares_truth": WizardStep.DECLARATIONS,
}
_FIGURES = frozenset(
    {"base", "eligibility", "complement", "wages", "fields", "field_workers", "fixed_costs", "eligible_wage",
     "drop_rate", "manager_determined", "employees"}
)  # fmt: skip


def step_of(where: str) -> WizardStep:
    """The step in which the fact of this path is given."""
    root = where.split(".", 1)[0]
    if root in _IN:
        return _IN[root]
    return WizardStep.FIGURES if root in _FIGURES else WizardStep.FACTS


def after(step: WizardStep) -> WizardStep:
    """The next step; the last one is followed by itself."""
    return ORDER[min(ORDER.index(step) + 1, len(ORDER) - 1)]


def regime_of(track: Track) -> Regime:
    """The red track is filed under the main regulations, every other under the temporary order (CMP-2.2-a)."""
    return Regime.MAIN_REGULATIONS if track is Track.RED else Regime.TEMPORARY_ORDER


def waits_for_employees(track: Track, kind: ClaimantKind) -> bool:
    """A wage claim is complete only when its employees declared; the self-employed claim own days (CMP-3.4.2-d)."""
    return track is Track.WAGE and kind not in SELF_EMPLOYED
