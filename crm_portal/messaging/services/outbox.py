"""Put messages into the outbox, in the transaction of what they tell of."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ..models import Notification
from ..rules.addresses import is_mobile
from ..rules.states import DeliveryState, MessageChannel


def put(
    kind: str,
    *,
    channel: MessageChannel,
    address: str,
    body: str,
    dedupe_key: str,
    at: datetime,
    subject: str = "",
    about: str = "",
    is_secret: bool = False,
    recipient: str = "",
) -> Notification:
    """
    Queue one message; a second call with the same `dedupe_key` returns the first row and queues nothing.

    `body` is plain text in the reader's language (`messaging.texts.render`), `about` the number of what it tells of,
    `is_secret` marks a one-time code, `recipient` one whose address is read again when it is sent
    (`messaging.recipients`). An address that cannot exist never blocks what the message tells of
    (CRM-2.1.3-c): the message is then a dead letter from the start.
    """
    possible = _is_possible(MessageChannel(channel), address)
    message, _ = Notification.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "kind": kind,
            "channel": channel.value,
            "address": address[:254],
            "recipient": recipient,
            "subject": " ".join(subject.split())[:200],  # one line: a header
            "body": body,
            "about": about,
            "is_secret": is_secret,
            "state": (DeliveryState.QUEUED if possible else DeliveryState.FAILED).value,
            "next_attempt_at": at if possible else None,
            "last_error": "" if possible else "not an address",
            "created_at": at,
        },
    )
    return message


def _is_possible(channel: MessageChannel, address: str) -> bool:
    if channel is MessageChannel.SMS:
        return is_mobile(address)
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 254
