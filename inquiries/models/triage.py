"""What the classifier suggested, and the classifier itself (CRM-5.1.1-e)."""

from django.db import models
from django.db.models import Q

from routing.models import Triplet

from .inquiry import Inquiry


class TriageModel(models.Model):
    """One version of the classifier, with how well it did on what it had not seen."""

    trained_at = models.DateTimeField()
    learned_to = models.DateTimeField(null=True)  # verdicts up to here are in it
    samples = models.PositiveIntegerField()
    content = models.BinaryField()
    measured_on = models.PositiveIntegerField(default=0)  # verdicts held out
    top_1 = models.FloatField(null=True)
    top_3 = models.FloatField(null=True)
    baseline_top_1 = models.FloatField(null=True)  # always the commonest triplets
    baseline_top_3 = models.FloatField(null=True)
    is_active = models.BooleanField(default=False)

    class Meta:
        ordering = ["-trained_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["is_active"], name="one_triage_model_is_used", condition=Q(is_active=True)),
        ]

    def __str__(self) -> str:
        return f"{self.pk} ({self.trained_at:%Y-%m-%d})"


class TriageSuggestion(models.Model):
    """One triplet that was suggested at an opening; the choice was the inquirer's."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="triage_suggestions")
    triplet = models.ForeignKey(Triplet, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()  # 1 is the likeliest
    confidence = models.FloatField()
    was_chosen = models.BooleanField(default=False)
    model = models.ForeignKey(TriageModel, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["inquiry", "rank"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "rank"], name="suggestion_of_a_rank_once")]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.rank} {self.triplet_id}"
