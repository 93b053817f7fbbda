"""What a valid row does to what is already held under its natural key (CRD-0-i, 0-j)."""

from enum import StrEnum

from .codes import RowEvent, RowStatus
from .reasons import Reason

# A row with nothing but these waits for a person, or for what is missing; any other code rejects it.
WAITS = frozenset(
    {
        Reason.PARENT_ORDER_UNKNOWN,
        Reason.RECORD_UNKNOWN,
        Reason.NAME_MISMATCH,
        Reason.KEY_EXISTS,
        Reason.FX_RATE_MISSING,
    }
)


class Effect(StrEnum):
    """What a valid row does."""

    CREATE = "CREATE"
    CONFIRM = "CONFIRM"  # the same once more: a duplicate, which may bring a newer as-of
    CHANGE = "CHANGE"
    CANCEL = "CANCEL"
    CONFLICT = "CONFLICT"  # KEY_EXISTS
    UNKNOWN = "UNKNOWN"  # there is nothing to change or cancel


def effect_of(event: RowEvent, *, is_known: bool, is_same: bool, is_same_subject: bool) -> Effect:
    """
    Choose by what is held under the key among the records not cancelled.

    `is_same` compares the whole content but its as-of. A record never passes to another subject by a row: that waits
    for a person like any other conflict.
    """
    if not is_known:
        return Effect.CREATE if event is RowEvent.NEW else Effect.UNKNOWN
    if event is RowEvent.CANCEL:
        return Effect.CANCEL if is_same_subject else Effect.CONFLICT
    if is_same:
        return Effect.CONFIRM
    return Effect.CHANGE if event is RowEvent.UPDATE and is_same_subject else Effect.CONFLICT


def status_of(codes: frozenset[Reason]) -> RowStatus:
    """The one final status of a row with these codes: it waits only when nothing else is wrong with it."""
    if not codes:
        return RowStatus.ACCEPTED
    return RowStatus.NEEDS_REVIEW if codes <= WAITS else RowStatus.REJECTED
