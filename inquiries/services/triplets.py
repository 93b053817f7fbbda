"""Correct an inquiry's triplet, and say whether the customer's was right (5.1.1, 6.1, 6.4)."""

from datetime import datetime

from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User
from routing.models import Triplet
from routing.rules.codes import TaxSystemCode
from routing.selectors import choose
from routing.services.deciding import recommend

from ..models import Inquiry
from ..rules.codes import HistoryEvent, TripletValidation
from ..selectors import clocks
from . import judging, moving, submitting
from .history import Before


@command("inquiry.change_triplet", target="inquiry_id")
def change_triplet(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    triplet_id: int,
    tax_year: int | None = None,
    version: int | None = None,
) -> Inquiry:
    """
    Correct the triplet; the inquiry stays where it is (CRM-5.1.1-a).

    Between tax systems only a member of the head team who owns the inquiry may do it (CRM-6.4-c).

    :raises Refused: TRIPLET_INVALID, PERMISSION_DENIED, RE_REP_TO_INCOME_TAX, CROSS_SYSTEM_HEAD_TEAM_ONLY,
        FIELD_REQUIRED when the new triplet wants a tax year
    """
    inquiry = _editable(inquiry_id, by, version)
    triplet = choose(triplet_id, by)
    _within_the_system(inquiry, triplet, by)
    if triplet.pk == inquiry.triplet_id:
        raise refuse(Code.INVALID_VALUE, "triplet", clause="CRM-5.1.1-a")
    year = inquiry.tax_year if tax_year is None else tax_year
    if (refusal := submitting.year_refusal(triplet, year, at)) is not None:
        refuse_if([refusal])
    before = Before.of(inquiry)
    inquiry.triplet, inquiry.tax_year = triplet, year
    inquiry.section = submitting.section_of(inquiry.customer, triplet, by=by, at=at)
    inquiry.recommended_team = recommend(triplet=triplet, customer=inquiry.customer, by=by, at=at)
    if inquiry.customer_triplet_id is not None:
        is_the_customers = triplet.pk == inquiry.customer_triplet_id
        verdict = TripletValidation.NOT_CHECKED if is_the_customers else TripletValidation.INCORRECT
        inquiry.triplet_validation = verdict.value
    moving.note_event(
        inquiry, HistoryEvent.TRIPLET_CHANGE, action="inquiry.change_triplet", by=by, at=at, before=before
    )
    clocks.refresh(inquiry, at)
    return inquiry


@command("inquiry.set_validation", target="inquiry_id")
def set_validation(*, inquiry_id: int, by: User, at: datetime, verdict: str, version: int | None = None) -> Inquiry:
    """
    Say whether the customer's triplet is right; once it was changed only the head team may say otherwise.

    :raises Refused: INVALID_VALUE, PERMISSION_DENIED, NOT_ASSIGNED_TO_YOU
    """
    inquiry = _editable(inquiry_id, by, version)
    if verdict not in (TripletValidation.CORRECT.value, TripletValidation.INCORRECT.value):
        raise refuse(Code.INVALID_VALUE, "triplet_validation", clause="CRM-5.1.1-f")
    if inquiry.customer_triplet_id is None:
        raise refuse(Code.INVALID_VALUE, "triplet_validation", clause="CRM-5.1.1-f")
    was = inquiry.triplet_validation
    if inquiry.triplet_id != inquiry.customer_triplet_id and verdict != was and not judging.is_in_head_team(by):
        raise refuse(Code.PERMISSION_DENIED, "triplet_validation", clause="CRM-5.1.1-f")
    inquiry.triplet_validation = verdict
    moving.touch(inquiry, at)
    recording.record(
        "inquiry.set_validation", by=by, at=at, target=inquiry,
        before={"triplet_validation": was}, after={"triplet_validation": verdict},
    )  # fmt: skip
    return inquiry


def _editable(inquiry_id: int, by: User, version: int | None) -> Inquiry:
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="5.1.1")
    moving.owned(inquiry, by, version)
    return inquiry


def _within_the_system(inquiry: Inquiry, triplet: Triplet, by: User) -> None:
    assert inquiry.triplet is not None  # noqa: S101 - only drafts have none
    if triplet.tax_system_id == inquiry.triplet.tax_system_id or judging.is_in_head_team(by):
        return
    to_income_tax = triplet.tax_system_id == TaxSystemCode.INCOME_TAX
    if to_income_tax and judging.is_representatives_real_estate(inquiry):
        raise refuse(Code.RE_REP_TO_INCOME_TAX, "triplet", clause="CRM-6.4-d", offer="head_team")
    raise refuse(Code.CROSS_SYSTEM_HEAD_TEAM_ONLY, "triplet", clause="CRM-6.4-c", offer="head_team")
