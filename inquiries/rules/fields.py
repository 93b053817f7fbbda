"""The fields a status change may ask for, by the names that forms, refusals and the API use."""

from collections.abc import Mapping
from enum import StrEnum

from crm_portal.errors import Code, Refusal


class Field(StrEnum):
    PROPOSED_SOLUTION = "proposed_solution"  # PS
    REPLY = "reply"  # R
    CLOSING_REASON = "closing_reason"  # CR
    TEAM = "team"  # HT


NOT_EXISTING = "-"  # how an assessment number, tax type or area is marked as not existing (CRM-6.6-j)


def is_filled(value: object) -> bool:
    """Whether a field counts as filled; whitespace alone does not (section 3, FIELD_REQUIRED)."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def missing(values: Mapping[str, object], clause: str) -> tuple[Refusal, ...]:
    """One refusal that names every mandatory field left empty; none when all are filled."""
    empty = tuple(name for name, value in values.items() if not is_filled(value))
    return (Refusal(Code.FIELD_REQUIRED, empty, clause=clause),) if empty else ()
