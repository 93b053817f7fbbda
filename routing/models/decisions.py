"""What the routing engine decided, with what it decided on."""

from django.db import models

from .. import labels
from .units import BusinessUnit, Team


class RoutingDecision(models.Model):
    """One decision, kept for ever; a later change of the tables does not touch it (CRM-7-a, CRM-7-q)."""

    facts = models.JSONField()  # the inputs, in the shape of `docs/routing.md`
    rule = models.CharField(max_length=24, choices=labels.ROUTING_RULE)
    unit = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    is_fallback = models.BooleanField(default=False)
    cause = models.CharField(max_length=40, blank=True)  # of the fallback: rules.engine.Cause
    reasons = models.JSONField(default=list)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rule}: {self.team_id}"
