"""Put messages into the outbox, in the transaction of what they tell of."""

from datetime import datetime

from ..models import Notification
from ..rules.states import MessageChannel


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
) -> Notification:
    """
    Queue one message; a second call with the same `dedupe_key` returns the first row and queues nothing.

    `body` is plain text in the reader's language, `about` the number of what it tells of, `is_secret` marks a
    one-time code.
    """
    message, _ = Notification.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "kind": kind,
            "channel": channel.value,
            "address": address,
            "subject": subject,
            "body": body,
            "about": about,
            "is_secret": is_secret,
            "next_attempt_at": at,
            "created_at": at,
        },
    )
    return message
