"""The customer file: opening it leaves a trace, and nothing in it is written by an employee (2, 2.1.1, CRM-4.4-a)."""

from datetime import datetime

from crm_portal.audit.services.recording import command, record_read
from crm_portal.errors import Code, refuse
from crm_portal.people.models import Customer, User

from ..rules.access import Action
from ..selectors import visibility


@command("customer.view", target="customer_id")
def view(*, customer_id: int, by: User, at: datetime) -> Customer:
    """
    Open a customer file to read it, and write that he did (CRM-2-b).

    :raises Refused: OUT_OF_SCOPE without the permission, which hides whether there is such a customer
    """
    customer = Customer.objects.filter(pk=customer_id).first()
    allowed = by.may(Action.VIEW_CUSTOMER_FILE) and visibility.opens_customer_files(by)
    if customer is None or not allowed:
        raise refuse(Code.OUT_OF_SCOPE, clause="CRM-2-a")
    record_read("customer.view", by=by, at=at, target=customer)
    return customer


@command("customer.change_contact", target="customer_id")
def change_contact(*, customer_id: int | None, by: User, at: datetime) -> None:
    """
    Addresses and the preferred channel are the customer's own; no employee changes them (CRM-4.4-a).

    :raises Refused: READ_ONLY, always
    """
    raise refuse(Code.READ_ONLY, clause="CRM-4.4-a")
