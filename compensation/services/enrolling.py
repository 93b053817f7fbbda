"""Who claims under the current programme: made on the first thing that somebody asks of the fund."""

from datetime import datetime

from crm_portal.errors import refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claimant, Programme
from ..rules.reasons import Reason
from ..selectors.claims import customers_of


def claimant_for(customer_id: int, *, by: User, at: datetime) -> Claimant:
    """
    The claimant, locked, for whom this user may file (CMP-3.4.2-f).

    :raises Refused: GEN_NOT_AUTHORISED for anybody else
    """
    customer = customers_of(by, day_of(at)).filter(pk=customer_id).first()
    if customer is None:
        raise refuse(Reason.GEN_NOT_AUTHORISED, "customer", clause="CMP-3.4.2-f")
    claimant, _ = Claimant.objects.get_or_create(
        programme=Programme.objects.get(is_current=True),
        customer=customer,
        defaults={"email": customer.email, "mobile": customer.mobile, "created_at": at},
    )
    rows = Claimant.objects.select_for_update(of=["self"]).select_related("programme", "customer__user")
    return rows.get(pk=claimant.pk)
