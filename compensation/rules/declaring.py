"""How an employee is asked to declare, and how often a link may be tried (CMP-3.4.2-b)."""

from datetime import datetime, timedelta
from typing import Final

from crm_portal.errors import Code, Refusal

TOKEN_BYTES: Final = 24  # 192 bits, where at least 128 are asked
DIGITS: Final = 6
TRIES: Final = 5
LOCKED_FOR: Final = timedelta(minutes=30)
WITHIN, MOST_FROM_ADDRESS = timedelta(hours=1), 60  # tries from one address of the network, whatever the link
MOST_RESENT: Final = 5  # by the employer or a clerk, together
CLAUSE: Final = "CMP-3.4.2-b"


def locked(locked_until: datetime | None, at: datetime) -> Refusal | None:
    """Why nothing may be tried now; None when it may."""
    if locked_until is None or at >= locked_until:
        return None
    minutes = -int(-(locked_until - at).total_seconds() // 60)
    return Refusal(Code.TOO_MANY_ATTEMPTS, (), {"minutes": minutes}, CLAUSE)


def crowd_refusal(tries: int) -> Refusal | None:
    """Why an address of the network is let try no more links for now: nobody is known there."""
    if tries <= MOST_FROM_ADDRESS:
        return None
    return Refusal(Code.TOO_MANY_ATTEMPTS, (), {"minutes": int(WITHIN.total_seconds() // 60)}, CLAUSE)


def resending_refusal(resent: int) -> Refusal | None:
    """Why the message is not sent again."""
    if resent < MOST_RESENT:
        return None
    return Refusal(Code.TOO_MANY_ATTEMPTS, (), {"because": "declaration_resent", "times": MOST_RESENT}, CLAUSE)
