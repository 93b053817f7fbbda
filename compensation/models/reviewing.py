"""What a clerk does to a claim: adjusts, sets a rate, settles findings, requests details that stop the clock."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .claims import Claim


class ManagerAdjustment(models.Model):
    """An amount that neutralises a distortion in one period (CMP-4.6-f)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="adjustments")
    period = models.CharField(max_length=12)  # base or eligibility
    amount = models.DecimalField(max_digits=14, decimal_places=0)  # ILS, signed
    reason = models.CharField(max_length=40)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.period} {self.amount}"


class ManagerRate(models.Model):
    """A saved-expense complement that the manager set, with its reasons; the latest one holds (CMP-4.6-ac)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rates")
    rate = models.DecimalField(max_digits=5, decimal_places=4)
    reasons = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="manager_rate_is_a_fraction", condition=Q(rate__gte=0, rate__lte=1))]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.rate}"


class ReviewFinding(models.Model):
    """Something that must be settled before approval: a hit, a red flag, a difference from a register (CMP-2.3-k)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=60)
    where = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict, blank=True)
    is_blocking = models.BooleanField(default=True)  # red flags only advise (CMP-4.6-f)
    found_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settlement = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "code", "where"], name="finding_once"),
            models.CheckConstraint(
                name="finding_is_settled_by_somebody_with_words",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settlement="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.code}"


class DetailsRequest(models.Model):
    """Details or documents demanded of the claimant (CMP-2.3-c); its clock stop runs from its service."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="details_requests")
    text = models.TextField()
    wanted = models.JSONField(default=list, blank=True)  # keys of the checklist that are asked for
    due_on = models.DateField()  # proposed: 30 days (CMP-4.7.1-a)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    served_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)  # the latest delivery, perhaps partial
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)  # complete, says the clerk
    delivered_on = models.DateField(null=True, blank=True)  # the day of the delivery that completed it

    class Meta:
        ordering = ["requested_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="details_delivered_exactly_when_accepted",
                condition=Q(accepted_at__isnull=True, delivered_on__isnull=True)
                | Q(accepted_at__isnull=False, delivered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.requested_at:%Y-%m-%d}"


class ClockStop(models.Model):
    """Days that do not count: from the service of a request, until the day of delivery (CMP-8.4.2-a)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="stops")
    details_request = models.OneToOneField(DetailsRequest, on_delete=models.PROTECT, null=True, related_name="stop")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # not stopped any more on this day; empty: still

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="stop_ends_not_before_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.from_on}"


class DecisionExtension(models.Model):
    """Further days to decide after details were requested, together 30 at most (CMP-8.4.1-b)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="extension_of_a_day_at_least", condition=Q(days__gte=1))]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.days}"
