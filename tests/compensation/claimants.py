"""A claimant on his way through the wizard, by the services that the pages call."""

from datetime import UTC, datetime
from typing import Any

from compensation.models import Claim, Programme
from compensation.rules.codes import Regime, Track
from compensation.rules.wizard import WizardStep
from compensation.selectors.facts import questions_of
from compensation.services import drafting
from compensation.services.drafting import Saved
from compensation.services.towns import load
from crm_portal.people.models import User
from tests.factories.people import CustomerFactory

FILED_AT = datetime(2023, 12, 3, 9, 0, tzinfo=UTC)  # within the window
SEED: dict[str, Any] = {  # the example that the instruction prints: 329,308
    "base": {"gross": "1120000"},
    "eligibility": {"gross": "360000"},
    "complement": {"denominator": "12000000", "reported_inputs": "6500000"},
    "wages": {
        "wage_base": "100000",
        "wage_eligibility": "40000",
        "reserve_refund_eligibility": "25000",
        "annual_wage_2022": "1200000",
    },
}
SAID = {"has_absent_employees": False, "eligibility_reported": True, "vat_reports_missing_of_last_three": 0}


def said_on(track: Track, **more: Any) -> dict[str, Any]:
    """The answers of a business that nothing excludes, to the questions of the track."""
    return {name: answer for name, answer in SAID.items() if name in questions_of(track)} | more


def programme() -> Programme:
    """The programme as it ships, in the database."""
    load(overwrite=False)
    Programme.objects.update(is_current=True)
    return Programme.objects.get()


def owner(claim: Claim) -> User:
    """The claimant's own account."""
    user = claim.claimant.customer.user
    assert user is not None
    return user


def begun(at: datetime = FILED_AT, **customer: Any) -> Claim:
    """A draft that was just begun."""
    if not Programme.objects.filter(is_current=True).exists():
        programme()
    person = CustomerFactory(**customer)
    return drafting.start(customer_id=person.pk, by=person.user, at=at)


def save(claim: Claim, step: WizardStep, **saved: Any) -> Claim:
    return drafting.save_step(claim_id=claim.pk, step=step, saved=Saved(**saved), by=owner(claim), at=FILED_AT)


def located(claim: Claim, town: str = "נתיבות", **more: Any) -> Claim:
    """The steps up to the track."""
    save(claim, WizardStep.IDENTITY)
    columns = {"business_town": town, "registered_town": town, "kind": "REGULAR", "flags": [], "has_branches": False}
    answers = {"business": {"reporting": "MONTHLY", "sector": "GENERAL"}}
    return save(claim, WizardStep.BUSINESS, columns={**columns, **more}, answers=answers)


def choose(claim: Claim, track: Track = Track.TURNOVER, regime: Regime = Regime.TEMPORARY_ORDER, **more: Any) -> Claim:
    return drafting.choose_track(
        claim_id=claim.pk, regime=regime, track=track, declaration="אני מצהיר", by=owner(claim), at=FILED_AT,
        knows_of_advance=True, **more,
    )  # fmt: skip


def complete(claim: Claim) -> Claim:
    """A turnover claim of the seed's example, ready to be filed."""
    located(claim)
    choose(claim)
    save(claim, WizardStep.FACTS, answers={"said": SAID}, columns={"declares_wages_paid": True})
    save(claim, WizardStep.FIGURES, answers={"figures": SEED})
    save(claim, WizardStep.DOCUMENTS)
    save(claim, WizardStep.BANK, claimant={"bank": "12", "bank_branch": "600", "bank_account": "123456"})
    save(claim, WizardStep.DECLARATIONS, columns={"declares_causation": True}, answers={"declares_truth": True})
    return Claim.objects.get(pk=claim.pk)
