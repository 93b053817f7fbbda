"""How long a customer waited for each answer (CRM-2-c)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .codes import Side


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message: which, when, and of which side."""

    key: int
    at: datetime
    side: Side


def waits(opened_at: datetime, messages: Sequence[Spoken]) -> dict[int, tuple[datetime, datetime] | None]:
    """
    For each of our answers, from when until when the customer waited for it; None where he waited for nothing.

    The first answer is to the inquiry itself. A later one is to the earliest of his messages that nobody had answered.
    """
    waiting_since: datetime | None = opened_at
    found: dict[int, tuple[datetime, datetime] | None] = {}
    for message in messages:
        if message.side is Side.CUSTOMER:
            waiting_since = waiting_since or message.at
            continue
        found[message.key] = (waiting_since, message.at) if waiting_since is not None else None
        waiting_since = None
    return found
