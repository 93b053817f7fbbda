"""Reject a claim as its clerk proposed (CMP-2.3-g)."""

from datetime import datetime

from crm_portal.audit.services.recording import command
from crm_portal.errors import refuse
from crm_portal.people.models import User

from ..models import Decision
from ..rules.reasons import Reason
from . import deciding, moving


@command("claim.reject")
def reject(*, claim_id: int, by: User, at: datetime, version: int | None = None) -> Decision:
    """
    Determine a proposal of nothing; one of an amount is approved or sent back instead.

    :raises Refused: GEN_BAD_TRANSITION when something else is proposed, and whatever an approval is refused for
    """
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    if claim.proposed_amount:
        raise refuse(Reason.GEN_BAD_TRANSITION, "proposed_amount", clause="CMP-2.3-g")
    return deciding.approve(claim_id=claim_id, by=by, at=at, version=version)
