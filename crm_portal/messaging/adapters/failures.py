"""Why a message did not leave."""

from enum import StrEnum


class Fault(StrEnum):
    """Whose fault it is decides what happens next."""

    MESSAGE = "message"  # the address or the content is refused for good: it fails at once
    PROVIDER = "provider"  # busy or out of order: it is tried again
    UNREACHABLE = "unreachable"  # nobody answers: it is tried again, and the others of the channel wait


class NotDelivered(Exception):  # noqa: N818 - it is what happened
    """The message was not accepted."""

    def __init__(self, fault: Fault, reason: object) -> None:
        super().__init__(str(reason))
        self.fault = fault
