"""Supplies that did not come in time (CRD-0-d)."""

from django.db import models
from django.db.models import F, Q

from .. import labels
from .licensees import Licensee
from .scoped import ScopedQuerySet
from .sources import SourceOrganisation


class SupplyLateQuerySet(ScopedQuerySet["SupplyLate"]):
    def open(self) -> "SupplyLateQuerySet":
        """Those that still wait for the supply."""
        return self.filter(closed_at__isnull=True)


class SupplyLate(models.Model):
    """One incident: the licensee, the source and the Registrar see it until the supply comes."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="late_supplies")
    source = models.ForeignKey(SourceOrganisation, on_delete=models.PROTECT, related_name="late_supplies")
    group = models.CharField(max_length=12, choices=labels.SUPPLY_GROUP)
    last_supply_on = models.DateField(null=True)  # empty: none since the agreement began
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # when the supply came

    objects = models.Manager.from_queryset(SupplyLateQuerySet)()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["licensee", "source", "group"], name="supply_late_once", condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="supply_late_closes_after_it_opened",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} -> {self.licensee_id}: {self.group} by {self.due_on}"
