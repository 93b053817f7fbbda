"""What is asked before or beside a claim: an eligibility check, more time to file."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .. import labels
from .claimants import Claimant


class EligibilityCheckRequest(models.Model):
    """A request that opens a track for a branch or an employee (CMP-2.1-b); a clerk grants or refuses it."""

    PENDING, GRANTED, REFUSED = "PENDING", "GRANTED", "REFUSED"

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="eligibility_checks")
    ground = models.CharField(max_length=24)  # branch, top_up or outside_employer
    track = models.CharField(max_length=24, choices=labels.TRACK)
    town = models.CharField(max_length=80)  # of the branch, or where the employee lives
    employee_id_number = models.CharField(max_length=9, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=12, default=PENDING)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)

    class Meta:
        ordering = ["requested_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="check_is_decided_by_somebody",
                condition=Q(state="PENDING", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="PENDING") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id}: {self.ground} {self.track}"
