"""Advances on account of compensation: the ones before a claim (7.3) and the ones that time gives (8.4.3, 8.4.4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .. import labels
from ..rules.codes import AdvanceKind, AdvanceState
from .claimants import Claimant
from .claims import Claim
from .payments import Payment
from .programmes import Programme

WAITING = [AdvanceState.PROPOSED.value, AdvanceState.ESCALATED.value]
GIVEN = [AdvanceState.CONFIRMED.value, AdvanceState.PAID.value]
_WITH_AN_AMOUNT = [*WAITING, *GIVEN]


class AdvanceCampaign(models.Model):
    """A month for which advances before a claim can be asked; without dates it is closed (CMP-7.3.8-a, 7.3.9-a)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="campaigns")
    month = models.DateField()  # its first day
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day
    closed_at = models.DateTimeField(null=True, blank=True)  # the timer said so

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "month"], name="campaign_once_a_month"),
            models.CheckConstraint(
                name="campaign_is_open_from_a_day_until_a_day",
                condition=Q(opens_on__isnull=True, closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_on"], name="campaign_to_close", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"


class Advance(models.Model):
    """What every advance has: an amount that somebody proposes, another confirms, and a payment that pays it once."""

    state = models.CharField(max_length=12, choices=labels.ADVANCE_STATE)
    amount = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)  # ILS, gross
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reasons = models.TextField(blank=True)  # of a changed base, or of a refusal
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class AdvanceRequest(Advance):
    """A notice of damage and the request for an advance before a claim, in one form (CMP-7.3.3-a)."""

    WAR_DAMAGE, UNUSABLE_ASSET = "WAR_DAMAGE", "UNUSABLE_ASSET"

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="advance_requests")
    campaign = models.ForeignKey(AdvanceCampaign, on_delete=models.PROTECT, related_name="requests")
    town = models.CharField(max_length=80)  # canonical name
    cause = models.CharField(max_length=16, choices=labels.DAMAGE_CAUSE)  # which of the two (CMP-7.3.1-a)
    damage = models.TextField()
    needs_manual_review = models.BooleanField(default=False)  # in annex D and not in E (CMP-7.3.4-a)
    undertakes_to_file = models.BooleanField()  # CMP-7.3.6-a
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)  # of the amount: no formula is printed (CMP-7.3.10-b)
    unfiled_since = models.DateField(null=True, blank=True)  # the window ended and no claim came (CMP-7.3.6-b)

    class Meta:
        ordering = ["requested_at", "id"]
        constraints = [
            models.UniqueConstraint(  # a refusal bars nothing (CMP-7.3.10-a)
                fields=["claimant", "campaign"],
                name="advance_asked_once_a_campaign",
                condition=~Q(state=AdvanceState.REFUSED.value),
            ),
            models.CheckConstraint(name="advance_asked_with_the_undertaking", condition=Q(undertakes_to_file=True)),
            models.CheckConstraint(
                name="request_has_an_amount_by_a_clerk",
                condition=~Q(state__in=_WITH_AN_AMOUNT) | Q(amount__gt=0, proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="request_is_confirmed_by_another_person",
                condition=~Q(state__in=GIVEN) | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="advance_request_by_state")]

    def __str__(self) -> str:
        return f"{self.claimant_id}: {self.campaign_id}"

    @property
    def payment_key(self) -> str:
        return f"advance-request:{self.pk}"


class AdvanceProposal(Advance):
    """What a timer proposed because no decision came in time; the manager confirms it (CMP-8.4.3-c)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="advance_proposals")
    kind = models.CharField(max_length=12, choices=labels.ADVANCE_KIND)
    share = models.DecimalField(max_digits=5, decimal_places=4)
    provisional_amount = models.DecimalField(max_digits=12, decimal_places=0)  # the engine's
    base = models.DecimalField(max_digits=12, decimal_places=0)  # of the share: the engine's, or the manager's
    paid_before = models.DecimalField(max_digits=12, decimal_places=0)
    proposed_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "kind"], name="advance_proposed_once_a_kind"),
            models.CheckConstraint(name="proposal_is_of_time", condition=~Q(kind=AdvanceKind.PRE_CLAIM.value)),
            models.CheckConstraint(
                name="proposal_is_confirmed_by_somebody",
                condition=~Q(state__in=GIVEN) | Q(decided_by__isnull=False, amount__gt=0),
            ),
            models.CheckConstraint(
                name="advances_stay_within_the_base",
                condition=Q(amount__gte=0) & (Q(amount=0) | Q(amount__lte=F("base") - F("paid_before"))),
            ),
            models.CheckConstraint(
                name="changed_base_has_reasons", condition=Q(base=F("provisional_amount")) | ~Q(decision_reasons="")
            ),
        ]
        indexes = [models.Index(fields=["state", "proposed_at"], name="advance_proposal_by_state")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.kind}"

    @property
    def payment_key(self) -> str:
        return f"advance-proposal:{self.pk}"
