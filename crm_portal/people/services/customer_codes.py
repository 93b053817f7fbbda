"""The sign-in code of a customer."""

from datetime import datetime

from crm_portal.messaging.rules.states import MessageChannel

from ..models import Customer, OneTimeCode, User
from ..rules.one_time_codes import CodePurpose
from . import one_time_codes


def send_sign_in_code(*, by: User | None, at: datetime, id_number: str, channel: str) -> OneTimeCode:
    """
    Send a code to the registered customer's verified address; for anybody else do as if.

    :raises Refused: CODE_TOO_SOON or TOO_MANY_ATTEMPTS, for known and unknown numbers alike
    """
    to = MessageChannel(channel)
    customer = Customer.objects.select_related("user").filter(id_number=id_number, registered_at__isnull=False).first()
    is_open = customer is not None and customer.user is not None and customer.user.is_active
    address = ""
    if customer is not None and is_open:
        address = customer.verified_mobile if to is MessageChannel.SMS else customer.verified_email
    return one_time_codes.send(
        purpose=CodePurpose.SIGN_IN,
        subject=id_number,
        channel=to,
        address=address,
        by=by,
        at=at,
        language=customer.user.language if customer is not None and customer.user is not None else "he",
    )
