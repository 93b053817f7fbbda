"""A wage top-up waits, with its clock stopped, for the claim under the Aid Plan Law (CMP-2.6-m)."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, EligibilityCheckRequest
from ..rules.codes import CLOCK_RUNS
from ..selectors.inputs import top_up_of
from . import computing, details, moving, notices

AID_PLAN = "aid_plan"  # what the demand asks for


def wait(claim: Claim, *, by: User, at: datetime) -> None:
    """Stop the clock of a top-up whose rate is not known yet; its clerk has just taken it."""
    check = top_up_of(claim)
    if check is not None and check.waits_for_rate:
        with translation.override(notices.language_of(claim)):
            text = _("The decision on the claim under the Aid Plan Law, with its rate of the drop in turnover.")
        due_on = day_of(at) + details.PROPOSED
        details.request_details(claim_id=claim.pk, by=by, at=at, text=text, due_on=due_on, wanted=[AID_PLAN])
        claim.refresh_from_db()


def go_on(check: EligibilityCheckRequest, *, by: User, at: datetime) -> None:
    """
    The rate is known: what is claimed under it follows from it (CMP-2.6-l), and the time counts again from today.

    A claim that was decided meanwhile stays as it was decided.
    """
    states = [state.value for state in CLOCK_RUNS]
    for claim_id in check.claims.filter(state__in=states).values_list("pk", flat=True):
        claim = moving.lock(claim_id)
        computation = computing.compute(claim, is_claimants=True, by=by, at=at)
        moving.keep(claim, claimed_amount=computation.amount)
        for request in claim.details_requests.filter(wanted__contains=[AID_PLAN], accepted_at__isnull=True):
            request.claim = claim
            request.answer, request.answered_by, request.answered_at = check.aid_plan_claim_no, by, at
            request.save(update_fields=["answer", "answered_by", "answered_at"])
            details.deliver(request, by=by, at=at)
