"""Customer files: one person, one file (CRM-2.1.1-b)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refused, refuse

from ..models import Customer, User
from ..rules.identity_numbers import is_company, normalise, normalise_foreign
from ..rules.roles import CustomerKind


@command("customer.find_or_create")
def find_or_create(
    *,
    by: User | None,
    at: datetime,
    last_name: str,
    first_name: str = "",
    id_number: str = "",
    country: str = "",
    foreign_number: str = "",
) -> Customer:
    """
    Give the customer's one file, opening it when there is none. The names of an existing file stay.

    Two requests at the same moment get the same file: the constraint decides.

    :raises Refused: when the number is not one
    """
    key = _key(id_number, country, foreign_number)
    customer, is_new = Customer.objects.get_or_create(
        **key, defaults={"kind": _kind(id_number=key.get("id_number", "")), **_names(last_name, first_name)}
    )
    if is_new:
        record("customer.create", by=by, at=at, target=customer, after={"number": customer.shown_number})
    return customer


@command("customer.create")
def create(
    *,
    by: User | None,
    at: datetime,
    last_name: str,
    first_name: str = "",
    id_number: str = "",
    country: str = "",
    foreign_number: str = "",
) -> Customer:
    """
    Open a customer file that must not exist yet.

    :raises Refused: DUPLICATE when it does, INVALID_VALUE when the number is not one
    """
    key = _key(id_number, country, foreign_number)
    try:
        with transaction.atomic():
            customer = Customer.objects.create(
                **key, kind=_kind(id_number=key.get("id_number", "")), **_names(last_name, first_name)
            )
    except IntegrityError as error:
        if not Customer.objects.filter(**key).exists():
            raise
        raise _duplicate(key) from error
    record("customer.create", by=by, at=at, target=customer, after={"number": customer.shown_number})
    return customer


def _key(id_number: str, country: str, foreign_number: str) -> dict[str, str]:
    if country or foreign_number:
        country, foreign_number = normalise_foreign(country, foreign_number)
        return {"country": country, "foreign_number": foreign_number}
    return {"id_number": normalise(id_number)}


def _kind(*, id_number: str) -> str:
    if not id_number:
        return CustomerKind.FOREIGN.value
    return CustomerKind.COMPANY.value if is_company(id_number) else CustomerKind.PERSON.value


def _names(last_name: str, first_name: str) -> dict[str, str]:
    if not last_name.strip():
        raise refuse(Code.FIELD_REQUIRED, "last_name")
    return {"last_name": last_name.strip(), "first_name": first_name.strip()}


def _duplicate(key: dict[str, str]) -> Refused:
    return refuse(Code.DUPLICATE, "id_number" if "id_number" in key else "foreign_number", clause="2.1.1")
