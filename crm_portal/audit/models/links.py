"""The chain that seals the audit: one link for each event, each link over the one before it."""

from django.db import models
from django.db.models import Q


class AuditLink(models.Model):
    """The seal of one event. It names the event without a foreign key: it must outlive an event that vanishes."""

    sequence = models.BigIntegerField(primary_key=True)  # 1, 2, 3, ... without gaps
    event_id = models.BigIntegerField(unique=True)
    row_hash = models.BinaryField()  # SHA-256 of every column of the event (rules.chain)
    link_hash = models.BinaryField()  # SHA-256 of the previous link's hash and this row's hash
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_link_counts_from_one", condition=Q(sequence__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.event_id}"
