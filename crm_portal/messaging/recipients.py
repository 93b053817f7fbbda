"""
Messages that name their recipient instead of an address, which is then read when they are sent (CRM-2.2.7-b).

Who puts such a message registers, under the scheme of `Notification.recipient` ("activity:17"), how to find out where
it may go at that moment and what goes with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .models import Notification
from .rules.states import MessageChannel


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an e-mail; its content is read only when it leaves."""

    name: str
    content_type: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes now, and with what."""

    address: str
    enclosures: Sequence[Enclosure] = ()


Resolve = Callable[[str, MessageChannel], Destination]
_RESOLVE: dict[str, Resolve] = {}


def register(scheme: str, resolve: Resolve) -> None:
    """Say how a scheme's messages find their destination; `resolve` raises NotDelivered when there is none now."""
    _RESOLVE[scheme] = resolve


def destination_of(message: Notification) -> Destination:
    """
    Where a message goes: its address, or what its recipient's scheme says at this moment.

    :raises NotDelivered: when it may not be sent any more
    """
    if not message.recipient:
        return Destination(message.address)
    scheme, _, key = message.recipient.partition(":")
    return _RESOLVE[scheme](key, MessageChannel(message.channel))
