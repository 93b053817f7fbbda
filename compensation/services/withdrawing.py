"""Withdraw a claim: it is final, and asked twice (CMP-8.1.5-a, CMP-8.1.5-b)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import Claim
from ..rules.codes import ClaimState, NoticeKind
from ..rules.machines import Actor
from . import drafting, moving, notices


@command("claim.withdraw")
def withdraw(*, claim_id: int, by: User, at: datetime, confirmed: bool, version: int | None = None) -> Claim:
    """
    Withdraw a claim that is not decided; the same claimant files no other.

    :raises Refused: OUT_OF_SCOPE, CONFIRMATION_REQUIRED, STALE_VERSION, GEN_BAD_TRANSITION once it is decided
    """
    claim = drafting.own(claim_id, by, at)
    moving.current(claim, version)
    if not confirmed:
        raise refuse(Code.CONFIRMATION_REQUIRED, "confirmed", clause="CMP-8.1.5-a")
    moving.move(claim, ClaimState.WITHDRAWN, actor=Actor.CLAIMANT, by=by, at=at)
    notices.serve(claim, NoticeKind.OTHER, _("your claim was withdrawn, as you asked"), at=at)
    return claim
