"""The letter that a notice of its kind carries, where the rows that it tells of say everything."""

from datetime import datetime

from crm_portal.letters.content import Letter

from ..models import Claim, Decision
from ..rules.codes import NoticeKind
from . import decisions, filing


def of_kind(kind: NoticeKind, claim: Claim, decision: Decision | None, at: datetime) -> Letter | None:
    """The letter; None for a notice that is only a message."""
    if kind is NoticeKind.RECEIPT:
        return filing.receipt(claim, at)
    if kind is NoticeKind.DETAILS_REQUEST:
        request = claim.details_requests.order_by("requested_at", "pk").last()
        return filing.details(claim, request) if request is not None else None
    if kind is NoticeKind.DECISION and decision is not None:
        return decisions.decision(claim, decision)
    return None
