"""Uploaded files: the quarantined original, and the clean copy that people may open."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from .. import labels
from ..rules.states import SanitisationState


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def pending_at(self, at: datetime) -> "StoredFileQuerySet":
        """Those that wait for their sanitisation, the longest waiting first."""
        return self.filter(state=SanitisationState.PENDING.value, uploaded_at__lte=at).order_by("uploaded_at")


class StoredFile(models.Model):
    """One file that somebody uploaded. Rows are never deleted (CRM-2-d)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255)  # as uploaded, without folders and control characters
    size = models.PositiveBigIntegerField()  # bytes of the original
    sha256 = models.CharField(max_length=64)  # of the original
    content_type = models.CharField(max_length=100, blank=True)  # found by content, when settled
    state = models.CharField(max_length=8, choices=labels.SANITISATION_STATE, default=SanitisationState.PENDING.value)
    failure = models.CharField(max_length=40, blank=True)  # rules.failures.Failure
    original = models.CharField(max_length=200)  # storage name in quarantine; never served
    clean_copy = models.CharField(max_length=200, blank=True)  # storage name of the copy that is served
    clean_size = models.PositiveBigIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)  # when it became clean or failed

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_is_settled_exactly_when_not_pending",
                condition=Q(state="pending", settled_at__isnull=True)
                | (~Q(state="pending") & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="file_has_a_clean_copy_exactly_when_clean",
                condition=(Q(state="clean") & ~Q(clean_copy="")) | (~Q(state="clean") & Q(clean_copy="")),
            ),
            models.CheckConstraint(
                name="file_names_its_failure_exactly_when_failed",
                condition=(Q(state="failed") & ~Q(failure="")) | (~Q(state="failed") & Q(failure="")),
            ),
        ]
        indexes = [
            models.Index(fields=["uploaded_at"], name="file_pending", condition=Q(state="pending")),
        ]

    def __str__(self) -> str:
        return self.name
