"""Objections to a determination (clause 9), with their files and what the officer asked for."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from crm_portal.files.models import StoredFile
from crm_portal.messaging.models import Notification

from .. import labels
from ..rules.codes import OBJECTION_OPEN, ObjectionState
from .claims import Claim
from .decisions import Decision, Notice

_OPEN = sorted(state.value for state in OBJECTION_OPEN)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> "ObjectionQuerySet":
        """Not decided, neither by anybody nor by lapse of time."""
        return self.filter(state__in=_OPEN)

    def overdue(self, today: date) -> "ObjectionQuerySet":
        """Their time to be decided is over, extension included (CMP-9.6-a)."""
        return self.open().filter(due_on__lt=today)


class Objection(models.Model):
    """One objection to one determination; decided by an employee who took no part in it (CMP-9.1-a)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="objections")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="objections")
    state = models.CharField(max_length=20, choices=labels.OBJECTION_STATE, default=ObjectionState.SUBMITTED.value)
    grounds = models.TextField()
    amount = models.DecimalField(max_digits=12, decimal_places=0)  # ILS, the determination that is objected for
    mobile = models.CharField(max_length=20)  # for the message of successful filing (CMP-9.3-a)
    sms = models.ForeignKey(Notification, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    # Who decided on the claim, kept so that the database itself refuses them as the officer.
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="objections"
    )
    complete_on = models.DateField(null=True, blank=True)  # it was confirmed that all documents were supplied
    extended_to = models.DateField(null=True, blank=True)  # at most a year from delivery (CMP-9.5-a)
    extension_reason = models.TextField(blank=True)
    due_on = models.DateField()  # the last day to decide
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    result = models.ForeignKey(  # the version of the determination that it led to; none when the amount stayed
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appeal_until = models.DateField(null=True, blank=True)  # printed in its decision (CMP-9.7-a)
    version = models.PositiveIntegerField(default=1)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claim"], name="one_objection_is_open", condition=Q(state__in=_OPEN)),
            models.UniqueConstraint(fields=["decision"], name="one_objection_to_a_determination"),
            models.CheckConstraint(
                name="objection_is_decided_by_fresh_eyes",
                condition=Q(officer__isnull=True)
                | (
                    (Q(clerk__isnull=True) | ~Q(officer=F("clerk")))
                    & (Q(approver__isnull=True) | ~Q(officer=F("approver")))
                ),
            ),
            models.CheckConstraint(
                name="objection_is_decided_exactly_when_not_open",
                condition=Q(state__in=_OPEN, decided_at__isnull=True)
                | (~Q(state__in=_OPEN) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(name="objection_is_for_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="objection_is_extended_with_a_reason",
                condition=Q(extended_to__isnull=True) | ~Q(extension_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="objection_due", condition=Q(state__in=_OPEN))]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.state}"


class ObjectionRequest(models.Model):
    """Arguments or evidence in writing that the officer asked for (CMP-9.4-a)."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="requests")
    text = models.TextField()
    due_on = models.DateField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["requested_at", "id"]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.requested_at:%Y-%m-%d}"


class ObjectionFile(models.Model):
    """A document that was filed with an objection or in answer to the officer."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="files")
    request = models.ForeignKey(ObjectionRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="objection_file")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.file_id}"
