"""Programmes: one emergency each, with its figures, dates and towns as dated data (conventions)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .. import labels
from ..rules.codes import LocationRow


class Programme(models.Model):
    """One emergency under which claims are filed; the next one is a row, not code."""

    code = models.CharField(max_length=40, unique=True)
    name_he = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    is_current = models.BooleanField(default=False)  # the one under which claims are filed now
    edition = models.PositiveIntegerField(default=1)  # grows with each change of a figure, a list or a flag

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="programme_one_is_current"
            ),
        ]

    def __str__(self) -> str:
        return self.name_he


class ProgrammeParameter(models.Model):
    """A figure or a date, and the day from which it holds; a change is a further row, so the history stays."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="parameters")
    key = models.CharField(max_length=60)  # a field of `rules.programme.Programme`
    value = models.CharField(max_length=120)
    clause = models.CharField(max_length=20)
    valid_from = models.DateField()
    reason = models.TextField(blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(null=True)  # empty as it shipped

    class Meta:
        ordering = ["key", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="parameter_is_shipped_or_set_by_somebody_with_reasons",
                condition=Q(set_at__isnull=True, set_by__isnull=True) | (Q(set_at__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(name="parameter_cites_its_clause", condition=~Q(clause="")),
        ]
        indexes = [models.Index(fields=["programme", "key", "valid_from"], name="parameter_of_programme")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.valid_from}"


class Town(models.Model):
    """A locality of the country by its canonical name."""

    name = models.CharField(max_length=80, unique=True)
    is_border_settlement = models.BooleanField(default=False)  # kept by the manager (CMP-7.1-a)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="town_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class TownAlias(models.Model):
    """Another spelling of a town (annex B)."""

    alias = models.CharField(max_length=80, unique=True)
    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name_plural = "town aliases"

    def __str__(self) -> str:
        return self.alias


class ScheduleMembership(models.Model):
    """A town in one of a programme's annexes, as it is printed there."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="memberships")
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="memberships")
    annex = models.CharField(max_length=1, choices=labels.ANNEX)
    name_as_printed = models.CharField(max_length=80)
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "annex", "town"], name="town_once_in_an_annex"),
        ]

    def __str__(self) -> str:
        return f"{self.annex}: {self.town_id}"


class GovernmentDecision(models.Model):
    """A decision by which towns were evacuated; letters print it (CMP-1.9-a)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="government_decisions")
    number = models.CharField(max_length=10)
    decided_on = models.DateField()

    class Meta:
        ordering = ["decided_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="government_decision_once"),
        ]

    def __str__(self) -> str:
        return self.number


class EligibilityCell(models.Model):
    """A cell of the matrix: what a place opens in a column (CMP-2.6-a)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cells")
    row = models.CharField(max_length=40, choices=[(row.value, row.value) for row in LocationRow])
    column = models.CharField(max_length=40)  # a track, or the advance before a claim
    eligibility = models.CharField(max_length=60, choices=labels.ELIGIBILITY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "row", "column"], name="eligibility_cell_once"),
        ]

    def __str__(self) -> str:
        return f"{self.row} × {self.column}: {self.eligibility}"


class RestDay(models.Model):
    """A holiday: not worked (CMP-3.2.1-b), and no last day of a claimant's (conventions)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rest_days")
    day = models.DateField()
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["programme", "day"], name="rest_day_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
