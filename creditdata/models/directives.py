"""How often and how fresh: the frequency, lag and level of updates as data (CRD-86-a)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .. import labels
from .licensees import Licensee
from .sources import SourceOrganisation


class UpdateDirectiveQuerySet(models.QuerySet["UpdateDirective"]):
    def in_force(self, day: date) -> "UpdateDirectiveQuerySet":
        """Those of a day; an ended one holds on its last day too."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class UpdateDirective(models.Model):
    """
    The limits for a licensee, a source type, one source or a kind; an empty part of the scope means all.

    The Registrar's rows stand beside those of the regulations, which a migration ships; `rules.directives` chooses.
    """

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, null=True, blank=True, related_name="directives")
    source_type = models.CharField(max_length=24, choices=labels.SOURCE_TYPE, blank=True)
    source = models.ForeignKey(
        SourceOrganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="directives"
    )
    kind = models.CharField(max_length=32, choices=labels.RECORD_KIND, blank=True)
    target_interval_bd = models.PositiveSmallIntegerField(null=True, blank=True)  # an indicator only (CRD-14-a)
    max_interval_bd = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: no watchdog
    max_lag_bd = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: no test of the as-of
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the last day
    reason = models.TextField()
    issued_by = models.ForeignKey(  # the Registrar's officer; empty as it shipped
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = UpdateDirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(name="directive_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="directive_ends_not_before_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="directive_target_within_limit",
                condition=Q(target_interval_bd__isnull=True)
                | Q(max_interval_bd__isnull=True)
                | Q(target_interval_bd__lte=F("max_interval_bd")),
            ),
            models.CheckConstraint(
                name="directive_shipped_or_issued_by_somebody",
                condition=Q(issued_at__isnull=True, issued_by__isnull=True)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_type or self.source_id} {self.kind} from {self.valid_from}"
