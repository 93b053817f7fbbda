"""An inquiry opened by hand in an information centre: draft, first save, verification of the caller (T1, T2, T20)."""

from datetime import datetime
from typing import Any

from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.people.labels import VERIFICATION_METHOD
from crm_portal.people.models import Customer, User
from crm_portal.people.rules.roles import VerificationMethod
from crm_portal.worktime.rules.periods import day_of
from routing.models import BusinessUnit, Team, Triplet
from routing.rules.codes import UnitKind
from routing.selectors import choose, default_team, head_team, teams_for_triplet, teams_of, units_of
from routing.services.deciding import recommend

from ..models import Inquiry
from ..rules import states
from ..rules.access import Action
from ..rules.codes import ChannelCode, HistoryEvent, Status
from ..rules.fields import Field, is_filled
from ..rules.states import TRANSITIONS
from . import moving, submitting
from .history import Before

MANUAL_CHANNELS = (ChannelCode.PHONE.value, ChannelCode.ABROAD_CONTACT.value)
# What a draft may hold; the same names as on the page.
FIELDS = ("customer_id", "contact_name", "contact_email", "contact_phone", "tax_year", "description")


@command("inquiry.new_draft")
def new_draft(
    *, by: User, at: datetime, channel: str = ChannelCode.PHONE.value, submission_key: str = "", **fields: Any
) -> Inquiry:
    """
    Begin an inquiry by hand; the draft is seen by its creator only and counts nowhere (T1).

    A second call with the same `submission_key` returns what the first began, also when it was opened since.

    :raises Refused: MANUAL_OPEN_NOT_ALLOWED outside an information centre, INVALID_VALUE for another channel
    """
    unit = _centre_of(by)
    if channel not in MANUAL_CHANNELS:
        raise refuse(Code.INVALID_VALUE, "channel")
    if (first := submitting.already_submitted(by, submission_key)) is not None:
        return first
    inquiry = Inquiry(channel_id=channel, opening_unit=unit, opened_by=by, created_at=at, updated_at=at)
    inquiry.submission_key = submission_key
    inquiry.status_since = at
    _fill(inquiry, fields, by=by, at=at)
    inquiry.save()
    recording.record("inquiry.new_draft", by=by, at=at, target=inquiry)
    return inquiry


@command("inquiry.save_draft", target="inquiry_id")
def save_draft(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    proposed_solution: str,
    version: int | None = None,
    submission_key: str = "",
    **fields: Any,
) -> Inquiry:
    """
    Save a draft for the first time: it gets its number and is in its creator's treatment (T2).

    A second call with the same `submission_key` returns the inquiry as the first opened it.

    `fields` may be `customer_id`, `contact_name`, `contact_email`, `contact_phone`, `triplet_id`, `tax_year`,
    `description`.

    :raises Refused: what is missing, or OPEN_LIMIT_REACHED
    """
    first = submitting.already_submitted(by, submission_key)
    if first is not None and first.number is not None:
        return first
    inquiry = _own_draft(inquiry_id, by, version)
    inquiry.submission_key = inquiry.submission_key or submission_key
    _fill(inquiry, fields, by=by, at=at)
    filled = {Field.PROPOSED_SOLUTION} if is_filled(proposed_solution) else set()
    missing = tuple(_missing(inquiry))
    reasons = [
        *([Refusal(Code.FIELD_REQUIRED, missing, clause="4.5 T2")] if missing else []),
        *states.refusals(TRANSITIONS["T2"], channel=inquiry.channel_id, filled=filled),
    ]
    if (year := submitting.year_refusal(inquiry.triplet, inquiry.tax_year, at)) is not None:
        reasons.append(year)
    refuse_if(reasons)
    assert inquiry.triplet is not None  # noqa: S101 - refused above
    submitting.under_the_limit(inquiry)
    inquiry.section = submitting.section_of(inquiry.customer, inquiry.triplet, by=by, at=at)
    inquiry.recommended_team = recommend(triplet=inquiry.triplet, customer=inquiry.customer, by=by, at=at)
    moving.move(
        inquiry, "T2", action="inquiry.open", by=by, at=at, owner=by, team=_first_team(inquiry.triplet, by, at),
        proposed_solution=proposed_solution,
    )  # fmt: skip
    if inquiry.verified_at is not None:
        _verified_in_history(inquiry, by=by, at=at)
    return inquiry


@command("inquiry.discard_draft", target="inquiry_id")
def discard_draft(*, inquiry_id: int, by: User, at: datetime) -> None:
    """Throw a draft away; only the audit remembers it (T20)."""
    inquiry = _own_draft(inquiry_id, by, None)
    recording.record("inquiry.discard_draft", by=by, at=at, target=inquiry)
    inquiry.delete()


@command("inquiry.verify_customer", target="inquiry_id")
def verify_customer(
    *, inquiry_id: int, by: User, at: datetime, documents_seen: str = "", version: int | None = None
) -> Inquiry:
    """
    Record that the operator identified the customer, by phone or, for a contact abroad, by documents (CRM-2.2.1-c).

    :raises Refused: PERMISSION_DENIED, NOT_ASSIGNED_TO_YOU, INQUIRY_CLOSED, FIELD_REQUIRED without a customer or the
        documents
    """
    if not by.may(Action.VERIFY_CUSTOMER):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-2.2.1-c")
    inquiry = moving.lock(inquiry_id)
    is_draft = inquiry.status == Status.OPEN.value
    if is_draft:
        inquiry = _own_draft(inquiry_id, by, version)
    else:
        moving.handled(inquiry, by)
        if inquiry.is_closed:
            raise refuse(Code.INQUIRY_CLOSED, clause="CRM-2.2.1-c")
        moving.owned(inquiry, by, version)
        if inquiry.history.filter(event=HistoryEvent.VERIFICATION.value, by=by).exists():
            return inquiry  # a second click
    abroad = inquiry.channel_id == ChannelCode.ABROAD_CONTACT.value
    if inquiry.customer is None and not abroad:
        raise refuse(Code.FIELD_REQUIRED, "customer", clause="CRM-2.2.1-c")
    if abroad and not is_filled(documents_seen):
        raise refuse(Code.FIELD_REQUIRED, "documents_seen", clause="CRM-7-u")
    method = VerificationMethod.ABROAD_MANUAL if abroad else VerificationMethod.PHONE
    if inquiry.verified_at is None or is_draft:  # what was stored at opening stays; the history has both
        inquiry.verification_method, inquiry.verified_at, inquiry.verified_by = method.value, at, by
    if is_draft:
        moving.touch(inquiry, at)
        recording.record(
            "inquiry.verify_customer",
            by=by,
            at=at,
            target=inquiry,
            after={"method": method.value, "documents_seen": documents_seen},
        )
    else:
        _verified_in_history(inquiry, by=by, at=at, note=documents_seen or str(dict(VERIFICATION_METHOD)[method.value]))
    return inquiry


def _verified_in_history(inquiry: Inquiry, *, by: User, at: datetime, note: str = "") -> None:
    moving.note_event(
        inquiry, HistoryEvent.VERIFICATION, action="inquiry.verify_customer", by=by, at=at,
        before=Before.of(inquiry), note=note or inquiry.get_verification_method_display(),
    )  # fmt: skip


def _centre_of(by: User) -> BusinessUnit:
    centre = units_of(by).filter(kind=UnitKind.INFO_CENTRE.value, is_active=True).first()
    if not by.may(Action.OPEN_MANUALLY) or centre is None:
        raise refuse(Code.MANUAL_OPEN_NOT_ALLOWED, clause="CRM-5.2.1-a")
    return centre


def _own_draft(inquiry_id: int, by: User, version: int | None) -> Inquiry:
    inquiry = moving.lock(inquiry_id)
    if inquiry.opened_by_id != by.pk or inquiry.status != Status.OPEN.value:
        raise refuse(Code.OUT_OF_SCOPE)
    _centre_of(by)
    moving.current(inquiry, version)
    return inquiry


def _fill(inquiry: Inquiry, fields: dict[str, Any], *, by: User, at: datetime) -> None:
    if unknown := fields.keys() - {*FIELDS, "triplet_id"}:
        raise TypeError(f"A draft has no {sorted(unknown)}.")
    if (triplet_id := fields.pop("triplet_id", None)) is not None:
        inquiry.triplet = choose(triplet_id, by)
    if "customer_id" in fields:
        customer_id = fields.pop("customer_id")
        customer = Customer.objects.filter(pk=customer_id).first() if customer_id else None
        if customer != inquiry.customer:  # who was identified is not who it is about now
            inquiry.verification_method = VerificationMethod.NONE.value
            inquiry.verified_at = inquiry.verified_by = None
        inquiry.customer = customer
    if (year := submitting.year_refusal(None, fields.get("tax_year"), at)) is not None:
        refuse_if([year])
    submitting.fitting(**fields)
    for name, value in fields.items():
        setattr(inquiry, name, value.strip() if isinstance(value, str) else value)


def _missing(inquiry: Inquiry) -> list[str]:
    """What T2 asks for besides the proposed solution; a general question needs only the caller's name."""
    missing = []
    general = inquiry.triplet is not None and not inquiry.triplet.requires_identification
    if inquiry.triplet is None:
        missing.append("triplet")
    if inquiry.customer is None and not (general and is_filled(inquiry.contact_name)):
        missing.append("customer")
    if not is_filled(inquiry.description):
        missing.append("description")
    return missing


def _first_team(triplet: Triplet, by: User, at: datetime) -> Team:
    """The creator's team allowed for the triplet, else the triplet's default in his unit, else a team of his (T2)."""
    on = day_of(at)
    own = teams_of(by).filter(is_active=True).select_related("unit")
    allowed = own.filter(pk__in=teams_for_triplet(triplet, on).values("pk")).first()
    return allowed or default_team(triplet, _centre_of(by), on) or own.first() or head_team()
