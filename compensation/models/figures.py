"""Figures that the clerk puts in the place of the claimant's."""

from django.conf import settings
from django.db import models

from .claims import Claim


class ReviewedFigure(models.Model):
    """One input of the computation as the review found it, with its source; the latest of a path holds."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reviewed_figures")
    path = models.CharField(max_length=80)  # of the engine's inputs: "wages.reserve_refund_eligibility"
    value = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["claim", "path"], name="figure_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.path}"
