"""Dual control: who the persons behind accounts are, what was proposed, and from what a licensee is exempt."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from crm_portal.people.labels import ROLE

from .. import control_words, labels
from ..rules.codes import ProposalState
from ..rules.vital import Operation
from .licensees import Licensee
from .scoped import ScopedQuerySet

_P = ProposalState
PERSON_BYTES = 32


class StaffPerson(models.Model):
    """The person behind an account, by the keyed hash of his identity number. Append-only; accounts may share one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff_person")
    person = models.BinaryField(max_length=PERSON_BYTES)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person"], name="accounts_of_person")]

    def __str__(self) -> str:
        return f"{self.user_id}"


class ProposalQuerySet(ScopedQuerySet["DualControlProposal"]):
    def of_place(self, licensee: Licensee | int | None) -> Self:
        """The proposals of a licensee, or with None those that the Registrar's people make."""
        if licensee is not None:
            return self.for_licensee(licensee)
        rows = self.filter(licensee=None)
        rows.is_scoped = True
        return rows

    def waiting(self) -> Self:
        return self.filter(state=_P.PROPOSED.value)

    def run_out(self, at: datetime) -> Self:
        """Those that wait though their time is over, of every place: for the timer."""
        return self.of_every_licensee().waiting().filter(expires_at__lte=at)


class DualControlProposal(models.Model):
    """
    A vital operation that one person proposed, and what another said to it (CRD-77-a).

    Triggers let nobody touch what was proposed nor anything once it is settled, compare the persons with those behind
    the accounts, and keep the text to its hash (0004).
    """

    operation = models.CharField(max_length=24, choices=control_words.OPERATION)
    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, null=True, related_name="proposals")
    payload_text = models.TextField()  # canonical; rules.vital
    payload_hash = models.CharField(max_length=64)
    reasons = models.TextField()
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposer_person = models.BinaryField(max_length=PERSON_BYTES)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=labels.PROPOSAL_STATE, default=_P.PROPOSED.value)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approver_person = models.BinaryField(max_length=PERSON_BYTES, null=True)
    exemption = models.ForeignKey("Exemption", on_delete=models.PROTECT, null=True, related_name="used_by")
    decided_at = models.DateTimeField(null=True)  # approved and carried out, rejected, withdrawn or expired
    decision_reasons = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_is_approved_from_another_account",
                condition=Q(approver__isnull=True) | ~Q(approver=F("proposer")),
            ),
            models.CheckConstraint(
                name="proposal_is_approved_by_another_person",
                condition=Q(approver_person__isnull=True) | ~Q(approver_person=F("proposer_person")),
            ),
            models.CheckConstraint(
                name="proposal_approver_is_a_person",
                condition=Q(approver__isnull=True, approver_person__isnull=True)
                | Q(approver__isnull=False, approver_person__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_is_carried_out_by_two_or_exempt",
                condition=~Q(state=_P.EXECUTED.value)
                | Q(approver__isnull=False, exemption__isnull=True)
                | Q(approver__isnull=True, exemption__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_is_rejected_with_reasons",
                condition=~Q(state=_P.REJECTED.value) | Q(approver__isnull=False) & ~Q(decision_reasons=""),
            ),
            models.CheckConstraint(
                name="proposal_is_settled_at_an_instant",
                condition=Q(state=_P.PROPOSED.value, decided_at__isnull=True, approver__isnull=True)
                | ~Q(state=_P.PROPOSED.value) & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_is_decided_in_time",
                condition=~Q(state__in=[_P.EXECUTED.value, _P.REJECTED.value]) | Q(decided_at__lt=F("expires_at")),
            ),
            models.CheckConstraint(name="proposal_has_reasons", condition=~Q(reasons="")),
            models.UniqueConstraint(  # the hash covers the place
                fields=["payload_hash"], name="proposal_waits_once", condition=Q(state=_P.PROPOSED.value)
            ),
        ]
        indexes = [
            models.Index(fields=["licensee", "-proposed_at"], name="proposal_of_place"),
            models.Index(fields=["expires_at"], name="proposal_runs_out", condition=Q(state=_P.PROPOSED.value)),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.pk}"


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def in_force(self, day: date) -> Self:
        """Those of a day, their last day included."""
        return self.filter(valid_from__lte=day, valid_until__gte=day)

    def freeing(self, operation: Operation) -> Self:
        """Those by which one person may carry the operation out."""
        return self.filter(operations__contains=[operation.value])


class Exemption(models.Model):
    """The Registrar's exemption of a licensee, never from the access log (CRD-77-d). Append-only."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="exemptions")
    operations = ArrayField(models.CharField(max_length=24, choices=control_words.OPERATION), default=list, blank=True)
    from_compartments = models.BooleanField(default=False)
    reasons = models.TextField()
    substitute_duties = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField()  # the last day
    proposal = models.OneToOneField(DualControlProposal, on_delete=models.PROTECT, related_name="made_exemption")

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(name="exemption_has_reasons", condition=~Q(reasons="") & ~Q(substitute_duties="")),
            models.CheckConstraint(
                name="exemption_ends_not_before_it_begins", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="exemption_has_a_scope",
                condition=Q(from_compartments=True) | Q(operations__len__gt=0),
            ),
            models.CheckConstraint(
                name="exemption_never_of_exemptions", condition=~Q(operations__contains=[Operation.EXEMPT.value])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licensee_id}: {self.valid_from} - {self.valid_until}"


class CompartmentRule(models.Model):
    """Roles that one person may not hold together (CRD-77-b); shipped are those of 12.1."""

    code = models.CharField(max_length=120, unique=True)  # the roles in order, "a+b"
    roles = ArrayField(models.CharField(max_length=32, choices=ROLE))
    why = models.CharField(max_length=24, choices=control_words.COMPARTMENT_RULE)
    within_one = models.BooleanField(default=True)  # organisation; else wherever they are held

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="compartment_rule_is_a_set", condition=Q(roles__len__gte=2)),
        ]

    def __str__(self) -> str:
        return self.code
