"""What the tab of contact details shows; nothing in it is written by an employee (screen E8, CRM-4.4-a)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..selectors.customer_files import registered_address
from ..selectors.recipients import recipients_of

if TYPE_CHECKING:
    from .tabs import Shown


def needs(shown: "Shown") -> Mapping[str, Any]:
    """The registration's contact details, the register's address, and whom the inquiry may write to."""
    inquiry, customer = shown.inquiry, shown.inquiry.customer
    address, answered = "", True
    if customer is not None:
        address, answered = registered_address(customer, by=shown.user, at=shown.now.at)
    return {"address": address, "register_answered": answered, "recipients": recipients_of(inquiry)}
