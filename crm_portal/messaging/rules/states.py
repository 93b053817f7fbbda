"""How a message leaves: channels and states of the outbox (CRM specification, section 7, Notifications)."""

from enum import StrEnum


class MessageChannel(StrEnum):
    EMAIL = "email"
    SMS = "sms"


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # for good: a dead letter, until somebody retries it
