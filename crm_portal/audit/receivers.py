"""What lower foundations do, told to the audit; they cannot import it."""

from typing import Any

from django.dispatch import receiver

from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.signals import calendar_changed

from .services.recording import record


@receiver(calendar_changed, sender=CalendarDay)
def record_declared_day(*, calendar: str, day: Any, by: Any, at: Any, reason: str, **_: object) -> None:
    """A declared or withdrawn day moves clocks, so it is kept who did it and why."""
    record(
        "calendar.change",
        by=by,
        at=at,
        target_type="calendar",
        target_id=f"{calendar} {day.isoformat()}",
        after={"reason": reason},
    )
