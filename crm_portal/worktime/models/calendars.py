"""What the authority declared about a day, against what the calendar computes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .. import labels


class CalendarDay(models.Model):
    """One declared day of one calendar: a war-time closure, an election day, or a holiday that is worked."""

    calendar = models.CharField(max_length=16, choices=labels.CALENDAR)
    day = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=120)
    reason = models.TextField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["calendar", "day"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_declared_once"),
            models.CheckConstraint(name="calendar_day_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.day}: {self.name}"


class TimerRun(models.Model):
    """One run of one timer, for the page that shows when each last ran (screen M6)."""

    name = models.CharField(max_length=64)
    at = models.DateTimeField()  # the instant the run judged by
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    done = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["name", "-started_at"], name="timer_run_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.done} {self.failed}"
