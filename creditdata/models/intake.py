"""What sources sent: batches with their bytes, and the one fate of each row (CRD-0-g, 0-h)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from crm_portal.ciphers import decrypt

from .. import labels
from ..rules.codes import RowEvent, RowStatus
from ..rules.intake import BatchStatus
from .licensees import Licensee
from .scoped import ScopedManager, ScopedQuerySet
from .sources import SourceOrganisation
from .subjects import DataSubject

ROW, BATCH = "creditdata.row", "creditdata.batch"  # the purposes of encryption
_READ = [BatchStatus.DONE.value, BatchStatus.UNREADABLE.value]


class IntakeBatchQuerySet(ScopedQuerySet["IntakeBatch"]):
    def unfinished(self) -> "IntakeBatchQuerySet":
        """Those that a worker has still to read, or to read on."""
        return self.exclude(status__in=_READ)

    def supplies(self) -> "IntakeBatchQuerySet":
        """Those that count as a supply: read to the end, with no row too (CRD-0-d)."""
        return self.filter(status=BatchStatus.DONE.value)


class IntakeBatch(models.Model):
    """One supply of one kind by one source to one licensee."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="batches")
    source = models.ForeignKey(SourceOrganisation, on_delete=models.PROTECT, related_name="batches")
    kind = models.CharField(max_length=32, choices=labels.RECORD_KIND)
    as_of = models.DateField(null=True, blank=True)  # of rows that state none themselves (CRD-0-b)
    made_available_on = models.DateField()
    format = models.CharField(max_length=4, choices=labels.BATCH_FORMAT)
    file = models.CharField(max_length=200)  # storage name; its bytes lie encrypted
    file_name = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)  # of the bytes as they came
    idempotency_key = models.CharField(max_length=80, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    declared_rows = models.PositiveIntegerField(null=True, blank=True)

    status = models.CharField(max_length=12, choices=labels.BATCH_STATUS, default=BatchStatus.RECEIVED.value)
    unreadable_because = models.CharField(max_length=24, choices=labels.UNREADABLE, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    needs_review = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)  # when its worker last gave a sign of life
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(IntakeBatchQuerySet)()

    class Meta:
        ordering = ["-received_at", "pk"]
        constraints = [
            models.UniqueConstraint(  # the same supply again; a later "nothing new" is another one
                fields=["licensee", "source", "kind", "as_of", "made_available_on", "sha256"],
                name="batch_received_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["licensee", "source", "idempotency_key"],
                name="batch_once_for_its_key",
                condition=~Q(idempotency_key=""),
            ),
            models.CheckConstraint(
                name="batch_counters_add_up",
                condition=Q(rows_read=F("accepted") + F("rejected") + F("needs_review") + F("duplicate")),
            ),
            models.CheckConstraint(
                name="batch_is_finished_exactly_when_read",
                condition=Q(status__in=_READ, finished_at__isnull=False)
                | (~Q(status__in=_READ) & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="batch_unreadable_says_why",
                condition=(Q(status=BatchStatus.UNREADABLE.value) & ~Q(unreadable_because=""))
                | (~Q(status=BatchStatus.UNREADABLE.value) & Q(unreadable_because="")),
            ),
        ]
        indexes = [
            models.Index(fields=["licensee", "-received_at"], name="batch_of_licensee"),
            models.Index(fields=["source", "-received_at"], name="batch_of_source"),
            models.Index(fields=["received_at"], name="batch_to_read", condition=~Q(status__in=_READ)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_finished(self) -> bool:
        return self.status in _READ

    @property
    def is_empty_supply(self) -> bool:
        """ "Nothing new": a header and no row."""
        return self.status == BatchStatus.DONE and not self.rows_read

    @property
    def differs_from_declared(self) -> bool:
        """Whether another number of rows was read than the sender declared."""
        return self.is_finished and self.declared_rows is not None and self.declared_rows != self.rows_read


class IntakeRow(models.Model):
    """One row of a batch as it came, and what became of it."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(IntakeBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()  # the first row below the header is 1
    event = models.CharField(max_length=8, choices=labels.ROW_EVENT, default=RowEvent.NEW.value)
    status = models.CharField(max_length=12, choices=labels.ROW_STATUS)
    problems = models.JSONField(default=list, blank=True)  # [field, code] each
    raw_encrypted = models.BinaryField()  # a JSON object of the columns and their text
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="row_once_in_its_batch"),
            models.CheckConstraint(
                name="row_not_taken_says_why",
                condition=(Q(status__in=[RowStatus.REJECTED.value, RowStatus.NEEDS_REVIEW.value]) & ~Q(problems=[]))
                | (Q(status__in=[RowStatus.ACCEPTED.value, RowStatus.DUPLICATE.value]) & Q(problems=[])),
            ),
        ]
        indexes = [models.Index(fields=["batch", "status", "number"], name="row_of_batch_by_status")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"

    @property
    def raw(self) -> str:
        """The row's text, for who may see it."""
        return decrypt(self.raw_encrypted, ROW).decode()
