"""What is owed beside the compensation: tax debts, liens, overpayments; and the tables of linkage and interest."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .. import money_words
from ..rules.codes import OverpaymentState
from .claimants import Claimant
from .claims import Claim
from .decisions import Decision, Notice


class IndexValue(models.Model):
    """The consumer price index as published on a day (CMP-8.4.7-a)."""

    published_on = models.DateField(unique=True)
    value = models.DecimalField(max_digits=10, decimal_places=4)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["published_on"]
        constraints = [models.CheckConstraint(name="index_is_positive", condition=Q(value__gt=0))]

    def __str__(self) -> str:
        return f"{self.published_on}: {self.value}"


class InterestRate(models.Model):
    """The annual rate of simple interest from a day on, until the next row (CMP-8.4.7-a)."""

    from_on = models.DateField(unique=True)
    rate = models.DecimalField(max_digits=5, decimal_places=4)  # a fraction
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["from_on"]
        constraints = [models.CheckConstraint(name="interest_is_a_fraction", condition=Q(rate__gte=0, rate__lte=1))]

    def __str__(self) -> str:
        return f"{self.from_on}: {self.rate}"


class TaxDebt(models.Model):
    """A tax debt as in the Set-off of Taxes Law, deducted unless the manager decided otherwise (CMP-8.8.1-a)."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="tax_debts")
    tax = models.CharField(max_length=80)
    reference = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=12, decimal_places=0)
    since_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)  # paid or cancelled outside this app
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_at = models.DateTimeField(null=True, blank=True)
    waiver_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["since_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claimant", "tax", "reference"], name="tax_debt_recorded_once"),
            models.CheckConstraint(name="tax_debt_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="tax_debt_is_waived_by_somebody_with_words",
                condition=Q(waived_at__isnull=True, waived_by__isnull=True, waiver_reason="")
                | (Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waiver_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id}: {self.tax} {self.reference}"


class Lien(models.Model):
    """A third party's lien on what is due, by a court or the execution office (CMP-8.8.2-a)."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="liens")
    creditor = models.CharField(max_length=200)
    authority = models.CharField(max_length=120)  # the court or the office
    reference = models.CharField(max_length=40)  # of its file
    amount = models.DecimalField(max_digits=12, decimal_places=0)
    served_on = models.DateField()  # the order of several
    bank = models.CharField(max_length=3)
    bank_branch = models.CharField(max_length=4)
    bank_account = models.CharField(max_length=13)
    released_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["served_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claimant", "authority", "reference"], name="lien_recorded_once"),
            models.CheckConstraint(name="lien_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="lien_is_released_not_before_it_is_served",
                condition=Q(released_on__isnull=True) | Q(released_on__gte=F("served_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id}: {self.reference}"


class Overpayment(models.Model):
    """What was paid beyond what was due, gross, and must be returned (CMP-8.6.1-a). One demand at a time."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="overpayments")
    claim = models.ForeignKey(  # empty: an advance without a claim (CMP-7.3.6-a)
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="overpayments"
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="overpayments")
    amount = models.DecimalField(max_digits=12, decimal_places=0)
    state = models.CharField(
        max_length=12, choices=money_words.OVERPAYMENT_STATE, default=OverpaymentState.DEMANDED.value
    )
    paid_on = models.DateField()  # of what was paid too much: linkage and interest run from here
    demanded_at = models.DateTimeField()
    demanded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    served_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)  # 90 days of the service (CMP-8.6.1-b)
    collected_at = models.DateTimeField(null=True, blank=True)  # handed over to be collected as tax (CMP-8.6.2-a)

    class Meta:
        ordering = ["demanded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claimant", "claim"],
                name="one_demand_is_open",
                condition=Q(state=OverpaymentState.DEMANDED.value),
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="overpayment_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="overpayment_is_due_since_its_service",
                condition=Q(served_on__isnull=True, due_on__isnull=True)
                | Q(served_on__isnull=False, due_on__gt=F("served_on")),
            ),
            models.CheckConstraint(
                name="overpayment_is_collected_with_its_instant",
                condition=~Q(state=OverpaymentState.COLLECTED.value) | Q(collected_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="overpayment_due")]

    def __str__(self) -> str:
        return f"{self.claimant_id}: {self.amount}"


class OverpaymentReturn(models.Model):
    """A sum that a claimant returned: of the overpayment, and of the linkage and interest on it. Append-only."""

    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="returns")
    principal = models.DecimalField(max_digits=12, decimal_places=0)
    interest = models.DecimalField(max_digits=12, decimal_places=0)
    received_on = models.DateField()
    reference = models.CharField(max_length=40)  # of the receipt
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["received_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["overpayment", "reference"], name="return_recorded_once"),
            models.CheckConstraint(name="return_is_not_negative", condition=Q(principal__gte=0, interest__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.overpayment_id}: {self.principal}"
