"""What happened to an inquiry: each status, owner, team, triplet, message and file, in order (CRM-4.3-a)."""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from routing.models import BusinessUnit, Team, Triplet

from .. import labels
from .inquiry import Inquiry


class StatusHistory(models.Model):
    """One thing that happened. A migration makes it append-only; durations are computed from it (CRM-2.1.7-e)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="history")
    at = models.DateTimeField()
    event = models.CharField(max_length=24, choices=labels.HISTORY_EVENT)
    from_status = models.CharField(max_length=32, choices=labels.STATUS, blank=True)
    to_status = models.CharField(max_length=32, choices=labels.STATUS)
    from_owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    to_owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    from_unit = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, null=True, related_name="+")
    from_triplet = models.ForeignKey(Triplet, on_delete=models.PROTECT, null=True, related_name="+")
    to_triplet = models.ForeignKey(Triplet, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # empty: the system
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=255, blank=True)  # every role he held, by code
    note = models.TextField(blank=True)  # the proposed solution of this step, or the assignment remark
    message = models.ForeignKey("inquiries.Message", on_delete=models.PROTECT, null=True, related_name="+")
    attachment = models.ForeignKey("inquiries.Attachment", on_delete=models.PROTECT, null=True, related_name="+")
    closing_reason = models.ForeignKey("inquiries.ClosingReason", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "status history"
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["inquiry", "at", "id"], name="history_of_inquiry"),
            BrinIndex(fields=["at"], name="history_of_days"),  # rows come in the order of their instants
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.event} {self.to_status}"
