"""Who claims, who may file for a corporation, and what the authority itself holds about a claimant."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from crm_portal.people.models import Customer

from .programmes import Programme


class Claimant(models.Model):
    """A business, self-employed person or body under one programme, with its address for service and its account."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="claimants")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="claimants")
    email = models.EmailField(blank=True)  # for service, kept up to date by the claimant (CMP-9.8-a)
    mobile = models.CharField(max_length=20, blank=True)
    bank = models.CharField(max_length=3, blank=True)  # codes of the Bank of Israel
    bank_branch = models.CharField(max_length=4, blank=True)
    bank_account = models.CharField(max_length=13, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "customer"], name="claimant_once_a_programme"),
        ]

    def __str__(self) -> str:
        return str(self.customer)


class Signatory(models.Model):
    """A person whom a corporation authorised to sign for it (CMP-3.4.2-f)."""

    corporation = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="signatories")
    person = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="signs_for")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "signatories"
        constraints = [
            models.UniqueConstraint(fields=["corporation", "person", "valid_from"], name="signatory_once_from_a_day"),
            models.CheckConstraint(
                name="signatory_ends_not_before_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.corporation_id}"


class ReportedFact(models.Model):
    """A figure that the claimant reported to the authority, with the day it was received (CMP-2.3-k)."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="reported_facts")
    kind = models.CharField(max_length=40)  # vat_turnover, vat_inputs, form_102_wages, s131_income, closure, ...
    period_from = models.DateField()
    period_until = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # ILS; a notice has none
    received_on = models.DateField()
    source = models.CharField(max_length=40)  # the register it came from

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fact_period_ends_not_before_it_begins", condition=Q(period_until__gte=F("period_from"))
            ),
        ]
        indexes = [models.Index(fields=["customer", "kind", "period_from"], name="fact_of_customer")]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.kind} {self.period_from}"


class WithholdingCertificate(models.Model):
    """A certificate that lowers the tax withheld at source, for a time (CMP-8.8.4-a, CMP-8.8.5-a)."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="withholding_certificates")
    rate = models.DecimalField(max_digits=5, decimal_places=4)  # a fraction; 0 is an exemption
    valid_from = models.DateField()
    valid_until = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="certificate_rate_is_a_fraction", condition=Q(rate__gte=0, rate__lte=1)),
            models.CheckConstraint(
                name="certificate_ends_not_before_it_begins", condition=Q(valid_until__gte=F("valid_from"))
            ),
        ]
        indexes = [models.Index(fields=["customer", "valid_from"], name="certificate_of_customer")]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.rate}"
