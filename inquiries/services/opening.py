"""Open an inquiry: a customer or a representative sends it, and it is routed at once (T3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.people.models import Customer, User
from crm_portal.people.rules.roles import VerificationMethod
from routing.models import Triplet
from routing.selectors import choose

from ..models import Channel, Inquiry
from ..rules.codes import ChannelCode
from ..rules.fields import is_filled
from . import representing, submitting
from .drafting import MANUAL_CHANNELS, discard_draft, new_draft, save_draft, verify_customer
from .triage import Suggested

__all__ = [
    "Contact", "discard_draft", "new_draft", "open_by_customer", "open_by_representative", "save_draft",
    "verify_customer",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contact:
    """How to answer somebody who asks a general question without identification (CRM-2.2.1-b)."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = ""  # in which he is written to


@command("inquiry.open")
def open_by_customer(
    *,
    by: User | None,
    at: datetime,
    triplet_id: int | None,
    description: str,
    tax_year: int | None = None,
    files: Sequence[UploadedFile] = (),
    submission_key: str = "",
    suggested: Sequence[Suggested] = (),
    contact: Contact | None = None,
    channel: str = ChannelCode.INTERNET.value,
    team_id: object = None,
    unit_id: object = None,
) -> Inquiry:
    """
    Open a customer's inquiry; a second call with the same `submission_key` returns the first one.

    `by` is None, or somebody not registered, only for general questions, which then need a `contact`.

    :raises Refused: a field is missing, the triplet is not for customers, identification or the limit forbids it
    """
    said = contact or Contact("")
    submitting.fitting(
        submission_key=submission_key, contact_name=said.name, contact_email=said.email, contact_phone=said.phone
    )
    if (first := submitting.already_submitted(by, submission_key)) is not None:
        return first
    _no_routing_fields(team_id, unit_id)
    triplet = _chosen(triplet_id, description, tax_year, by=by, at=at)
    _open_to_customers(channel)
    customer: Customer | None = getattr(by, "customer", None)
    identified = customer is not None and customer.registered_at is not None
    if not identified:
        if triplet.requires_identification:
            raise refuse(Code.IDENTIFICATION_REQUIRED, clause="CRM-2.2.1-a")
        if customer is None and not is_filled(said.email or said.phone):
            raise refuse(Code.FIELD_REQUIRED, "contact", clause="CRM-2.2.1-b")
    method = VerificationMethod.DIGITAL_REGISTRATION if identified else VerificationMethod.NONE
    inquiry = Inquiry(
        channel_id=channel,
        customer=customer,
        opened_by=by,
        contact_name=said.name,
        contact_email=said.email,
        contact_phone=said.phone,
        contact_language=said.language,
        verification_method=method.value,
        verified_at=at if identified else None,
        triplet=triplet,
        tax_year=tax_year,
        description=description.strip(),
        submission_key=submission_key,
    )
    return submitting.submit(inquiry, by=by, at=at, files=files, suggested=suggested)


@command("inquiry.open")
def open_by_representative(
    *,
    by: User,
    at: datetime,
    triplet_id: int | None,
    description: str,
    customer_id_number: str = "",
    own_name: bool = False,
    concerns_client: bool | None = None,
    foreign_customer_id: int | None = None,
    assessment_number: str = "",
    tax_year: int | None = None,
    files: Sequence[UploadedFile] = (),
    submission_key: str = "",
    suggested: Sequence[Suggested] = (),
    team_id: object = None,
    unit_id: object = None,
) -> Inquiry:
    """
    Open an inquiry from the representatives' network: for a represented customer, for a foreign business in whose
    place the representative stands (`foreign_customer_id`, CRM-7-t), or in the office's own name.

    The power of attorney is judged now and never again; what was found is kept on the inquiry (CRM-2.2.1-e).

    :raises Refused: as for a customer, and POA_MISSING, POA_NOT_IN_ASSESSMENT, OWN_NAME_ABOUT_CLIENT,
        REGISTER_UNAVAILABLE
    """
    submitting.fitting(submission_key=submission_key, assessment_number=assessment_number.strip())
    if (first := submitting.already_submitted(by, submission_key)) is not None:
        return first
    _no_routing_fields(team_id, unit_id)
    triplet = _chosen(triplet_id, description, tax_year, by=by, at=at)
    representative = representing.office_of(by)
    snapshot: dict[str, object] | None = None
    if own_name:
        refuse_if(representing.own_name_refusals(triplet, concerns_client=concerns_client))
        customer = representing.own_customer_file(representative, at=at)
    elif foreign_customer_id is not None:
        customer, snapshot = representing.in_place_of(representative, foreign_customer_id, triplet, at=at)
    else:
        customer = representing.customer_named(customer_id_number)
        snapshot = representing.checked(
            representative, customer, triplet, assessment_number=assessment_number, by=by, at=at
        )
    inquiry = Inquiry(
        channel_id=ChannelCode.REP_NETWORK.value,
        customer=customer,
        representative=representative,
        opened_by=by,
        is_own_name=own_name,
        concerns_client=concerns_client if own_name else None,
        verification_method=VerificationMethod.SMART_CARD.value,
        verified_at=at,
        representation=snapshot,
        triplet=triplet,
        tax_year=tax_year,
        description=description.strip(),
        assessment_number=assessment_number.strip(),
        submission_key=submission_key,
    )
    submitting.submit(inquiry, by=by, at=at, files=files)
    if own_name:
        submitting.declare(inquiry, representing.declaration(concerns_client=bool(concerns_client)), by=by, at=at)
    return inquiry


@command("inquiry.check_relation")
def check_relation(
    *,
    by: User,
    at: datetime,
    triplet_id: int | None,
    customer_id_number: str = "",
    foreign_customer_id: int | None = None,
    assessment_number: str = "",
) -> dict[str, object]:
    """
    Say what an opening would find of the relation now; nothing is kept but the audit of the question (screen N3).

    :raises Refused: what `open_by_representative` would be refused for because of the relation
    """
    representative = representing.office_of(by)
    if triplet_id is None:
        raise refuse(Code.FIELD_REQUIRED, "triplet", clause="CRM-6.6-a")
    triplet = _choose(triplet_id, by)
    if foreign_customer_id is not None:
        customer, found = representing.in_place_of(representative, foreign_customer_id, triplet, at=at)
    else:
        customer = representing.customer_named(customer_id_number)
        found = representing.checked(
            representative, customer, triplet, assessment_number=assessment_number, by=by, at=at
        )
    return {**found, "customer": str(customer)}


def _open_to_customers(channel: str) -> None:
    """Any channel of the table by which customers write themselves; a new one is a row (CRM-2.1.5-a)."""
    others = {*MANUAL_CHANNELS, ChannelCode.REP_NETWORK.value}
    if channel in others or not Channel.objects.filter(pk=channel, is_active=True, is_imported_only=False).exists():
        raise refuse(Code.INVALID_VALUE, "channel", clause="CRM-2.1.5-a")


def _no_routing_fields(team_id: object, unit_id: object) -> None:
    named = {"team": team_id, "unit": unit_id}
    if given := tuple(name for name, value in named.items() if value not in (None, "")):
        raise refuse(Code.ROUTING_FIELDS_FORBIDDEN, *given, clause="CRM-6.4-a")


def _chosen(
    triplet_id: int | None, description: str, tax_year: int | None, *, by: User | None, at: datetime
) -> Triplet:
    given = {"triplet": triplet_id, "description": description}
    missing = tuple(name for name, value in given.items() if not is_filled(value))
    triplet = None if triplet_id is None else _choose(triplet_id, by)
    reasons = [Refusal(Code.FIELD_REQUIRED, missing, clause="4.5 T3")] if missing else []
    year = submitting.year_refusal(triplet, tax_year, at)
    refuse_if([*reasons, *([year] if year else [])])
    assert triplet is not None  # noqa: S101 - refused above
    return triplet


def _choose(triplet_id: int, by: User | None) -> Triplet:
    if by is not None:
        return choose(triplet_id, by)
    triplet = Triplet.objects.for_customers().filter(pk=triplet_id).first()
    if triplet is None:
        raise refuse(Code.TRIPLET_INVALID, "triplet", clause="CRM-4.1-b")
    return triplet
