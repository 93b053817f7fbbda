"""The routing tables, dated: a change counts for new inquiries only (CRM-7-q)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from .topics import Triplet
from .units import BusinessUnit, Team


class DatedQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "DatedQuerySet":
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class Dated(models.Model):
    """A row that holds from one day to another, both included."""

    valid_from = models.DateField(default=date(2020, 1, 1))
    valid_until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_not_before_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]


class TripletTeam(Dated):
    """A team that may handle a triplet; at most one is the default in its unit."""

    triplet = models.ForeignKey(Triplet, on_delete=models.CASCADE, related_name="triplet_teams")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="triplet_teams")
    unit = models.ForeignKey(BusinessUnit, on_delete=models.CASCADE, related_name="+")  # the team's; kept by save()
    is_default_for_unit = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["triplet", "team", "valid_from"], name="triplet_team_once"),
            models.UniqueConstraint(
                fields=["triplet", "unit"],
                name="triplet_has_one_default_team_in_a_unit",
                condition=Q(is_default_for_unit=True, valid_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.triplet_id} - {self.team_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.unit_id = self.team.unit_id
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class LocalityMap(Dated):
    """Which offices serve a locality of the population register."""

    locality = models.CharField(max_length=80)
    income_tax_office = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, null=True, related_name="+")
    vat_office = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, null=True, related_name="+")
    msm_unit = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        ordering = ["locality"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["locality", "valid_from"], name="locality_mapped_once"),
        ]

    def __str__(self) -> str:
        return self.locality


class TripletUnitRule(Dated):
    """A unit preset for a triplet; the three kinds below say when it counts."""

    triplet = models.ForeignKey(Triplet, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, related_name="+")

    class Meta(Dated.Meta):
        abstract = True
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["triplet", "valid_from"], name="%(class)s_once_for_a_triplet"),
        ]

    def __str__(self) -> str:
        return f"{self.triplet_id} - {self.unit_id}"


class NsaRule(TripletUnitRule):
    """Bookkeeping audits: the NSA unit of a triplet (CRM-7-h)."""


class RealEstateFirstLineRule(TripletUnitRule):
    """Real estate: national unit or Haifa information centre (CRM-7-k)."""


class FixedUnitRule(TripletUnitRule):
    """The other tax systems: one unit per triplet [A-25]."""
