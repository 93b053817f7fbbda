"""The Israeli representative of a foreign business before VAT: registered and switched on by the department (7-t)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from crm_portal.administration.rules.access import Action
from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import Customer, Representative, Section60Representation, User
from crm_portal.people.rules.identity_numbers import normalise
from crm_portal.people.services import customers

CLAUSE = "CRM-7-t"


@command("section_60.register")
def register(
    *, by: User, at: datetime, representative_id_number: str, country: str, foreign_number: str, business_name: str
) -> Section60Representation:
    """
    Register a representative beside a foreign business, whose customer file is opened when there is none.

    It opens nothing yet: the department switches it on when it has checked the appointment.

    :raises Refused: PERMISSION_DENIED, FIELD_REQUIRED, INVALID_VALUE for a number that is none or no representative's,
        DUPLICATE
    """
    _allowed(by)
    number = normalise(representative_id_number, field="representative_id_number")
    representative = Representative.objects.filter(id_number=number).first()
    if representative is None:
        raise refuse(Code.INVALID_VALUE, "representative_id_number", clause=CLAUSE, because="no_representative")
    customer = _business(country, foreign_number, business_name, by=by, at=at)
    try:
        with transaction.atomic():
            made = Section60Representation.objects.create(
                representative=representative, customer=customer, registered_by=by, registered_at=at
            )
    except IntegrityError as twice:
        raise refuse(Code.DUPLICATE, "foreign_number", clause=CLAUSE) from twice
    record("section_60.register", by=by, at=at, target=made, after={"is_on": False})
    return made


@command("section_60.switch", target="representation_id")
def switch(*, representation_id: int, by: User, at: datetime, is_on: bool) -> Section60Representation:
    """
    Switch a registration on after the department verified the appointment, or off; what is open goes on.

    :raises Refused: PERMISSION_DENIED, OUT_OF_SCOPE
    """
    _allowed(by)
    made = Section60Representation.objects.select_for_update().filter(pk=representation_id).first()
    if made is None:
        raise refuse(Code.OUT_OF_SCOPE)
    if made.is_on != is_on:
        made.is_on = is_on
        made.save(update_fields=["is_on"])
        record("section_60.switch", by=by, at=at, target=made, before={"is_on": not is_on}, after={"is_on": is_on})
    return made


def _allowed(by: User) -> None:
    if not by.may(Action.KEEP):
        raise refuse(Code.PERMISSION_DENIED, clause=CLAUSE)


def _business(country: str, foreign_number: str, name: str, *, by: User, at: datetime) -> Customer:
    """The foreign business's one file; its name is asked with the name of this form's field."""
    given = {"country": country, "foreign_number": foreign_number, "business_name": name}
    if missing := [field for field, value in given.items() if not value.strip()]:
        raise refuse(Code.FIELD_REQUIRED, *missing, clause=CLAUSE)
    return customers.find_or_create(by=by, at=at, country=country, foreign_number=foreign_number, last_name=name)
