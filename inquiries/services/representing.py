"""May this representative open in that customer's name? Judged at opening only (2.2.1, 6.6)."""

from collections.abc import Iterator
from datetime import datetime

from crm_portal import registers
from crm_portal.errors import Code, Refusal, Refused, refuse
from crm_portal.people.models import Customer, PoaRequest, Representative, Section60Representation, User
from crm_portal.people.rules.identity_numbers import normalise
from crm_portal.people.rules.poa_requests import has_other_active_file
from crm_portal.people.rules.roles import PoaRequestState, PoaSource
from crm_portal.people.services.poa_requests import income_tax_files
from crm_portal.worktime.rules.periods import day_of
from routing.models import Triplet
from routing.rules.codes import TaxSystemCode

from ..rules import representation as rules
from ..rules.representation import Found

FOREIGN = "foreign_customer"


def office_of(by: User) -> Representative:
    """
    The office whose card the user entered with.

    :raises Refused: PERMISSION_DENIED for anybody else
    """
    card = getattr(by, "representative_card", None)
    if card is None:
        raise refuse(Code.PERMISSION_DENIED)
    representative: Representative = card.representative
    return representative


def customer_named(id_number: str) -> Customer:
    """
    The customer file of that number, written with or without its leading zeros (CRM-2.1.1-b).

    :raises Refused: FIELD_REQUIRED, INVALID_VALUE for a wrong check digit, POA_MISSING when there is no such customer
    """
    number = normalise(id_number, field="customer_id_number")
    customer = Customer.objects.filter(id_number=number).first()
    if customer is None:  # who has no file here is answered like who gave no power: nothing is told of anybody
        raise refuse(Code.POA_MISSING, "customer_id_number", clause="CRM-6.6-a")
    return customer


def foreign_businesses(representative: Representative) -> list[Customer]:
    """The foreign businesses in whose place he stands, as the CRM department switched on (CRM-7-t)."""
    found = Section60Representation.objects.filter(representative=representative, is_on=True)
    return [one.customer for one in found.select_related("customer").order_by("customer__sort_name")]


def in_place_of(
    representative: Representative, customer_id: int, triplet: Triplet, *, at: datetime
) -> tuple[Customer, dict[str, object]]:
    """
    The foreign business, and what is kept of the relation: no power in the register is asked (CRM-7-t).

    :raises Refused: POA_MISSING when it is not registered or not switched on, INVALID_VALUE outside VAT
    """
    if triplet.tax_system_id != TaxSystemCode.VAT:
        raise refuse(Code.INVALID_VALUE, FOREIGN, clause="CRM-7-t", because="section_60_vat_only")
    found = (
        Section60Representation.objects.select_related("customer")
        .filter(representative=representative, customer=customer_id, is_on=True)
        .first()
    )
    if found is None:
        raise refuse(Code.POA_MISSING, FOREIGN, clause="CRM-7-t", because="section_60_not_on")
    kept: dict[str, object] = {
        "source": rules.SECTION_60,
        "valid_from": day_of(found.registered_at).isoformat(),
        "valid_until": None,
        "checked_at": at.isoformat(),
    }
    return found.customer, kept


def own_customer_file(representative: Representative, *, at: datetime) -> Customer:
    """The representative's own customer file, made when he writes in his own name for the first time (2.1.1-a)."""
    last, _, first = representative.name.partition(" ")
    customer, _ = Customer.objects.get_or_create(
        id_number=representative.id_number, defaults={"last_name": last, "first_name": first}
    )
    return customer


def own_name_refusals(triplet: Triplet, *, concerns_client: bool | None) -> Iterator[Refusal]:
    """Whether an opening in the representative's own name is refused by his own declaration (CRM-6.6-b)."""
    if concerns_client is None:
        yield Refusal(Code.FIELD_REQUIRED, ("concerns_client",), clause="CRM-6.6-b")
    elif concerns_client and triplet.tax_system_id != TaxSystemCode.REAL_ESTATE:
        yield Refusal(Code.OWN_NAME_ABOUT_CLIENT, ("concerns_client",), clause="CRM-6.6-b")


def declaration(*, concerns_client: bool) -> str:
    """The declaration as the history shows it."""
    return "המייצג הצהיר כי הפנייה נוגעת ללקוח" if concerns_client else "המייצג הצהיר כי הפנייה נוגעת לו עצמו"


def checked(
    representative: Representative,
    customer: Customer,
    triplet: Triplet,
    *,
    assessment_number: str,
    by: User,
    at: datetime,
) -> dict[str, object]:
    """
    What the register knows of this representation, to be kept with the inquiry.

    :raises Refused: POA_MISSING, POA_REQUEST_NOT_APPROVED, POA_NOT_IN_ASSESSMENT, REGISTER_UNAVAILABLE
    """
    if triplet.tax_system_id == TaxSystemCode.REAL_ESTATE:
        return _by_assessment(representative, customer, assessment_number.strip(), by=by, at=at)
    register = registers.representatives_register(by=by, at=at)
    power = register.power(representative.id_number, customer.id_number, triplet.tax_system_id, day_of(at))
    topic = triplet.poa_limited_topic
    request = latest_request(representative, customer, topic) if topic else None
    is_tried = request is not None and request.state == PoaRequestState.APPROVED.value
    ground = rules.ground(
        Found(
            topic=topic,
            has_power=power is not None,
            power_topic=power.limited_topic if power else "",
            request=PoaRequestState(request.state) if request else None,
            has_other_active_file=is_tried and _has_other_active_file(customer, by=by, at=at),
        )
    )
    if isinstance(ground, Refusal):
        raise Refused(ground)
    if ground is PoaSource.APPROVED_REQUEST and request is not None:
        return {
            "source": ground.value,
            "request": request.pk,
            "valid_from": day_of(request.decided_at or at).isoformat(),
            "valid_until": None,
            "limited_topic": request.topic,
            "checked_at": at.isoformat(),
        }
    assert power is not None  # noqa: S101 - the ground is the register
    return {
        "source": ground.value,
        "valid_from": power.valid_from.isoformat(),
        "valid_until": power.valid_until.isoformat() if power.valid_until else None,
        "limited_topic": power.limited_topic,
        "checked_at": at.isoformat(),
    }


def latest_request(representative: Representative, customer: Customer, topic: str) -> PoaRequest | None:
    """The office's request for the topic: the one that stands, else the last one that was settled."""
    requests = PoaRequest.objects.filter(representative=representative, customer=customer, topic=topic)
    return requests.order_by("-submitted_at", "-id").first()


def _has_other_active_file(customer: Customer, *, by: User, at: datetime) -> bool:
    return has_other_active_file(income_tax_files(customer.id_number, by=by, at=at))


def _by_assessment(
    representative: Representative, customer: Customer, number: str, *, by: User, at: datetime
) -> dict[str, object]:
    assessment = registers.matzpen(by=by, at=at).assessment(number) if number else None
    if (
        assessment is None
        or representative.id_number not in assessment.representatives
        or customer.id_number not in assessment.customers
    ):
        raise refuse(Code.POA_NOT_IN_ASSESSMENT, "assessment_number", clause="CRM-2.2.1-g", offer="own_name")
    return {"source": PoaSource.ASSESSMENT.value, "assessment": number, "checked_at": at.isoformat()}
