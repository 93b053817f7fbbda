"""Codes of the register that section 2 of the specification leaves unnamed."""

from enum import StrEnum


class BaseEvent(StrEnum):
    """From which of two events the Bank of Israel counts the sixty days (CRD-13-b)."""

    KNOWN_TO_BANK = "KNOWN_TO_BANK"
    NOTICE_SENT = "NOTICE_SENT"


class RestrictedRole(StrEnum):
    """In which capacity an occupation is restricted (CRD-22-a)."""

    SHAREHOLDER = "SHAREHOLDER"
    OFFICER = "OFFICER"


class EntryType(StrEnum):
    """What is written beside an original, which itself stays as it came (CRD-74-b)."""

    CONFIRMATION = "CONFIRMATION"  # supplied again, the same; the newest as-of (CRD-0-i)
    CHANGE = "CHANGE"
    CANCELLATION = "CANCELLATION"
    NOTE = "NOTE"
    ADDITION = "ADDITION"
    ARCHIVING = "ARCHIVING"
    ERASURE = "ERASURE"
