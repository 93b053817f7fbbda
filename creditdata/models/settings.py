"""The settings of section 12.2 as dated rows: a change is a further row, so the history stays."""

from django.db import models
from django.db.models import Q

from .. import control_words
from .control import DualControlProposal


class AdministeredSetting(models.Model):
    """A value of a setting and the day from which it holds; made by an approved proposal alone. Append-only."""

    key = models.CharField(max_length=40, choices=control_words.SETTING)
    value = models.CharField(max_length=200, blank=True)  # as `rules.administered` reads it
    valid_from = models.DateField()
    reasons = models.TextField()
    set_at = models.DateTimeField()
    proposal = models.OneToOneField(DualControlProposal, on_delete=models.PROTECT, related_name="made_setting")

    class Meta:
        ordering = ["key", "valid_from", "pk"]
        constraints = [models.CheckConstraint(name="setting_is_changed_with_reasons", condition=~Q(reasons=""))]
        indexes = [models.Index(fields=["key", "valid_from"], name="setting_by_day")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.valid_from}"
