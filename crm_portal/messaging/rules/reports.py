"""What a provider reports of a message that was handed over to it, and how it proves who it is."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

HEADER: Final = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")
OLDEST: Final = timedelta(minutes=5)  # and as much ahead: clocks differ, and what was overheard is of no use later


class Outcome(StrEnum):
    DELIVERED = "delivered"
    BOUNCED = "bounced"


def signature(key: str, stamp: int, body: bytes) -> str:
    """The value of the header for a body that is sent at a second of the epoch."""
    digest = hmac.new(key.encode(), b"%d." % stamp + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def is_signed(header: str, body: bytes, keys: Iterable[str], at: datetime) -> bool:
    """Whether the header is a signature of this very body by one of the keys, made just now."""
    found = HEADER.fullmatch(header)
    if found is None:
        return False
    stamp = int(found[1])
    if abs(at.timestamp() - stamp) > OLDEST.total_seconds():
        return False
    return any(hmac.compare_digest(signature(key, stamp, body), f"t={stamp},v1={found[2]}") for key in keys)
