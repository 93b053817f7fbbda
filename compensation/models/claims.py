"""The claim: the aggregate that is locked before anything about it is decided."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from crm_portal.files.models import StoredFile

from .. import labels
from ..rules.codes import CLOCK_RUNS, TO_BE_PAID, ClaimState
from .claimants import Claimant

_NOT_FILED = [ClaimState.DRAFT.value, ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value, ClaimState.WITHDRAWN.value]
_CLOCK_RUNS = sorted(state.value for state in CLOCK_RUNS)
_TO_BE_PAID = sorted(state.value for state in TO_BE_PAID)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def submitted(self) -> "ClaimQuerySet":
        """All but drafts."""
        return self.exclude(state=ClaimState.DRAFT.value)

    def running(self) -> "ClaimQuerySet":
        """Filed and not yet decided."""
        return self.filter(state__in=_CLOCK_RUNS)

    def decision_overdue(self, today: date) -> "ClaimQuerySet":
        """Their time to decide is over and does not stand still (CMP-8.4.1-c)."""
        return self.running().filter(decision_due_on__lt=today, clock_stopped_on__isnull=True)


class Claim(models.Model):
    """One claim of one claimant on one track, from the first saved step to the last shekel."""

    number = models.CharField(max_length=20, unique=True)  # "NA-2023-04417"
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="claims")
    track = models.CharField(max_length=24, choices=labels.TRACK, blank=True)  # empty: not yet chosen
    regime = models.CharField(max_length=20, choices=labels.REGIME, blank=True)  # CMP-2.2-a
    regime_chosen_at = models.DateTimeField(null=True, blank=True)
    regime_declaration = models.TextField(blank=True)  # the text that was declared
    kind = models.CharField(max_length=24, choices=labels.CLAIMANT_KIND, blank=True)
    flags = ArrayField(models.CharField(max_length=24, choices=labels.CLAIMANT_FLAG), default=list, blank=True)
    business_town = models.CharField(max_length=80, blank=True)  # canonical names
    registered_town = models.CharField(max_length=80, blank=True)
    has_branches = models.BooleanField(null=True)  # yes or no, no default (CMP-2.6-i)
    # What the claimant says, in the shape of the engine's inputs: {"figures": {...}, "facts": {...}, ...}.
    answers = models.JSONField(default=dict, blank=True)
    step = models.CharField(max_length=20, blank=True)  # where the wizard goes on
    declares_causation = models.BooleanField(default=False)  # CMP-1.8-b
    declares_wages_paid = models.BooleanField(null=True)  # CMP-2.5-a
    aid_plan_claim_no = models.CharField(max_length=40, blank=True)  # CMP-2.6-g
    eligibility_check = models.ForeignKey(  # the approved exception that it is filed under (CMP-2.1-b)
        "compensation.EligibilityCheckRequest", on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )

    state = models.CharField(max_length=40, choices=labels.CLAIM_STATE, default=ClaimState.DRAFT.value)
    state_since = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)  # the window is tested on it (CMP-3.4.2-d)
    filed_on = models.DateField(null=True, blank=True)  # complete; every clock starts here
    submission_key = models.CharField(max_length=64, blank=True)  # a double click files once

    claimed_amount = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)  # ILS (CMP-1.8-a)
    computed_amount = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)  # of the review
    determined_amount = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)  # as decided last
    needs_manual_review = models.BooleanField(default=False)  # never approved by the machine alone (CMP-1.7-a)

    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="claims_reviewed"
    )
    causation = models.CharField(max_length=12, choices=labels.CAUSATION, blank=True)
    causation_reasons = models.TextField(blank=True)
    proposed_amount = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)
    proposed_reasons = models.TextField(blank=True)  # of the decision that waits for approval
    proposed_gaps = models.JSONField(default=list, blank=True)  # [{"reason", "amount", "text"}] (CMP-8.5.3-a)

    # Deadlines, moved together whenever the clock stops, goes on or is extended.
    decision_due_on = models.DateField(null=True, blank=True)  # 8 months (CMP-8.4.1-a)
    advance_60_due_on = models.DateField(null=True, blank=True)  # 21 days (CMP-8.4.3-b)
    advance_10_due_on = models.DateField(null=True, blank=True)  # 150 days (CMP-8.4.4-a)
    clock_stopped_on = models.DateField(null=True, blank=True)  # since when details are outstanding (CMP-8.4.2-a)
    decided_at = models.DateTimeField(null=True, blank=True)
    pay_by_on = models.DateField(null=True, blank=True)  # 14 days (CMP-8.4.3-a)
    version = models.PositiveIntegerField(default=1)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(  # CMP-2.1-a; the exceptions of CMP-2.1-b are filed under an approved check
                fields=["claimant"],
                name="claim_on_one_track",
                condition=Q(submitted_at__isnull=False, eligibility_check__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["claimant", "track", "eligibility_check"],
                name="claim_once_under_a_check",
                condition=Q(submitted_at__isnull=False, eligibility_check__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["claimant", "submission_key"],
                name="claim_filed_once_a_click",
                condition=~Q(submission_key=""),
            ),
            models.CheckConstraint(
                name="claim_clocks_start_with_its_filing",
                condition=Q(state__in=_NOT_FILED) | Q(filed_on__isnull=False, decision_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_has_a_track_and_an_amount_once_submitted",
                condition=Q(submitted_at__isnull=True) | (~Q(track="") & Q(claimed_amount__isnull=False)),
            ),
            models.CheckConstraint(
                name="claim_amounts_are_not_negative",
                condition=Q(claimed_amount__isnull=True) | Q(claimed_amount__gte=0),
            ),
            models.CheckConstraint(
                name="claim_details_requested_exactly_while_the_clock_stands",
                condition=~Q(state="DETAILS_REQUESTED") | Q(clock_stopped_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["decision_due_on", "id"], name="claim_decision_due", condition=Q(state__in=_CLOCK_RUNS)
            ),
            models.Index(fields=["advance_60_due_on"], name="claim_advance_60", condition=Q(state__in=_CLOCK_RUNS)),
            models.Index(fields=["advance_10_due_on"], name="claim_advance_10", condition=Q(state__in=_CLOCK_RUNS)),
            models.Index(fields=["pay_by_on"], name="claim_pay_by", condition=Q(state__in=_TO_BE_PAID)),
            models.Index(fields=["clerk", "state"], name="claim_of_clerk"),
            models.Index(fields=["track", "state"], name="claim_track_state"),
            models.Index(fields=["business_town", "state"], name="claim_town_state"),
        ]

    def __str__(self) -> str:
        return self.number


class Branch(models.Model):
    """A branch of the business (CMP-2.6-i), and in a whole-red claim its own computation (CMP-2.6-j)."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="branches")
    name = models.CharField(max_length=120)
    town = models.CharField(max_length=80)  # canonical name
    legal_basis = models.CharField(max_length=20, choices=labels.REGIME, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)  # the manager's, per branch

    class Meta:
        verbose_name_plural = "branches"
        constraints = [models.UniqueConstraint(fields=["claim", "name", "town"], name="branch_listed_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"


class ClaimHistory(models.Model):
    """One thing that happened to a claim. A migration makes it append-only (section 8.5)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="history")
    at = models.DateTimeField()
    event = models.CharField(max_length=40)  # the transition's id, or what was done without one
    from_state = models.CharField(max_length=40, choices=labels.CLAIM_STATE, blank=True)
    to_state = models.CharField(max_length=40, choices=labels.CLAIM_STATE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "claim history"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["claim", "at", "id"], name="claim_history_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.event} {self.to_state}"


class Computation(models.Model):
    """What the rules answered, with every input and step. A migration makes it append-only (CMP-4.6-ag)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="computations")
    version = models.PositiveIntegerField()
    is_claimants = models.BooleanField()  # on the claimant's own figures; otherwise the clerk's
    rule_version = models.CharField(max_length=40)  # `Programme.version` of the rules
    track = models.CharField(max_length=24, choices=labels.TRACK)
    inputs = models.JSONField()
    result = models.JSONField()  # as `assess` prints it, the steps in both languages among it
    amount = models.DecimalField(max_digits=12, decimal_places=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["claim", "version"], name="computation_version_once")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.version}"


class ClaimDocument(models.Model):
    """A file that a claimant uploaded for a line of the checklist, or on demand (CMP-4.7.2-g)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="documents")
    requirement = models.CharField(max_length=60)  # key of `rules.documents`; "on_demand" otherwise
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    is_certified = models.BooleanField(default=False)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="claim_document")
    details_request = models.ForeignKey(
        "compensation.DetailsRequest", on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    accepted = models.BooleanField(null=True)  # the clerk's mark; empty: not looked at
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)  # from a draft; the file stays

    class Meta:
        ordering = ["uploaded_at", "id"]
        indexes = [models.Index(fields=["claim", "requirement"], name="document_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.requirement}"
