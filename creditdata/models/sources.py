"""Sources of information, and what each supplies to whom (regulation 41)."""

from django.db import models
from django.db.models import F, Q

from crm_portal.worktime.rules.calendars import CalendarName

from .. import labels
from ..rules.codes import SourceType, calendar_of
from .licensees import Licensee
from .scoped import ScopedManager


class SourceOrganisation(models.Model):
    """One office, bank, issuer, authorised source or court that supplies information."""

    code = models.SlugField(max_length=40, unique=True)  # names it in the API; never in a report (CRD-43-k)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=24, choices=labels.SOURCE_TYPE)
    authorised_kind = models.CharField(max_length=24, choices=labels.AUTHORISED_SOURCE_KIND, blank=True)
    parent_bank = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subsidiaries"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="source_only_authorised_has_a_kind",
                condition=Q(authorised_kind="") | Q(type=SourceType.AUTHORISED_SOURCE.value),
            ),
            models.CheckConstraint(
                name="source_only_a_bank_has_a_parent",
                condition=Q(parent_bank__isnull=True)
                | (Q(type=SourceType.BANKING_CORPORATION.value) & ~Q(parent_bank=F("pk"))),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def calendar(self) -> CalendarName:
        """The business days it counts by; card issuers are not named among the banks (CRD-1-d)."""
        return calendar_of(SourceType(self.type))


class SourceAgreement(models.Model):
    """A source supplies one licensee, from a day until it ends (CRD-45-a)."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="agreements")
    source = models.ForeignKey(SourceOrganisation, on_delete=models.PROTECT, related_name="agreements")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the last day

    objects = ScopedManager()

    class Meta:
        ordering = ["source", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["licensee", "source"], name="agreement_once_at_a_time", condition=Q(until_on__isnull=True)
            ),
            models.CheckConstraint(
                name="agreement_ends_not_before_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} -> {self.licensee_id}"
