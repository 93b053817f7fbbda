"""Consultations: what an employee asks before he answers (CRM-6.5-b)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from .inquiry import Inquiry


class Consultation(models.Model):
    """A question about one inquiry to a manager or a referent; while it is open nothing is answered or closed."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="consultations")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("To")
    )
    reason = models.CharField(_("Reason"), max_length=24, choices=labels.CONSULTATION_REASON)
    question = models.TextField(_("Question"))
    reply_draft = models.TextField(_("Draft of the reply"), blank=True)
    answer = models.TextField(_("Answer"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    ended_by_closing = models.BooleanField(default=False)  # the customer or the system closed what it was about

    class Meta:
        verbose_name, verbose_name_plural = _("Consultation"), _("Consultations")
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="consultation_is_answered_or_withdrawn",
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="consultation_is_answered_in_words",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="consultation_ended_by_closing_is_withdrawn",
                condition=Q(ended_by_closing=False) | Q(withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["addressee", "asked_at"],
                name="consultation_open",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.reason}"

    @property
    def is_open(self) -> bool:
        """Neither answered nor withdrawn."""
        return self.answered_at is None and self.withdrawn_at is None
