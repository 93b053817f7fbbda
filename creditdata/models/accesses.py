"""The access log (CRD-77-c): what the audit's events tell of access to data of subjects, found by subject."""

from typing import Self

from django.db import models
from django.db.models import Q

from crm_portal.audit.labels import OUTCOME
from crm_portal.audit.models import AuditEvent
from crm_portal.audit.rules.outcomes import Outcome

from .. import control_words
from .licensees import Licensee
from .scoped import ScopedQuerySet
from .subjects import DataSubject


class AccessLogQuerySet(ScopedQuerySet["AccessLog"]):
    def of_subject_hash(self, number_hash: bytes) -> Self:
        """Every access to the data of one person, whichever licensee's row it was."""
        return self.filter(subject_hash=number_hash)

    def of_registrar(self) -> Self:
        """What the Registrar's people opened that is no licensee's."""
        rows = self.filter(licensee=None)
        rows.is_scoped = True
        return rows


class AccessLog(models.Model):
    """
    One access to one subject, or to none in particular, as its audit event tells it.

    The event is sealed into the audit's chain and holds the same values; a trigger compares them when a row is
    written, and neither can be changed afterwards, so that the chain vouches for both (0004).
    """

    event = models.ForeignKey(
        AuditEvent, on_delete=models.DO_NOTHING, db_constraint=False, related_name="accesses"
    )  # named without a constraint, as the chain names it: the trigger sees that it is there
    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, null=True, related_name="accesses")
    subject = models.ForeignKey(
        DataSubject, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="accesses"
    )  # it outlives a purged subject
    subject_hash = models.BinaryField(max_length=32, null=True)  # `number_hash`, also of one who is not known here
    at = models.DateTimeField()
    principal = models.CharField(max_length=200)  # the person, or the task or token by its name
    purpose = models.CharField(
        max_length=24, choices=control_words.ACCESS_PURPOSE, blank=True
    )  # empty: refused for want of it
    reference = models.CharField(max_length=120, blank=True)  # of the request that the access serves
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64, blank=True)
    fields_class = models.CharField(max_length=24, choices=control_words.FIELDS_CLASS)
    result = models.CharField(max_length=8, choices=OUTCOME)
    code = models.CharField(max_length=40, blank=True)  # of a refusal

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "subject_hash"], name="access_told_once", nulls_distinct=False),
            models.CheckConstraint(name="access_by_a_named_principal", condition=~Q(principal="")),
            models.CheckConstraint(
                name="access_has_a_purpose_or_was_refused", condition=~Q(purpose="") | Q(result=Outcome.REFUSED.value)
            ),
        ]
        indexes = [
            models.Index(fields=["subject_hash", "-at"], name="access_of_subject"),
            models.Index(fields=["licensee", "-at"], name="access_of_licensee"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.principal} {self.object_type}"
