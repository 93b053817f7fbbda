"""A claim that its claimant has begun and left, to be gone on with: the example that the instruction prints."""

from datetime import datetime, timedelta
from typing import Any

from crm_portal.people.models import Customer

from ..models import Claim, Programme
from ..rules.codes import Regime, Track
from ..rules.wizard import WizardStep
from ..services import drafting
from ..services.drafting import Saved

BEGINNER = "111100020"  # of `people.json`: has begun a claim
NEWCOMER = "111100012"  # has none, so that whoever enters as her can file one
BUSINESS: dict[str, Any] = {
    "business_town": "נתיבות", "registered_town": "נתיבות", "kind": "REGULAR", "flags": [], "has_branches": False,
}  # fmt: skip
SAID = {"has_absent_employees": False, "eligibility_reported": True, "vat_reports_missing_of_last_three": 0}
TURNOVER = {"base": {"gross": "1120000"}, "eligibility": {"gross": "360000"}}


def play(until: datetime) -> None:
    """Play it; a second call adds nothing."""
    customer = Customer.objects.filter(id_number=BEGINNER, user__isnull=False).select_related("user").first()
    if (
        customer is None
        or customer.user is None
        or Claim.objects.exists()
        or not Programme.objects.filter(is_current=True).exists()
    ):
        return
    at = until - timedelta(days=1)
    claim = drafting.start(customer_id=customer.pk, by=customer.user, at=at)
    by: dict[str, Any] = {"claim_id": claim.pk, "by": customer.user, "at": at}
    drafting.save_step(**by, step=WizardStep.IDENTITY, saved=Saved())
    answers = {"business": {"reporting": "MONTHLY", "sector": "GENERAL"}}
    drafting.save_step(**by, step=WizardStep.BUSINESS, saved=Saved(columns=BUSINESS, answers=answers))
    drafting.choose_track(
        **by, regime=Regime.TEMPORARY_ORDER, track=Track.TURNOVER, declaration="זו הבחירה, והיא מוצהרת בזאת",
        knows_of_advance=True,
    )  # fmt: skip
    facts = Saved(answers={"said": SAID}, columns={"declares_wages_paid": True})
    drafting.save_step(**by, step=WizardStep.FACTS, saved=facts)
    drafting.save_step(**by, step=WizardStep.FIGURES, saved=Saved(answers={"figures": TURNOVER}), is_complete=False)
