"""Keep what a provider reports of a message after it was handed over: it arrived, or came back."""

from datetime import datetime
from uuid import UUID

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse

from ..models import Notification
from ..rules.reports import Outcome
from ..rules.states import DeliveryState
from ..signals import message_reported


@command("notification.report", target="notification_id")
def report(*, notification_id: UUID, outcome: Outcome, at: datetime, reason: str = "", by: None = None) -> Notification:
    """
    Keep a report, and tell whoever the message is of; the same report a second time changes nothing.

    A report that overtakes the transaction of the sending waits for it on the row's lock.

    :raises Refused: OUT_OF_SCOPE when there is no such message; INVALID_TRANSITION when it has not left
    """
    message = Notification.objects.select_for_update().filter(pk=notification_id).first()
    if message is None:
        raise refuse(Code.OUT_OF_SCOPE)
    if message.state != DeliveryState.SENT.value:
        raise refuse(Code.INVALID_TRANSITION, "state", clause="7")
    is_delivered = outcome is Outcome.DELIVERED
    known = message.delivered_at if is_delivered else message.bounced_at
    if known is not None:
        return message
    if is_delivered:
        message.delivered_at = at
    else:
        message.bounced_at, message.last_error = at, " ".join(reason.split())[:300]
    message.save(update_fields=["delivered_at", "bounced_at", "last_error"])
    message_reported.send(sender=Notification, message=message, outcome=outcome, at=at)
    record("notification.report", by=by, at=at, target=message, after={"outcome": outcome.value})
    return message
