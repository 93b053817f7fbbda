"""Tax systems and triplets: what an inquiry may be about."""

from django.db import models
from django.db.models import Q

from crm_portal.people.labels import POA_LIMITED_TOPIC

from .. import labels


class TaxSystem(models.Model):
    """Income tax, VAT, real-estate taxation, ... The table is extensible."""

    code = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=80)
    sla_target_hours = models.PositiveIntegerField(null=True, blank=True)  # business hours; empty: none
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class TripletQuerySet(models.QuerySet["Triplet"]):
    def active(self) -> "TripletQuerySet":
        return self.filter(is_active=True)

    def for_customers(self) -> "TripletQuerySet":
        """What customers and representatives may choose (CRM-7-l)."""
        return self.active().filter(is_internal=False)


class Triplet(models.Model):
    """Main topic, sub topic and topic detail, with all that follows from the choice."""

    code = models.CharField(max_length=80, unique=True)
    tax_system = models.ForeignKey(TaxSystem, on_delete=models.PROTECT, related_name="triplets")
    main_topic = models.CharField(max_length=80)
    sub_topic = models.CharField(max_length=80)
    detail = models.CharField(max_length=120)
    is_internal = models.BooleanField(default=False)  # employees only
    internal_case = models.CharField(max_length=24, choices=labels.INTERNAL_CASE, blank=True)  # CRM-7-n
    requires_identification = models.BooleanField(default=True)
    tax_year_required = models.BooleanField(default=False)
    is_section17 = models.BooleanField(default=False)
    is_msm_topic = models.BooleanField(default=False)
    is_nsa = models.BooleanField(default=False)
    poa_limited_topic = models.CharField(max_length=24, choices=POA_LIMITED_TOPIC, blank=True)
    has_information_panel = models.BooleanField(default=False)
    view_level = models.PositiveSmallIntegerField(default=0)
    handle_level = models.PositiveSmallIntegerField(default=0)
    sla_target_hours = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)

    objects = TripletQuerySet.as_manager()

    class Meta:
        ordering = ["tax_system__position", "main_topic", "sub_topic", "detail"]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_system", "main_topic", "sub_topic", "detail"], name="triplet_exists_once"
            ),
            models.CheckConstraint(
                name="triplet_case_only_when_internal", condition=Q(is_internal=True) | Q(internal_case="")
            ),
            models.CheckConstraint(
                name="triplet_levels_are_0_to_3", condition=Q(view_level__lte=3, handle_level__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.main_topic} / {self.sub_topic} / {self.detail}"
