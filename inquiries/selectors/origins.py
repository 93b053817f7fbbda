"""Why an inquiry stands in the head team's queue (CRM-7-o): what routing could not decide, or who sent it and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from routing.labels import CAUSE, INTERNAL_CASE
from routing.rules.codes import Cause

from ..models import Inquiry, StatusHistory
from ..rules.codes import HistoryEvent, TripletValidation

_SENDING = (HistoryEvent.FORWARD.value, HistoryEvent.ASSIGNMENT.value)


class Origin(StrEnum):
    """The ways into the head team's queue."""

    FALLBACK = "fallback"  # routing found no unit or team
    CROSS_SYSTEM = "cross_system"  # sent on with the verdict that the triplet is wrong: only the head team may cross
    UNDECIDED = "undecided"  # an internal triplet for what nobody knows how to treat, or a question on work processes
    FORWARDED = "forwarded"  # sent on by an employee who says why
    DIRECT = "direct"  # routing's ordinary answer


@dataclass(frozen=True, slots=True)
class Reason:
    """How one inquiry came, and the words that were given for it."""

    origin: Origin
    words: str = ""
    sender: str = ""


def reasons_of(inquiries: Sequence[Inquiry]) -> Mapping[int, Reason]:
    """The reason of each inquiry by its id, in one query; their triplets and routing decisions must be loaded."""
    sent = (
        StatusHistory.objects.filter(
            inquiry__in=[inquiry.pk for inquiry in inquiries], event__in=_SENDING, to_team__is_head_team=True
        )
        .exclude(from_team__is_head_team=True)
        .order_by("inquiry", "-at", "-id")
        .distinct("inquiry")
    )
    last = {step.inquiry_id: step for step in sent}
    return {inquiry.pk: _reason(inquiry, last.get(inquiry.pk)) for inquiry in inquiries}


def _reason(inquiry: Inquiry, sent: StatusHistory | None) -> Reason:
    if sent is not None:
        wrong = inquiry.triplet_validation == TripletValidation.INCORRECT.value
        return Reason(Origin.CROSS_SYSTEM if wrong else Origin.FORWARDED, sent.note, sent.by_name)
    if inquiry.triplet is not None and inquiry.triplet.internal_case:
        return Reason(Origin.UNDECIDED, str(dict(INTERNAL_CASE)[inquiry.triplet.internal_case]))
    decision = inquiry.routing_decision
    if decision is not None and decision.is_fallback:
        return Reason(Origin.FALLBACK, str(CAUSE[Cause(decision.cause)]) if decision.cause else "")
    return Reason(Origin.DIRECT)
