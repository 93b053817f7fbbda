"""When a message that could not be sent is tried again (CRM specification, section 7, Notifications)."""

from datetime import timedelta

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=4),
    timedelta(hours=24),
)
# A one-time code that comes half an hour late has expired, and its person has asked for another.
DELAYS_OF_A_CODE = DELAYS[:2]


def delay(*, attempts: int, is_secret: bool) -> timedelta | None:
    """How long to wait after this many failed attempts; None when it is given up."""
    delays = DELAYS_OF_A_CODE if is_secret else DELAYS
    return delays[attempts - 1] if attempts <= len(delays) else None
