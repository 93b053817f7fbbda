"""May this representative open in that customer's name? Judged at opening only (2.2.1, 6.6)."""

from collections.abc import Iterator
from datetime import datetime

from stdnum.il import idnr

from crm_portal import registers
from crm_portal.errors import Code, Refusal, refuse
from crm_portal.people.models import Customer, Representative, User
from crm_portal.people.rules.roles import PoaSource
from crm_portal.worktime.rules.periods import day_of
from routing.models import Triplet
from routing.rules.codes import TaxSystemCode


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
    if not id_number.strip():
        raise refuse(Code.FIELD_REQUIRED, "customer_id_number")
    number = id_number.strip().zfill(9)
    if not idnr.is_valid(number):
        raise refuse(Code.INVALID_VALUE, "customer_id_number", clause="CRM-2.1.1-b")
    customer = Customer.objects.filter(id_number=number).first()
    if customer is None:  # who has no file here is answered like who gave no power: nothing is told of anybody
        raise refuse(Code.POA_MISSING, "customer_id_number", clause="CRM-6.6-a")
    return customer


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

    :raises Refused: POA_MISSING, POA_NOT_IN_ASSESSMENT, REGISTER_UNAVAILABLE
    """
    if triplet.tax_system_id == TaxSystemCode.REAL_ESTATE:
        return _by_assessment(representative, customer, assessment_number.strip(), by=by, at=at)
    register = registers.representatives_register(by=by, at=at)
    power = register.power(representative.id_number, customer.id_number, triplet.tax_system_id, day_of(at))
    if power is None or power.limited_topic not in ("", triplet.poa_limited_topic):
        raise refuse(Code.POA_MISSING, "customer_id_number", clause="CRM-6.6-a")
    return {
        "source": PoaSource.REGISTER.value,
        "valid_from": power.valid_from.isoformat(),
        "valid_until": power.valid_until.isoformat() if power.valid_until else None,
        "limited_topic": power.limited_topic,
        "checked_at": at.isoformat(),
    }


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
