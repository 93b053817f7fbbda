from .events import AuditEvent

__all__ = ["AuditEvent"]
