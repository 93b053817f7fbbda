"""Original information, as it was received, and the entries that are written beside it (CRD-74-a, 74-b)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm_portal.ciphers import decrypt

from .. import labels
from .insert_only import InsertOnly
from .intake import ROW, IntakeBatch, IntakeRow
from .licensees import Licensee
from .records import Record
from .sources import SourceOrganisation


class OriginalRecord(InsertOnly):
    """
    One accepted row, for good. Each is chained to the one before it at the same licensee (`rules.chain`).

    Its content is the ciphertext that its row holds, so that the chain tells nothing to who cannot decrypt.
    """

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()  # 1, 2, 3, ... at each licensee
    row = models.OneToOneField(IntakeRow, on_delete=models.PROTECT, related_name="original")
    batch = models.ForeignKey(IntakeBatch, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(SourceOrganisation, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="originals")
    kind = models.CharField(max_length=32, choices=labels.RECORD_KIND)
    event = models.CharField(max_length=8, choices=labels.ROW_EVENT)
    as_of = models.DateField(null=True)
    made_available_on = models.DateField()
    received_at = models.DateTimeField()
    retain_until = models.DateField()
    content = models.BinaryField()
    row_hash = models.BinaryField(max_length=32)
    link_hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["licensee", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["licensee", "sequence"], name="original_once_in_the_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.licensee_id}: {self.sequence}"

    @property
    def text(self) -> str:
        """The content in clear, for who may see it."""
        return decrypt(self.content, ROW).decode()


class RecordEntry(InsertOnly):
    """What happened to a record after its first original; it points to what it follows."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="entries")
    type = models.CharField(max_length=16, choices=labels.ENTRY_TYPE)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    row = models.ForeignKey(IntakeRow, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    payload = models.JSONField(default=dict, blank=True)  # what holds from here on: dates, changed values
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    actor = models.ForeignKey(  # empty: the source's own supply
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["record", "pk"]
        constraints = [
            models.CheckConstraint(
                name="entry_comes_from_a_row_or_from_somebody_with_a_reason",
                condition=Q(row__isnull=False, actor__isnull=True) | (Q(actor__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="entry_is_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("actor")),
            ),
        ]
        indexes = [models.Index(fields=["record", "id"], name="entry_of_record")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.type}"


class ChainCheck(InsertOnly):
    """One nightly check of a licensee's chain: how far it reached, and every fault (CRD-74-a)."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sequence = models.PositiveBigIntegerField()  # of the newest original
    link_hash = models.BinaryField(max_length=32)
    faults = models.JSONField(default=list, blank=True)  # [sequence, fault] each, the first ones
    fault_count = models.PositiveIntegerField(default=0)  # a candidate for a serious defect (CRD-80-a)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["licensee", "-at"], name="chain_check_of_licensee")]

    def __str__(self) -> str:
        return f"{self.licensee_id}: {self.sequence}"
