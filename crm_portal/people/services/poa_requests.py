"""A representative asks for a limited power of attorney; the customer approves, declines or revokes it (CRM-6.6-f)."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from crm_portal import registers
from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refused, refuse, refuse_if
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render

from ..models import Customer, PoaRequest, Representative, User
from ..rules import poa_requests as rules
from ..rules.identity_numbers import normalise
from ..rules.poa_requests import CLAUSE, STANDING, STEPS, IncomeTaxFile, Step
from ..rules.roles import PoaLimitedTopic, PoaRequestState

INCOME_TAX = "income_tax"
OF_CUSTOMER_AT, OF_OFFICE_AT = "/my/powers/", "/my/poa-requests/"


@command("poa_request.submit")
def submit(*, by: User, at: datetime, customer_id_number: str, topic: str) -> PoaRequest:
    """
    Ask a customer to let the office act for him in one topic; the type of his file is found in Shaam's register.

    :raises Refused: PERMISSION_DENIED, FIELD_REQUIRED, INVALID_VALUE, IDENTIFICATION_REQUIRED when the customer has no
        personal area to approve in, DUPLICATE while one stands, POA_MISSING when an active file of another type needs
        a power in the register, REGISTER_UNAVAILABLE
    """
    office = _office_of(by)
    number = normalise(customer_id_number, field="customer_id_number")
    if not topic:
        raise refuse(Code.FIELD_REQUIRED, "topic", clause=CLAUSE)
    if topic not in set(PoaLimitedTopic):
        raise refuse(Code.INVALID_VALUE, "topic", clause=CLAUSE)
    customer = Customer.objects.select_related("user").filter(id_number=number, registered_at__isnull=False).first()
    if customer is None or customer.user is None:
        raise refuse(
            Code.IDENTIFICATION_REQUIRED, "customer_id_number", clause=CLAUSE, because="customer_not_registered"
        )
    files = income_tax_files(number, by=by, at=at)
    if rules.has_other_active_file(files):
        raise refuse(Code.POA_MISSING, "customer_id_number", clause=CLAUSE, because="poa_active_file")
    request = PoaRequest(
        representative=office, customer=customer, topic=topic, file_type=rules.file_type_of(files),
        submitted_by=by, submitted_at=at,
    )  # fmt: skip
    if PoaRequest.objects.filter(
        representative=office, customer=customer, topic=topic, state__in=[state.value for state in STANDING]
    ).exists():
        raise _duplicate()
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as twice:  # the other of two clicks was quicker
        raise _duplicate() from twice
    record("poa_request.submit", by=by, at=at, target=request, after={"topic": topic, "file_type": request.file_type})
    _tell_customer(request, customer.user, at=at)
    return request


@command("poa_request.decide", target="request_id")
def decide(*, request_id: int, step: Step, by: User, at: datetime) -> PoaRequest:
    """
    Take the customer's step: approve or decline what waits for him, revoke what he approved.

    :raises Refused: OUT_OF_SCOPE for a request to somebody else, INVALID_TRANSITION when it was settled meanwhile
    """
    customer = getattr(by, "customer", None)
    if customer is None or step not in rules.OF_CUSTOMER:
        raise refuse(Code.PERMISSION_DENIED, clause=CLAUSE)
    request = _locked(request_id, customer=customer)
    _take(request, step, by=by, at=at)
    _tell_office(request, at=at)
    return request


@command("poa_request.withdraw", target="request_id")
def withdraw(*, request_id: int, by: User, at: datetime) -> PoaRequest:
    """
    Take back a request that the customer has not decided yet; anybody of the office may.

    :raises Refused: OUT_OF_SCOPE for another office's request, INVALID_TRANSITION when the customer was quicker
    """
    request = _locked(request_id, representative=_office_of(by))
    _take(request, Step.WITHDRAW, by=by, at=at)
    return request


def income_tax_files(id_number: str, *, by: User, at: datetime) -> list[IncomeTaxFile]:
    """
    The customer's income-tax files as Shaam has them now.

    :raises Refused: REGISTER_UNAVAILABLE
    """
    rows = registers.shaam(by=by, at=at).tax_files(id_number)
    return [IncomeTaxFile(row.file_type, row.is_active) for row in rows if row.tax_system == INCOME_TAX]


def _office_of(by: User) -> Representative:
    card = getattr(by, "representative_card", None)
    if card is None:
        raise refuse(Code.PERMISSION_DENIED, clause=CLAUSE)
    office: Representative = card.representative
    return office


def _locked(request_id: int, **whose: Customer | Representative) -> PoaRequest:
    found = PoaRequest.objects.select_for_update(of=("self",)).filter(pk=request_id, **whose)
    request = found.select_related("representative", "submitted_by").first()
    if request is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return request


def _take(request: PoaRequest, step: Step, *, by: User, at: datetime) -> None:
    was = PoaRequestState(request.state)
    refuse_if(filter(None, [rules.refusal(step, was)]))
    request.state, request.decided_by, request.decided_at = STEPS[step][1].value, by, at
    request.save(update_fields=["state", "decided_by", "decided_at"])
    record(
        f"poa_request.{step.value}", by=by, at=at, target=request, before={"state": was.value},
        after={"state": request.state},
    )  # fmt: skip


def _duplicate() -> Refused:
    return refuse(Code.DUPLICATE, "topic", clause=CLAUSE, because="poa_request_stands")


def _tell_customer(request: PoaRequest, reader: User, *, at: datetime) -> None:
    addresses = {
        MessageChannel.EMAIL: request.customer.verified_email,
        MessageChannel.SMS: request.customer.verified_mobile,
    }
    words = {"representative": request.representative.name, "link": f"{settings.PORTAL_URL}{OF_CUSTOMER_AT}"}
    _put(Kind.POA_REQUEST_SUBMITTED, request, reader.language, words, addresses, at=at)


def _tell_office(request: PoaRequest, *, at: datetime) -> None:
    office, language = request.representative, request.submitted_by.language
    with translation.override(language):
        words = {"state": request.get_state_display(), "link": f"{settings.PORTAL_URL}{OF_OFFICE_AT}"}
    addresses = {MessageChannel.EMAIL: office.email, MessageChannel.SMS: office.mobile}
    _put(Kind.POA_REQUEST_DECIDED, request, language, words, addresses, at=at)


def _put(
    kind: Kind,
    request: PoaRequest,
    language: str,
    words: dict[str, str],
    addresses: dict[MessageChannel, str],
    *,
    at: datetime,
) -> None:
    for channel, address in addresses.items():
        if address:
            subject, body = render(kind, language, words, channel=channel)
            outbox.put(
                kind.value, channel=channel, address=address, subject=subject, body=body, at=at,
                dedupe_key=f"poa_request:{request.pk}:{request.state}:{channel.value}",
            )  # fmt: skip
