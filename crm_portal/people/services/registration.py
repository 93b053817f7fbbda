"""Registration to the personal area (CRM-2.2.1-a)."""

from datetime import datetime

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse

from ..models import Customer, User
from ..rules.roles import ContactPreference, UserKind
from . import customers


@command("customer.register")
def register(
    *,
    by: User | None,
    at: datetime,
    id_number: str,
    last_name: str,
    first_name: str,
    email: str,
    mobile: str,
    contact_preference: ContactPreference,
    language: str = "he",
) -> User:
    """
    Keep the two addresses whose codes were typed back as verified, and give the customer an account.

    Gives the account. A customer file that exists already is used. The doors call this only when both codes were right.

    :raises Refused: DUPLICATE when the customer is registered already
    """
    customer = customers.find_or_create(by=by, at=at, id_number=id_number, last_name=last_name, first_name=first_name)
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.registered_at:
        raise refuse(Code.DUPLICATE, "id_number", clause="2.2.1", because="registered")
    customer.email, customer.mobile = email, mobile
    customer.email_verified_at = customer.mobile_verified_at = customer.registered_at = at
    customer.contact_preference = contact_preference.value
    customer.user = customer.user or _account(customer, language)
    customer.save()
    record(
        "customer.register",
        by=customer.user,
        at=at,
        target=customer,
        after={"email": email, "mobile": mobile, "contact_preference": contact_preference.value},
    )
    return customer.user


def _account(customer: Customer, language: str) -> User:
    user = User(
        username=f"customer:{customer.id_number}",
        kind=UserKind.CUSTOMER.value,
        first_name=customer.first_name,
        last_name=customer.last_name,
        language=language,
    )
    user.set_unusable_password()
    user.save()
    return user
