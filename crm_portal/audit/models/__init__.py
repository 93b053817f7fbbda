"""Models of the audit."""

from .events import AuditEvent
from .links import AuditLink

__all__ = ["AuditEvent", "AuditLink"]
