"""What a clerk must do beside reviewing claims."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .. import labels
from .claims import Claim
from .decisions import Notice


class ClerkTask(models.Model):
    """One thing to be done about a claim, such as finding another address after a bounce (CMP-8.10-a)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=24, choices=labels.CLERK_TASK)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    created_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "kind"], name="task_once_a_notice"),
            models.CheckConstraint(
                name="task_is_done_by_somebody_with_words",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(fields=["created_at", "id"], name="task_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.kind}"
