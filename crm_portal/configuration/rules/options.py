"""
The figures that the CRM department may change while the portal runs (section 4.3), and what each may be.

The seed's own figures are the defaults, which stand in `settings`; a deployment may give others. What a figure means
is said in `labels`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
_HOURS = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d")


class Kind(StrEnum):
    """What sort of value an option has, and so by what control it is chosen."""

    NUMBER = "number"
    FLAG = "flag"
    WEEKDAYS = "weekdays"  # Monday is 0
    HOURS = "hours"  # "08:00-16:00", or nothing for whole days
    TYPES = "types"  # of files; the deployment says which there may be


class Topic(StrEnum):
    """Under which heading the screen shows it."""

    LIMITS = "limits"
    TIME = "time"
    QUALITY = "quality"
    FILES = "files"
    REAL_ESTATE = "real_estate"


@dataclass(frozen=True)
class Option(Generic[T_co]):
    """One figure: its name (of the default in `settings` too), what it may be, and the clause it belongs to."""

    name: str
    kind: Kind
    topic: Topic
    clause: str
    minimum: int = 0
    maximum: int = 0


OPEN_INQUIRIES_PER_TRIPLET = Option[int](
    "OPEN_INQUIRIES_PER_TRIPLET", Kind.NUMBER, Topic.LIMITS, "CRM-2.2.6-a", minimum=1, maximum=20
)
OPEN_MESSAGES = Option[int]("OPEN_MESSAGES", Kind.NUMBER, Topic.LIMITS, "CRM-2.2.4-a", minimum=1, maximum=20)
MANY_MESSAGES_THRESHOLD = Option[int](
    "MANY_MESSAGES_THRESHOLD", Kind.NUMBER, Topic.LIMITS, "CRM-6.7-a", minimum=2, maximum=100
)
SHAAM_PASSWORD_TRIES = Option[int](
    "SHAAM_PASSWORD_TRIES", Kind.NUMBER, Topic.LIMITS, "CRM-4.7-a", minimum=1, maximum=10
)
CORRESPONDENCE_DAYS = Option[int]("CORRESPONDENCE_DAYS", Kind.NUMBER, Topic.TIME, "CRM-2.2.4-b", minimum=1, maximum=365)
WAITING_MONTHS = Option[int]("WAITING_MONTHS", Kind.NUMBER, Topic.TIME, "CRM-5.2.11-b", minimum=1, maximum=24)
SLA_NEAR_PERCENT = Option[int]("SLA_NEAR_PERCENT", Kind.NUMBER, Topic.TIME, "CRM-2.1.7-f", minimum=1, maximum=99)
SLA_TARGET_PERCENT = Option[int]("SLA_TARGET_PERCENT", Kind.NUMBER, Topic.TIME, "CRM-2.1.7-f", minimum=1, maximum=100)
WEEKEND_DAYS = Option[list[int]]("WEEKEND_DAYS", Kind.WEEKDAYS, Topic.TIME, "CRM-2.1.7-a")
WORKING_HOURS = Option[str]("WORKING_HOURS", Kind.HOURS, Topic.TIME, "CRM-2.1.7-a")
TRIAGE_SUGGESTIONS = Option[int]("TRIAGE_SUGGESTIONS", Kind.NUMBER, Topic.QUALITY, "CRM-5.1.1-e", minimum=1, maximum=10)
MIN_REPLY_LENGTH = Option[int]("MIN_REPLY_LENGTH", Kind.NUMBER, Topic.QUALITY, "CRM-6.5-a", minimum=0, maximum=200)
FILE_MAX_MB = Option[int]("FILE_MAX_MB", Kind.NUMBER, Topic.FILES, "CRM-5.2.11-a", minimum=1, maximum=50)
FILE_TYPES = Option[list[str]]("FILE_TYPES", Kind.TYPES, Topic.FILES, "CRM-5.2.11-a")
REAL_ESTATE_SECTION_ENABLED = Option[bool]("REAL_ESTATE_SECTION_ENABLED", Kind.FLAG, Topic.REAL_ESTATE, "CRM-4.1-d")

OPTIONS: dict[str, Option[Any]] = {
    option.name: option
    for option in (
        OPEN_INQUIRIES_PER_TRIPLET, OPEN_MESSAGES, MANY_MESSAGES_THRESHOLD, SHAAM_PASSWORD_TRIES,
        CORRESPONDENCE_DAYS, WAITING_MONTHS, SLA_NEAR_PERCENT, SLA_TARGET_PERCENT, WEEKEND_DAYS, WORKING_HOURS,
        TRIAGE_SUGGESTIONS, MIN_REPLY_LENGTH, FILE_MAX_MB, FILE_TYPES, REAL_ESTATE_SECTION_ENABLED,
    )
}  # fmt: skip


def is_allowed(option: Option[Any], value: object, *, types: Iterable[str] = ()) -> bool:
    """Whether the option may have this value; `types` are the kinds of files the deployment can clean."""
    match option.kind:
        case Kind.NUMBER:
            whole = isinstance(value, int) and not isinstance(value, bool)
            return whole and option.minimum <= value <= option.maximum  # type: ignore[operator]
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.WEEKDAYS:  # a week without a working day would stop every clock for ever
            days = value if isinstance(value, list) else None
            return days is not None and set(days) < set(range(7)) and len(set(days)) == len(days)
        case Kind.HOURS:
            return isinstance(value, str) and (value == "" or _is_a_span(value))
        case Kind.TYPES:
            return isinstance(value, list) and bool(value) and set(value) <= set(types)


def _is_a_span(value: str) -> bool:
    if not _HOURS.fullmatch(value):
        return False
    opens, closes = map(time.fromisoformat, value.split("-"))
    return opens < closes
