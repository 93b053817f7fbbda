"""Deliver what the outbox holds."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import QuerySet

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.worktime.services.sweeping import SweepResult, sweep

from .. import adapters, recipients
from ..adapters.failures import Fault, NotDelivered
from ..models import Notification
from ..rules.back_off import delay
from ..rules.states import DeliveryState
from ..signals import message_settled

if TYPE_CHECKING:
    from crm_portal.people.models import User

log = structlog.get_logger()
# So many silences in one run mean that the provider is down: the channel's other messages keep their attempts.
SILENCES_TO_STOP_AT = 3


def send_due(*, at: datetime) -> SweepResult:
    """
    Send every message that is due, each once, one transaction a row; what fails is put off or given up.

    The row stays locked while its message is sent, so two workers never send it both. A worker that dies after
    sending and before the commit leaves the row as it was; the next one sends it again under the same key, which
    the gateway drops and by which a mail server or reader recognises the copy (docs/messaging.md).
    """
    silences = Counter[str]()
    failed = 0

    def due(at: datetime) -> QuerySet[Notification]:
        silent = [channel for channel, count in silences.items() if count >= SILENCES_TO_STOP_AT]
        return Notification.objects.due(at).exclude(channel__in=silent)

    def deliver(message: Notification, at: datetime) -> None:
        nonlocal failed
        try:
            _send(message)
        except NotDelivered as failure:
            failed += 1
            silences[message.channel] += failure.fault is Fault.UNREACHABLE
            _put_off(message, failure, at=at)
        else:
            _mark_sent(message, at=at)

    result = sweep(due, deliver, at=at)
    return SweepResult(done=result.done - failed, failed=result.failed + failed)


@command("notification.retry", target="notification_id")
def retry(*, notification_id: UUID, by: "User | None", at: datetime) -> Notification:
    """
    Queue a dead letter again, from its first attempt.

    :raises Refused: INVALID_TRANSITION when it is not a dead letter; CODE_EXPIRED when it was a one-time code
    """
    message = Notification.objects.select_for_update().filter(pk=notification_id).first()
    if message is None:
        raise refuse(Code.OUT_OF_SCOPE)
    if message.state != DeliveryState.FAILED.value:
        raise refuse(Code.INVALID_TRANSITION, "state", clause="7")
    if message.is_secret:
        raise refuse(Code.CODE_EXPIRED)
    message.state, message.attempts, message.next_attempt_at = DeliveryState.QUEUED.value, 0, at
    message.save(update_fields=["state", "attempts", "next_attempt_at"])
    record("notification.retry", by=by, at=at, target=message, before={"error": message.last_error})
    return message


def _send(message: Notification) -> None:
    try:
        destination = recipients.destination_of(message)
        message.address = destination.address
        adapters.send(message, destination.enclosures)
    except NotDelivered:
        raise
    except Exception as mistake:  # noqa: BLE001 - a door: whatever an adapter meets, the others go on
        # The type alone: a traceback that shows locals would show the body, which may hold a code.
        raise NotDelivered(Fault.PROVIDER, f"unforeseen: {type(mistake).__name__}") from None


def _mark_sent(message: Notification, *, at: datetime) -> None:
    message.attempts += 1
    message.state, message.next_attempt_at, message.sent_at = DeliveryState.SENT.value, None, at
    message.last_error = ""
    _forget_code(message)
    message.save()
    message_settled.send(sender=Notification, message=message, at=at)
    log.info("message_sent", id=str(message.pk), kind=message.kind, channel=message.channel, attempt=message.attempts)


def _put_off(message: Notification, failure: NotDelivered, *, at: datetime) -> None:
    message.attempts += 1
    message.last_error = str(failure)[:300]
    wait = None if failure.fault is Fault.MESSAGE else delay(attempts=message.attempts, is_secret=message.is_secret)
    if wait is None:
        message.state, message.next_attempt_at = DeliveryState.FAILED.value, None
        _forget_code(message)
    else:
        message.next_attempt_at = at + wait
    message.save()
    if message.state == DeliveryState.FAILED.value:
        message_settled.send(sender=Notification, message=message, at=at)
    log.warning(
        "message_not_sent",
        id=str(message.pk),
        kind=message.kind,
        channel=message.channel,
        attempt=message.attempts,
        state=message.state,
        fault=failure.fault.value,
    )


def _forget_code(message: Notification) -> None:
    """Keep no one-time code that has been sent or given up, but for a demonstration, whose outbox page shows it."""
    if message.is_secret and not settings.DEMONSTRATION:
        message.body = ""
