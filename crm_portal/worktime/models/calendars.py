"""What the authority declared about a day, against what the calendar computes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import labels


class CalendarDay(models.Model):
    """One declared day of one calendar: a war-time closure, an election day, or a holiday that is worked."""

    calendar = models.CharField(_("Calendar"), max_length=16, choices=labels.CALENDAR)
    day = models.DateField(_("Day"))
    is_working = models.BooleanField(_("Working day"))
    name = models.CharField(_("Name"), max_length=120)
    reason = models.TextField(_("Reason"))
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Declared by")
    )
    declared_at = models.DateTimeField(_("Declared at"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Declared day"), _("Declared days")
        ordering = ["calendar", "day"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_declared_once"),
            models.CheckConstraint(name="calendar_day_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.day}: {self.name}"


class TimerState(models.Model):
    """The last run of each timer, also when it found nothing to do; `TimerRun` keeps those that did something."""

    name = models.CharField(_("Timer"), max_length=64, primary_key=True)
    ran_at = models.DateTimeField(_("Last run"))
    done = models.PositiveIntegerField(_("Done"))
    failed = models.PositiveIntegerField(_("Failed"))

    class Meta:
        verbose_name, verbose_name_plural = _("State of a timer"), _("States of timers")

    def __str__(self) -> str:
        return f"{self.name} {self.ran_at}"


class TimerRun(models.Model):
    """One run of one timer, for the page that shows when each last ran (screen M6)."""

    name = models.CharField(_("Timer"), max_length=64)
    at = models.DateTimeField(_("Judged at"))  # the instant the run judged by
    started_at = models.DateTimeField(_("Started at"))
    finished_at = models.DateTimeField(_("Finished at"))
    done = models.PositiveIntegerField(_("Done"))
    failed = models.PositiveIntegerField(_("Failed"))

    class Meta:
        verbose_name, verbose_name_plural = _("Timer run"), _("Timer runs")
        indexes = [models.Index(fields=["name", "-started_at"], name="timer_run_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.done} {self.failed}"
