"""The fields a status change may ask for, by the names that forms, refusals and the API use."""

from enum import StrEnum


class Field(StrEnum):
    PROPOSED_SOLUTION = "proposed_solution"  # PS
    REPLY = "reply"  # R
    CLOSING_REASON = "closing_reason"  # CR
    TEAM = "team"  # HT


NOT_EXISTING = "-"  # how an assessment number, tax type or area is marked as not existing (CRM-6.6-j)


def is_filled(value: object) -> bool:
    """Whether a field counts as filled; whitespace alone does not (section 3, FIELD_REQUIRED)."""
    return bool(value.strip()) if isinstance(value, str) else value is not None
