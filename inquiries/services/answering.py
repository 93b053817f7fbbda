"""The owner works on an inquiry: asks the customer, goes on, writes to him, notes what he found (T8, T11)."""

from datetime import datetime

from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import Inquiry
from ..rules.codes import Status
from ..rules.fields import is_filled
from . import by_hand, moving, submitting
from .corresponding import send_message

__all__ = ["resume_treatment", "save", "send_message", "wait_for_customer"]


@command("inquiry.wait_for_customer", target="inquiry_id")
def wait_for_customer(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    proposed_solution: str,
    reply: str = "",
    version: int | None = None,
    confirm_representation: bool = False,
    template_id: int | None = None,
    confirm_thin_reply: bool = False,
) -> Inquiry:
    """
    Ask the customer for more, stop the clock and start the three months that close the inquiry (T8).

    :raises Refused: when the move, the owner or a missing field forbids it
    """
    inquiry = moving.lock(inquiry_id)
    moving.owned(inquiry, by, version)
    return by_hand.change(
        inquiry, Status.WAITING_CUSTOMER, action="inquiry.wait_for_customer", by=by, at=at,
        proposed_solution=proposed_solution, reply=reply, confirm_representation=confirm_representation,
        template_id=template_id, confirm_thin_reply=confirm_thin_reply,
    )  # fmt: skip


@command("inquiry.resume", target="inquiry_id")
def resume_treatment(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    proposed_solution: str,
    reply: str = "",
    version: int | None = None,
    confirm_representation: bool = False,
    template_id: int | None = None,
    confirm_thin_reply: bool = False,
) -> Inquiry:
    """
    Take up again an inquiry that waited, or whose customer sent what was asked (T11).

    :raises Refused: when the move, the owner or a missing field forbids it
    """
    inquiry = moving.lock(inquiry_id)
    moving.owned(inquiry, by, version)
    return by_hand.change(
        inquiry, Status.IN_TREATMENT, action="inquiry.resume", by=by, at=at,
        proposed_solution=proposed_solution, reply=reply, confirm_representation=confirm_representation,
        template_id=template_id, confirm_thin_reply=confirm_thin_reply,
    )  # fmt: skip


@command("inquiry.save", target="inquiry_id")
def save(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    version: int | None = None,
    proposed_solution: str | None = None,
    tax_year: int | None = None,
    assessment_number: str | None = None,
    tax_type: str | None = None,
    area: str | None = None,
) -> Inquiry:
    """
    Save interim work without a status change; None leaves a field as it is (CRM-6.3-c).

    "-" marks that an assessment number, tax type or area does not exist (CRM-6.6-j).

    :raises Refused: NOT_ASSIGNED_TO_YOU, INQUIRY_CLOSED, STALE_VERSION, INVALID_VALUE for the tax year
    """
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="6.3")
    moving.owned(inquiry, by, version)
    given = {"tax_year": tax_year, "assessment_number": assessment_number, "tax_type": tax_type, "area": area}
    if tax_year is not None and submitting.year_refusal(inquiry.triplet, tax_year, at) is not None:
        raise refuse(Code.INVALID_VALUE, "tax_year", clause="CRM-4.1-c")
    submitting.fitting(**given)
    changed = {name: value for name, value in given.items() if value is not None and value != getattr(inquiry, name)}
    was = {name: getattr(inquiry, name) for name in changed}
    for name, value in changed.items():
        setattr(inquiry, name, value)
    if proposed_solution is not None and is_filled(proposed_solution):
        was["proposed_solution"], changed["proposed_solution"] = inquiry.proposed_solution, proposed_solution
        moving.write_solution(inquiry, proposed_solution.strip(), by=by, at=at)
    if changed:
        moving.touch(inquiry, at)
        recording.record("inquiry.save", by=by, at=at, target=inquiry, before=was, after=changed)
    return inquiry
