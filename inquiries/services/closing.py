"""Close an inquiry: by its owner, by who opened it, or by the system (T9, T10, T15-T18)."""

from datetime import datetime

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User

from ..models import ClosingReason, Inquiry
from ..rules import states
from ..rules.codes import ClosingReasonCode, HistoryEvent, Status
from ..rules.guards import Facts
from ..rules.states import TRANSITIONS, Actor
from . import by_hand, consulting, corresponding, judging, moving


@command("inquiry.close_success", target="inquiry_id")
def close_success(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    reply: str = "",
    proposed_solution: str = "",
    version: int | None = None,
    confirm_representation: bool = False,
    template_id: int | None = None,
    confirm_thin_reply: bool = False,
) -> Inquiry:
    """
    Close an inquiry that was treated, with the answer the customer receives (T9).

    :raises Refused: a missing field, or one of the closing guards of CRM-5.2.7-b
    """
    inquiry = moving.lock(inquiry_id)
    moving.owned(inquiry, by, version)
    return by_hand.change(
        inquiry, Status.CLOSED_SUCCESS, action="inquiry.close_success", by=by, at=at,
        proposed_solution=proposed_solution, reply=reply, confirm_representation=confirm_representation,
        template_id=template_id, confirm_thin_reply=confirm_thin_reply,
    )  # fmt: skip


@command("inquiry.close_no_treatment", target="inquiry_id")
def close_no_treatment(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    proposed_solution: str,
    closing_reason: str,
    reply: str = "",
    version: int | None = None,
    confirm_representation: bool = False,
    template_id: int | None = None,
    confirm_thin_reply: bool = False,
) -> Inquiry:
    """
    Close an inquiry without treating it, for a reason of the list (T10).

    :raises Refused: a missing field, INVALID_VALUE for a reason not in the list, or a closing guard
    """
    inquiry = moving.lock(inquiry_id)
    moving.owned(inquiry, by, version)
    reason = ClosingReason.objects.filter(pk=closing_reason, is_active=True, is_system_only=False).first()
    if reason is None and closing_reason:
        raise refuse(Code.INVALID_VALUE, "closing_reason", clause="CRM-5.2.8-a")
    return by_hand.change(
        inquiry, Status.CLOSED_NO_TREATMENT, action="inquiry.close_no_treatment", by=by, at=at,
        proposed_solution=proposed_solution, reply=reply, closing_reason=reason,
        confirm_representation=confirm_representation, template_id=template_id,
        confirm_thin_reply=confirm_thin_reply,
    )  # fmt: skip


@command("inquiry.cancel", target="inquiry_id")
def cancel(*, inquiry_id: int, by: User, at: datetime, version: int | None = None) -> Inquiry:
    """
    Cancel an inquiry by the side that opened it, as long as no employee holds it (T15, T16).

    :raises Refused: OUT_OF_SCOPE, IDENTIFICATION_REQUIRED, CANCEL_ASSIGNED, CANCEL_REAL_ESTATE_OFFICE, INQUIRY_CLOSED
    """
    if by.is_employee:
        raise refuse(Code.PERMISSION_DENIED)
    inquiry = moving.lock(inquiry_id)
    moving.seen(inquiry, by)
    corresponding.identified(by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="CRM-5.2.9-a")
    by_office = inquiry.representative_id is not None
    row = TRANSITIONS["T16" if by_office else "T15"]
    facts = judging.facts_of(inquiry)
    if Status(inquiry.status) not in row.sources:  # in treatment: an employee holds it
        raise refuse(Code.CANCEL_ASSIGNED, clause="CRM-5.2.9-a", holder=facts.holder)
    refuse_if(states.refusals(row, channel=inquiry.channel_id, facts=facts))
    moving.current(inquiry, version)
    moving.move(inquiry, row.id, action="inquiry.cancel", by=by, at=at)
    consulting.end_with(inquiry, at=at)
    return inquiry


@command("inquiry.close_unanswered_waiting", target="inquiry_id")
def close_unanswered_waiting(*, inquiry_id: int, at: datetime, by: None = None) -> Inquiry:
    """
    Close an inquiry whose customer let the three months pass; does nothing when that is no longer so (T18).

    A file that is still being checked holds it: the customer did respond (CRM-5.2.11-b).
    """
    inquiry = moving.lock(inquiry_id)
    facts = Facts(
        is_due=inquiry.auto_close_at is not None and inquiry.auto_close_at <= at,
        has_pending_file=judging.has_pending_file(inquiry),
    )
    _close_by_system(inquiry, "T18", ClosingReasonCode.NO_RESPONSE_3_MONTHS, facts, at=at)
    return inquiry


@command("inquiry.close_failed_sanitisation", target="inquiry_id")
def close_failed_sanitisation(*, inquiry_id: int, at: datetime, file_name: str, by: None = None) -> Inquiry:
    """Close an active inquiry because a file of the customer's side did not pass; else do nothing (T17)."""
    inquiry = moving.lock(inquiry_id)
    facts = Facts(file_failed=True)
    _close_by_system(inquiry, "T17", ClosingReasonCode.FAILED_SANITISATION, facts, at=at, file_name=file_name)
    return inquiry


def _close_by_system(
    inquiry: Inquiry, row_id: str, reason: ClosingReasonCode, facts: Facts, *, at: datetime, file_name: str = ""
) -> None:
    row = TRANSITIONS[row_id]
    fits = row.by is Actor.SYSTEM and Status(inquiry.status) in row.sources
    if not fits or any(states.refusals(row, channel=inquiry.channel_id, facts=facts)):
        return
    moving.move(
        inquiry, row_id, action="inquiry.close_by_system", by=None, at=at, event=HistoryEvent.AUTO_CLOSE,
        closing_reason=ClosingReason.objects.get(pk=reason.value), file_name=file_name,
    )  # fmt: skip
    consulting.end_with(inquiry, at=at)
