"""Whom a representative's inquiry really concerns, and what was found about his representation (6.6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from .correspondence import Attachment
from .inquiry import Inquiry


class OwnNameMark(models.Model):
    """A handler's mark that an own-name inquiry concerns another entity (CRM-6.6-b, CRM-6.6-c)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="own_name_marks")
    concerns_number = models.CharField(_("Identity number of the other entity"), max_length=32)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removal_reason = models.TextField(_("Why the mark is removed"), blank=True)

    class Meta:
        ordering = ["marked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"], name="inquiry_is_marked_once", condition=Q(removed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="own_name_mark_is_removed_with_a_reason",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removal_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.concerns_number}"


class RepresentationCheck(models.Model):
    """What a handler found before the first answer to a real-estate inquiry about a client (CRM-6.6-i)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="representation_checks")
    ground = models.CharField(_("Ground"), max_length=16, choices=labels.REPRESENTATION_GROUND)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("File")
    )
    assessment_number = models.CharField(_("Assessment number"), max_length=20, blank=True)
    evidence = models.JSONField(default=dict)  # what the registers answered: the lawyer's activity, the assessment
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["checked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="attached_power_names_its_file",
                condition=~Q(ground="attached_power") | Q(attachment__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.ground}"


class ComputerisedFileEntry(models.Model):
    """Something to be written to the computerised file of real estate, once (CRM-6.6-j)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="computerised_file_entries")
    key = models.CharField(max_length=120, unique=True)  # what makes a retry recognisable
    content = models.JSONField()
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="entry_is_due_or_written",
                condition=Q(written_at__isnull=True) | Q(next_attempt_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="entry_due", condition=Q(next_attempt_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.key
