"""Improvement suggestions, from whoever works with the system (CRM-8-b, CRM-9-a)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from routing.models import BusinessUnit

from .. import labels
from ..rules.codes import SuggestionState


class ImprovementSuggestion(models.Model):
    """One suggestion and where it stands; its author sees the state."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    unit = models.ForeignKey(
        BusinessUnit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Business unit")
    )  # whose manager or trustee it went to; empty: directly to the head team
    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Suggestion"))
    state = models.CharField(
        _("State"), max_length=16, choices=labels.SUGGESTION_STATE, default=SuggestionState.SUBMITTED.value
    )
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)  # the last step
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("Reason"), blank=True)  # of the last step

    class Meta:
        verbose_name, verbose_name_plural = _("Improvement suggestion"), _("Improvement suggestions")
        ordering = ["-submitted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_is_rejected_with_a_reason", condition=~Q(state="rejected") | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["state", "-submitted_at"], name="suggestion_state")]

    def __str__(self) -> str:
        return self.title
