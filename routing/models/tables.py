"""The routing tables, dated: a change counts for new inquiries only (CRM-7-q)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .topics import Triplet
from .units import BusinessUnit, Team


class DatedQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "DatedQuerySet":
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class Dated(models.Model):
    """A row that holds from one day to another, both included."""

    valid_from = models.DateField(_("Valid from"), default=date(2020, 1, 1))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)

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

    triplet = models.ForeignKey(
        Triplet, on_delete=models.CASCADE, related_name="triplet_teams", verbose_name=_("Triplet")
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="triplet_teams", verbose_name=_("Team"))
    unit = models.ForeignKey(  # the team's; kept by save()
        BusinessUnit, on_delete=models.CASCADE, related_name="+", verbose_name=_("Business unit")
    )
    is_default_for_unit = models.BooleanField(_("Default team in its unit"), default=False)

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("Team of a triplet"), _("Teams of triplets")
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

    locality = models.CharField(_("Locality"), max_length=80)
    income_tax_office = models.ForeignKey(
        BusinessUnit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Income-tax office")
    )
    vat_office = models.ForeignKey(
        BusinessUnit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("VAT office")
    )
    msm_unit = models.ForeignKey(
        BusinessUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("MSM unit")
    )
    is_example = models.BooleanField(_("Example, to be replaced"), default=False)

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("Locality"), _("Localities")
        ordering = ["locality"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["locality", "valid_from"], name="locality_mapped_once"),
        ]

    def __str__(self) -> str:
        return self.locality


class TripletUnitRule(Dated):
    """A unit preset for a triplet; the three kinds below say when it counts."""

    triplet = models.ForeignKey(Triplet, on_delete=models.CASCADE, related_name="+", verbose_name=_("Triplet"))
    unit = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Business unit"))

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

    class Meta(TripletUnitRule.Meta):
        verbose_name, verbose_name_plural = _("NSA unit of a triplet"), _("NSA units of triplets")


class RealEstateFirstLineRule(TripletUnitRule):
    """Real estate: national unit or Haifa information centre (CRM-7-k)."""

    class Meta(TripletUnitRule.Meta):
        verbose_name, verbose_name_plural = _("First line of real estate"), _("First lines of real estate")


class FixedUnitRule(TripletUnitRule):
    """The other tax systems: one unit per triplet [A-25]."""

    class Meta(TripletUnitRule.Meta):
        verbose_name, verbose_name_plural = _("Fixed unit of a triplet"), _("Fixed units of triplets")
