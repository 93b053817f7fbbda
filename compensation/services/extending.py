"""Take further days to decide on a claim of which details were requested, together 30 at most (CMP-8.4.1-b)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..letters import extensions
from ..models import DecisionExtension
from ..rules import clocks
from ..rules import gaps as gap_rules
from ..rules.codes import CLOCK_RUNS, ClaimState, NoticeKind
from ..rules.reasons import Reason
from ..selectors.programmes import programme_on
from . import clocking, moving, notices


@command("claim.extend")
def extend(
    *, claim_id: int, by: User, at: datetime, days: int, reason: str, version: int | None = None
) -> DecisionExtension:
    """
    Let the time to decide end later, and tell the claimant until when and why.

    :raises Refused: EXTENSION_WITHOUT_DETAILS_REQUEST, EXTENSION_OVER_30_DAYS, GEN_REASONS_REQUIRED, or
        GEN_BAD_TRANSITION when the claim was decided or its time is over
    """
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    today = day_of(at)
    is_over = claim.clock_stopped_on is None and claim.decision_due_on is not None and claim.decision_due_on < today
    if ClaimState(claim.state) not in CLOCK_RUNS or is_over:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-8.4.1-b")
    if days < 1:
        raise refuse(Code.INVALID_VALUE, "days", clause="CMP-8.4.1-b")
    programme = programme_on(today, code=claim.claimant.programme.code)
    periods = [*claim.extensions.values_list("days", flat=True), days]
    were_requested = claim.details_requests.exists()
    refuse_if(clocks.extension_refusals(periods, were_details_requested=were_requested, programme=programme))
    if not gap_rules.is_reasoned(reason):
        raise refuse(Reason.GEN_REASONS_REQUIRED, "reason", clause="CMP-8.4.1-b")
    given = DecisionExtension.objects.create(claim=claim, days=days, reason=reason.strip(), by=by, at=at)
    clocking.recompute(claim, programme, today)
    moving.write(claim, "extend", by=by, at=at, reason=given.reason)
    record("claim.extend", by=by, at=at, target=claim, after={"days": days, "until": str(claim.decision_due_on)})
    title = _("the time to decide your claim was extended")
    notices.serve(claim, NoticeKind.EXTENSION, title, at=at, letter=extensions.of_claim(claim, given))
    return given
