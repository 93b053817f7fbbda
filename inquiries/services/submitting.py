"""What every opening shares: the checks of the triplet and the tax year, the limit, the number, the routing."""

import math
from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.db.models import Q

from crm_portal import registers
from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.people.models import Customer, User
from crm_portal.people.rules.roles import CustomerKind
from crm_portal.registers import RegisterUnavailable
from crm_portal.worktime.rules.periods import day_of
from routing.models import Triplet
from routing.rules.codes import TaxSystemCode
from routing.services.deciding import decide

from ..models import Inquiry
from ..rules import limits
from ..rules.codes import AttachmentDirection, HistoryEvent
from ..rules.representation import SECTION_60
from . import attaching, moving, triage
from .history import Before
from .triage import Suggested

FIRST_TAX_YEAR = 1950  # CRM-4.1-c


def already_submitted(by: User | None, submission_key: str) -> Inquiry | None:
    """The inquiry that this very form opened before; the second of two clicks waits here for the first."""
    if not submission_key:
        return None
    _lock_key(f"submission:{by.pk if by else ''}:{submission_key}")
    return Inquiry.objects.filter(opened_by=by, submission_key=submission_key).first()


def year_refusal(triplet: Triplet | None, tax_year: int | None, at: datetime) -> Refusal | None:
    """Why this tax year is refused for the triplet (CRM-4.1-c)."""
    if tax_year is None:
        if triplet is not None and triplet.tax_year_required:
            return Refusal(Code.FIELD_REQUIRED, ("tax_year",), clause="CRM-4.1-c")
        return None
    if not FIRST_TAX_YEAR <= tax_year <= day_of(at).year:
        return Refusal(Code.INVALID_VALUE, ("tax_year",), {"first": FIRST_TAX_YEAR, "last": day_of(at).year})
    return None


def fitting(**given: object) -> None:
    """:raises Refused: INVALID_VALUE at every field of an inquiry whose text is longer than its column"""
    longest = {name: getattr(Inquiry._meta.get_field(name), "max_length", None) or math.inf for name in given}
    if long := [name for name, value in given.items() if isinstance(value, str) and len(value) > longest[name]]:
        raise refuse(Code.INVALID_VALUE, *long, longest=[longest[name] for name in long])


def under_the_limit(inquiry: Inquiry) -> None:
    """
    Hold the limit of open inquiries by one inquirer for one customer in one triplet, others waiting meanwhile.

    :raises Refused: OPEN_LIMIT_REACHED, naming the open ones
    """
    customer, representative = inquiry.customer, inquiry.representative
    if customer is None or inquiry.triplet is None or not limits.has_open_limit(
        is_real_estate=inquiry.triplet.tax_system_id == TaxSystemCode.REAL_ESTATE,
        by_representative=representative is not None,
        customer_is_company=customer.kind == CustomerKind.COMPANY.value,
    ):  # fmt: skip
        return
    same = Inquiry.objects.active().filter(customer=customer, triplet=inquiry.triplet)
    in_its_place = Q(representation__source=SECTION_60)
    if representative is None or (inquiry.representation or {}).get("source") == SECTION_60:
        inquirer = ""  # the customer, and who stands in its place: one limit for both (CRM-7-t)
        same = same.filter(Q(representative=None) | in_its_place)
    else:
        inquirer = str(representative.pk)
        same = same.filter(representative=representative)
    _lock_key(f"open:{inquirer}:{customer.pk}:{inquiry.triplet.pk}")
    numbers = list(same.order_by("number").values_list("number", flat=True))
    if refusal := limits.open_refusal([str(n) for n in numbers], limit=configured(options.OPEN_INQUIRIES_PER_TRIPLET)):
        refuse_if([refusal])


def submit(
    inquiry: Inquiry,
    *,
    by: User | None,
    at: datetime,
    files: Sequence[UploadedFile] = (),
    suggested: Sequence[Suggested] = (),
) -> Inquiry:
    """
    Open what a customer or representative sent: limit, routing, number, files, suggestions, notice (T3).

    :raises Refused: OPEN_LIMIT_REACHED, FILE_REJECTED
    """
    assert inquiry.triplet is not None  # noqa: S101 - the openings refuse without one
    under_the_limit(inquiry)
    decision = decide(triplet=inquiry.triplet, customer=inquiry.customer, at=at)
    inquiry.routing_decision, inquiry.recommended_team = decision, decision.team
    inquiry.section = section_of(inquiry.customer, inquiry.triplet, by=by, at=at)
    inquiry.customer_triplet = inquiry.triplet
    inquiry.created_at = at
    moving.move(inquiry, "T3", action="inquiry.open", by=by, at=at, team=decision.team)
    triage.keep(inquiry, suggested)
    attaching.take(inquiry, files, direction=AttachmentDirection.INBOUND, by=by, at=at)
    return inquiry


def section_of(customer: Customer | None, triplet: Triplet, *, by: User | None, at: datetime) -> str:
    """The section by the Shaam register, where the tax system has one; empty when it cannot be asked (CRM-4.1-d)."""
    systems = {TaxSystemCode.INCOME_TAX.value}
    if configured(options.REAL_ESTATE_SECTION_ENABLED):
        systems.add(TaxSystemCode.REAL_ESTATE.value)
    if customer is None or not customer.id_number or triplet.tax_system_id not in systems:
        return ""
    try:
        return registers.shaam(by=by, at=at).section_of(customer.id_number)
    except RegisterUnavailable:
        return ""


def declare(inquiry: Inquiry, text: str, *, by: User, at: datetime) -> None:
    """Write what the inquirer declared at opening into the history (CRM-6.6-b)."""
    moving.note_event(
        inquiry, HistoryEvent.DECLARATION, action="inquiry.declare", by=by, at=at, before=Before.of(inquiry), note=text
    )


def _lock_key(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
