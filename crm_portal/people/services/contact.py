"""The customer's own contact details (CRM-4.4-b, screen P5)."""

from datetime import datetime

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse

from ..models import Customer, User
from ..rules.roles import ContactPreference


@command("contact.keep")
def keep_contact(
    *,
    by: User,
    at: datetime,
    contact_preference: ContactPreference | None = None,
    email: str | None = None,
    mobile: str | None = None,
) -> Customer:
    """
    Change the preferred channel, or addresses whose codes were typed back; None leaves each as it is.

    The next message goes by it. The doors give an address only when its code was right.

    :raises Refused: IDENTIFICATION_REQUIRED before the registration is complete
    """
    customer = Customer.objects.select_for_update().filter(user=by).first()
    if customer is None or customer.registered_at is None:
        raise refuse(Code.IDENTIFICATION_REQUIRED, clause="CRM-4.4-b")
    preference = contact_preference.value if contact_preference else None
    given = {"contact_preference": preference, "email": email, "mobile": mobile}
    changed = {name: value for name, value in given.items() if value is not None and value != getattr(customer, name)}
    was = {name: getattr(customer, name) for name in changed}
    for name, value in changed.items():
        setattr(customer, name, value)
        if name in ("email", "mobile"):
            setattr(customer, f"{name}_verified_at", at)
    if changed:
        customer.save()
        record("contact.keep", by=by, at=at, target=customer, before=was, after=changed)
    return customer
