"""What is asked before or beside a claim: an eligibility check, more time to file."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm_portal.files.models import StoredFile

from .. import labels
from ..rules.codes import RequestState
from ..rules.fixed_costs import AidPlanClaim
from .claimants import Claimant


class EligibilityCheckRequest(models.Model):
    """A request that opens a track for a branch or an employee (CMP-2.1-b); a clerk grants or refuses it."""

    PENDING, GRANTED, REFUSED = "PENDING", "GRANTED", "REFUSED"

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="eligibility_checks")
    ground = models.CharField(max_length=24, choices=labels.CHECK_GROUND)
    track = models.CharField(max_length=24, choices=labels.TRACK)
    town = models.CharField(max_length=80)  # of the branch, or where the employee lives
    employee_id_number = models.CharField(max_length=9, blank=True)
    aid_plan_claim_no = models.CharField(max_length=40, blank=True)  # the claim that it is filed beside (CMP-2.6-g)
    aid_plan_claim = models.CharField(max_length=12, choices=labels.AID_PLAN_CLAIM, blank=True)
    drop_rate = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)  # known when it is approved
    text = models.TextField()
    state = models.CharField(max_length=12, choices=labels.REQUEST_STATE, default=PENDING)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)

    class Meta:
        ordering = ["requested_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="check_is_decided_by_somebody",
                condition=Q(state="PENDING", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="PENDING") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.UniqueConstraint(  # one top-up for an employee and a claim (CMP-2.6-l)
                fields=["claimant", "employee_id_number", "aid_plan_claim_no"],
                name="top_up_once_for_an_employee",
                condition=Q(ground="top_up") & ~Q(state="REFUSED"),
            ),
            models.CheckConstraint(
                name="drop_rate_is_a_fraction",
                condition=Q(drop_rate__isnull=True) | Q(drop_rate__gte=0, drop_rate__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id}: {self.ground} {self.track}"

    @property
    def is_top_up(self) -> bool:
        """Whether it opens a wage top-up beside a claim under the Aid Plan Law (CMP-2.6-l)."""
        return self.ground == "top_up"

    @property
    def waits_for_rate(self) -> bool:
        """Whether the claim under the Aid Plan Law is not decided yet (CMP-2.6-m)."""
        return self.is_top_up and self.aid_plan_claim in {"", AidPlanClaim.PENDING.value}


class FilingExtension(models.Model):
    """More time to file, asked by one claimant; what is granted opens the wizard for him alone (clause 8.2)."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="filing_extensions")
    reason = models.TextField()
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    wanted_until = models.DateField()
    is_late = models.BooleanField()  # asked after the last day: the manager's separate permission (CMP-8.2-b)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=labels.REQUEST_STATE, default=RequestState.PENDING.value)
    granted_until = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reasons = models.TextField(blank=True)

    class Meta:
        ordering = ["requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claimant"], name="extension_waits_once", condition=Q(state=RequestState.PENDING.value)
            ),
            models.CheckConstraint(
                name="extension_is_granted_until_a_day_by_somebody",
                condition=(
                    Q(state="PENDING", decided_by__isnull=True, granted_until__isnull=True)
                    | Q(state="REFUSED", decided_by__isnull=False, granted_until__isnull=True)
                    | Q(state="GRANTED", decided_by__isnull=False, granted_until__isnull=False)
                ),
            ),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="filing_extension_by_state")]

    def __str__(self) -> str:
        return f"{self.claimant_id}: {self.state}"
