"""What a valid row does to what is already held under its natural key (CRD-0-i, 0-j)."""

from collections.abc import Iterable
from enum import StrEnum

from .codes import RowEvent, RowStatus
from .schemas import WAITING


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


def status_of(codes: Iterable[StrEnum]) -> RowStatus:
    """The one final status of a row with these codes: it waits only when nothing else is wrong with it."""
    found = frozenset(codes)
    if not found:
        return RowStatus.ACCEPTED
    return RowStatus.NEEDS_REVIEW if found <= WAITING else RowStatus.REJECTED
