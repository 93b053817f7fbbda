"""A representative in his own name about somebody else: the handler's mark, and what it holds back (6.6)."""

from datetime import datetime

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.people.rules.identity_numbers import normalise

from ..models import Inquiry, OwnNameMark
from ..rules.access import Action
from ..rules.codes import HistoryEvent
from ..rules.fields import is_filled
from ..selectors.representation import standing_of
from ..selectors.visibility import may_supervise
from . import moving
from .history import Before

NUMBER, REASON = "concerns_number", "removal_reason"


@command("inquiry.mark_own_name", target="inquiry_id")
def mark(*, inquiry_id: int, by: User, at: datetime, concerns_number: str, version: int | None = None) -> OwnNameMark:
    """
    Mark that an inquiry in the representative's own name concerns another entity (CRM-6.6-b).

    Nothing is looked up about that entity: its number is only written down (CRM-6.6-e).

    :raises Refused: NOT_ASSIGNED_TO_YOU, INQUIRY_CLOSED, FIELD_REQUIRED, INVALID_VALUE for a wrong number, for the
        inquirer's own, or on an inquiry that nobody opened in his own name; DUPLICATE when it is marked already
    """
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    _active(inquiry)
    moving.owned(inquiry, by, version)
    if not inquiry.is_own_name:
        raise refuse(Code.INVALID_VALUE, clause="CRM-6.6-b", because="not_own_name")
    number = normalise(concerns_number, field=NUMBER)
    if inquiry.customer is not None and number == inquiry.customer.id_number:
        raise refuse(Code.INVALID_VALUE, NUMBER, clause="CRM-6.6-b", because="own_number")
    if OwnNameMark.objects.filter(inquiry=inquiry, removed_at=None).exists():
        raise refuse(Code.DUPLICATE, NUMBER, clause="CRM-6.6-b")
    made = OwnNameMark.objects.create(inquiry=inquiry, concerns_number=number, marked_by=by, marked_at=at)
    moving.note_event(
        inquiry, HistoryEvent.OWN_NAME_MARK, action="inquiry.mark_own_name", by=by, at=at, before=Before.of(inquiry),
        note=f"הפנייה נוגעת לישות אחרת: {number}",
    )  # fmt: skip
    return made


@command("inquiry.unmark_own_name", target="inquiry_id")
def unmark(*, inquiry_id: int, by: User, at: datetime, removal_reason: str, version: int | None = None) -> OwnNameMark:
    """
    Remove a wrong mark; only who supervises the inquiry's team or unit may, and says why (CRM-6.6-c).

    :raises Refused: OUT_OF_SCOPE, PERMISSION_DENIED, INQUIRY_CLOSED, FIELD_REQUIRED, INVALID_VALUE when none stands
    """
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if not by.may(Action.UNMARK_OWN_NAME) or not may_supervise(by, inquiry):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-6.6-c")
    _active(inquiry)
    moving.current(inquiry, version)
    if not is_filled(removal_reason):
        raise refuse(Code.FIELD_REQUIRED, REASON, clause="CRM-6.6-c")
    made = OwnNameMark.objects.filter(inquiry=inquiry, removed_at=None).first()
    if made is None:
        raise refuse(Code.INVALID_VALUE, clause="CRM-6.6-c", because="not_marked")
    made.removed_by, made.removed_at, made.removal_reason = by, at, removal_reason.strip()
    made.save(update_fields=["removed_by", "removed_at", "removal_reason"])
    moving.note_event(
        inquiry, HistoryEvent.OWN_NAME_MARK, action="inquiry.unmark_own_name", by=by, at=at,
        before=Before.of(inquiry), note=f"הסימון הוסר: {made.removal_reason}",
    )  # fmt: skip
    return made


def refuse_if_marked(inquiry: Inquiry) -> None:
    """
    Hold back what would give somebody data about another: a file, an e-mail, the information extension.

    :raises Refused: OWN_NAME_ABOUT_CLIENT (CRM-6.6-c); in real estate RE_POA_CHECK_REQUIRED until a representation
        was found (CRM-6.6-i)
    """
    standing = standing_of(inquiry)
    if standing.is_marked:
        raise refuse(Code.OWN_NAME_ABOUT_CLIENT, clause="CRM-6.6-c", because="own_name_marked")
    if standing.lacks_check:
        raise refuse(Code.RE_POA_CHECK_REQUIRED, clause="CRM-6.6-i")


def _active(inquiry: Inquiry) -> None:
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="CRM-6.6-c")
