"""How messages leave the portal: one adapter a channel, chosen by the settings EMAIL_ADAPTER and SMS_ADAPTER."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings

from ..models import Notification
from ..recipients import Enclosure
from ..rules.states import MessageChannel
from . import http_sms, smtp_email
from .failures import NotDelivered

__all__ = ["NotDelivered", "send"]

Send = Callable[[Notification, Sequence[Enclosure]], None]


def _keep(message: Notification, enclosures: Sequence[Enclosure]) -> None:
    """Send nothing: the message stands in the outbox page, which is enough for a demonstration and for tests."""


ADAPTERS: Mapping[MessageChannel, Mapping[str, Send]] = {
    MessageChannel.EMAIL: {"smtp": smtp_email.send, "local": _keep},
    MessageChannel.SMS: {"http": http_sms.send, "local": _keep},
}


def send(message: Notification, enclosures: Sequence[Enclosure] = ()) -> None:
    """
    Hand one message to the outside world, under its id, so that a repetition can be recognised there.

    Only an e-mail has enclosures.

    :raises NotDelivered: saying whether it may be tried again
    """
    channel = MessageChannel(message.channel)
    chosen = settings.EMAIL_ADAPTER if channel is MessageChannel.EMAIL else settings.SMS_ADAPTER
    ADAPTERS[channel][chosen](message, enclosures)
