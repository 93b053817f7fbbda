"""Reports as files that a worker writes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..rules.figures import ExportState


class ReportExport(models.Model):
    """One export that an employee asked for; the file is his alone, and is deleted after some days."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    report = models.CharField(_("Report"), max_length=8)
    question = models.JSONField()  # the filters, as the address had them
    format = models.CharField(_("Format"), max_length=8, choices=labels.EXPORT_FORMAT)
    state = models.CharField(max_length=12, choices=labels.EXPORT_STATE, default=ExportState.WAITING.value)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)  # when its worker last said that it is alive
    finished_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=120, blank=True)  # a name in the storage "exports"
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("Export"), _("Exports")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(name="export_is_ready_with_a_file", condition=~Q(state="ready") | ~Q(file="")),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="export_of_employee"),
            models.Index(fields=["asked_at"], name="export_to_write", condition=Q(state__in=["waiting", "writing"])),
        ]

    def __str__(self) -> str:
        return f"{self.report}.{self.format}"

    @property
    def percent(self) -> int:
        return min(100, 100 * self.rows_done // self.rows_total) if self.rows_total else 0

    @property
    def is_over(self) -> bool:
        return self.state in (ExportState.READY.value, ExportState.FAILED.value)
