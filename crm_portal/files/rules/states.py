"""The states of an uploaded file (CRM specification, 2.2 and 5.2.11)."""

from enum import StrEnum


class SanitisationState(StrEnum):
    PENDING = "pending"
    CLEAN = "clean"
    FAILED = "failed"
