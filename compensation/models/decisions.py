"""Decisions, the gaps they explain, and what was served on the claimant."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from crm_portal.files.models import StoredFile
from crm_portal.messaging.models import Notification

from .. import labels
from .claims import Claim, Computation


class Decision(models.Model):
    """One determination; each later way (correction, objection, appeal) makes a new version. Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=labels.DECISION_KIND)
    outcome = models.CharField(max_length=40, choices=labels.CLAIM_STATE)  # the state that it led to
    amount = models.DecimalField(max_digits=12, decimal_places=0)  # ILS
    computation = models.ForeignKey(Computation, on_delete=models.PROTECT, null=True, related_name="+")
    reasons = models.TextField(blank=True)
    ground = models.TextField(blank=True, choices=labels.CORRECTION_GROUND)  # of a correction (CMP-8.7-a)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    objection_until = models.DateField(null=True)  # printed in the letter; from service when it is later

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="decision_version_once"),
            models.CheckConstraint(  # CMP-2.3-b; the system alone decides nothing but by lapse of time
                name="decision_by_four_eyes",
                condition=Q(kind="DEEMED")
                | Q(approved_by__isnull=False) & (Q(proposed_by__isnull=True) | ~Q(proposed_by=F("approved_by"))),
            ),
            models.CheckConstraint(name="decision_amount_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.version}"


class GapReasonRow(models.Model):
    """One reason why less was determined than claimed; the rows of a decision sum to the gap (CMP-8.5.3-a)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="gaps")
    reason = models.CharField(max_length=32, choices=labels.GAP_REASON)
    amount = models.DecimalField(max_digits=12, decimal_places=0)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.reason}"


class Notice(models.Model):
    """A letter or message served on the claimant; deadlines start at its service (CMP-8.10-a)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=24, choices=labels.NOTICE_KIND)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    title = models.CharField(max_length=200)
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # PDF
    email = models.ForeignKey(Notification, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sms = models.ForeignKey(Notification, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_sms = models.ForeignKey(  # the second try after a bounce
        Notification, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)  # handed over to the mail server or the gateway
    delivered_at = models.DateTimeField(null=True, blank=True)  # the provider's report, or opened
    bounced_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # opened in the claimant's area

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["claim", "created_at"], name="notice_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.kind}"

    @property
    def served_at(self) -> datetime | None:
        """When it was served: it left for an address from which it did not come back, or was opened."""
        return min(filter(None, (self.sent_at, self.read_at)), default=None)


class TimerEvent(models.Model):
    """
    Something that a timer did, once (section 9).

    The due date is not part of the key: a later stop of the clock would otherwise pay an advance twice.
    """

    subject = models.CharField(max_length=40)  # "claim:17"
    kind = models.CharField(max_length=40)
    step = models.CharField(max_length=12, blank=True)  # of warnings and reminders; empty for what happens once
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind", "step"], name="timer_acts_once")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.kind} {self.step}"
