"""
The fields of a supplied row: how each is read from what a file or the API holds.

Readers raise ValueError for what they cannot read. They run a million times for a large supply, so they do little.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

Reader = Callable[[Any], Any]
HIGHEST = Decimal(10) ** 12
_MARKS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # of direction
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MOST_NUMBERS = 1_000  # files of one consolidation
_DAY = len("2026-03-01")


@dataclass(frozen=True, slots=True)
class Field:
    """One field that a kind may have; `is_legal` ones are the regulations' own, the others are technical (CRD-0-a)."""

    name: str
    read: Reader
    is_legal: bool = True
    is_required: bool = True
    is_past: bool = False  # the day of something that has happened by the time it is supplied


def text(most: int) -> Reader:
    """Words of one line; a number in a cell of a sheet counts as its digits."""

    def read(raw: Any) -> str:
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise ValueError
        words = raw.strip() if isinstance(raw, str) else str(raw)
        if not words.isprintable():
            words = words.translate(_MARKS).strip()
        if not words or len(words) > most or not words.isprintable():
            raise ValueError
        return words

    return read


def day(raw: Any) -> date:
    """A date as ISO or as people write it here, dd/mm/yyyy (CRD-0-o), or a day in a cell of a sheet."""
    if isinstance(raw, str):
        typed = raw.strip()
        if len(typed) != _DAY:
            raise ValueError
        found = date.fromisoformat(f"{typed[6:]}-{typed[3:5]}-{typed[:2]}" if typed[2] == typed[5] == "/" else typed)
    elif isinstance(raw, datetime):
        found = raw.date()
    elif isinstance(raw, date):
        found = raw
    else:
        raise ValueError
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError
    return found


def flag(raw: Any) -> bool:
    """True or false, as JSON, sheets and CSV write them."""
    if isinstance(raw, bool):
        return raw
    known = _FLAGS.get(str(raw).strip().lower()) if isinstance(raw, str | int) else None
    if known is None:
        raise ValueError
    return known


def choice(among: type[StrEnum]) -> Reader:
    """One value of an enumeration, in small or capital letters."""
    known = {value.value: value for value in among}

    def read(raw: Any) -> StrEnum:
        found = known.get(raw.strip().upper()) if isinstance(raw, str) else None
        if found is None:
            raise ValueError
        return found

    return read


def amount(raw: Any) -> Decimal:
    """A sum that is not negative."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise ValueError
    try:
        found = Decimal(str(raw).strip())
    except InvalidOperation:
        raise ValueError from None
    if not found.is_finite() or not 0 <= found <= HIGHEST:
        raise ValueError
    return found


def currency(raw: Any) -> str:
    """The three letters of a currency."""
    letters = raw.strip().upper() if isinstance(raw, str) else ""
    if len(letters) != 3 or not (letters.isascii() and letters.isalpha()):
        raise ValueError
    return letters


def country(raw: Any) -> str:
    """The two letters of a country."""
    letters = raw.strip().upper() if isinstance(raw, str) else ""
    if len(letters) != 2 or not (letters.isascii() and letters.isalpha()):
        raise ValueError
    return letters


def numbers(most: int) -> Reader:
    """The numbers of several files: a list, or text with semicolons between them. Each once, in their order."""
    one = text(most)

    def read(raw: Any) -> tuple[str, ...]:
        given = raw.split(";") if isinstance(raw, str) else raw
        if not isinstance(given, list | tuple):
            given = [given]
        found = tuple(dict.fromkeys(one(item) for item in given if item not in ("", None)))
        if len(found) > _MOST_NUMBERS:
            raise ValueError
        return found

    return read
