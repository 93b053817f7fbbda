"""For whom something is asked over the API: named by his identity or company number."""

from django.utils import timezone

from crm_portal.errors import refuse
from crm_portal.people.models import User

from ..rules.reasons import Reason
from ..selectors.claims import customers_of


def customer_id(user: User, number: str) -> int:
    """
    The customer with this number, among those for whom the user may file (CMP-3.4.2-f).

    :raises Refused: GEN_NOT_AUTHORISED for everybody else, whether there is such a customer or not
    """
    found = customers_of(user, timezone.localdate()).filter(id_number=number).values_list("pk", flat=True).first()
    if found is None:
        raise refuse(Reason.GEN_NOT_AUTHORISED, "customer", clause="CMP-3.4.2-f")
    return found
