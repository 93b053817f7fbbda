"""
The working register: what a licensee holds about a subject now, one typed table for each kind (CRD-0-a).

A row here is computed from originals and entries, and can be computed anew from them (CRD-74-b). `Record` holds what
all kinds have; the tables beside it hold exactly the fields of the specification's table.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models
from django.db.models import F, Q

from .. import labels
from ..rules.codes import CreditLineLevel, JudgmentNature, LoanLevel, RecordKind
from .licensees import Licensee
from .scoped import ScopedManager, ScopedQuerySet
from .sources import SourceOrganisation
from .subjects import DataSubject


class RecordQuerySet(ScopedQuerySet["Record"]):
    def active(self) -> "RecordQuerySet":
        """Those that were not cancelled; only these reach a report (CRD-0-j)."""
        return self.filter(cancelled_at__isnull=True)


class Record(models.Model):
    """One datum about a subject, from its first acceptance on."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32, choices=labels.RECORD_KIND)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="records")
    source = models.ForeignKey(SourceOrganisation, on_delete=models.PROTECT, related_name="records")
    key_hash = models.BinaryField(max_length=32)  # keyed, of the natural key (CRD-0-i)
    content_hash = models.BinaryField(max_length=32)  # keyed, of the content without its as-of
    as_of = models.DateField(null=True, blank=True)  # the newest one stated
    made_available_on = models.DateField()
    received_on = models.DateField()  # when the licensee received it, shown beside every datum (CRD-43-a)
    retain_until = models.DateField()  # CRD-0-e
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(RecordQuerySet)()

    class Meta:
        ordering = ["subject", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(  # CRD-0-s
                fields=["licensee", "key_hash"], name="record_once_for_its_key", condition=Q(cancelled_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["licensee", "subject", "kind"], name="record_of_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Detail(models.Model):
    """The fields of one kind."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="%(class)s")

    objects = ScopedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.record_id}"


class ReceivingOrder(Detail):
    """Regulations 2 and 3."""

    court_name = models.CharField(max_length=120)
    case_number = models.CharField(max_length=40)
    order_date = models.DateField()


class BankruptcyUpdate(Detail):
    """Regulation 4: what followed a receiving order, which itself stays."""

    order = models.ForeignKey(ReceivingOrder, on_delete=models.PROTECT, related_name="updates")
    court_name = models.CharField(max_length=120)
    case_number = models.CharField(max_length=40)
    event_type = models.CharField(max_length=24, choices=labels.BANKRUPTCY_EVENT)
    event_date = models.DateField()


class ExecutionFile(Detail):
    """What judgment and note files have in common (regulation 8)."""

    office = models.CharField(max_length=80)
    file_number = models.CharField(max_length=40)
    opened_on = models.DateField()

    class Meta:
        abstract = True


class JudgmentFile(ExecutionFile):
    """Regulations 6 to 8; a judgment for maintenance is never one (CRD-6-a)."""

    judgment_nature = models.CharField(max_length=12, choices=labels.JUDGMENT_NATURE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="judgment_is_not_for_maintenance", condition=~Q(judgment_nature=JudgmentNature.MAINTENANCE.value)
            ),
        ]


class NoteFile(ExecutionFile):
    """Regulations 6 to 8."""


class FileConsolidation(Detail):
    """Regulation 10."""

    office = models.CharField(max_length=80)
    consolidation_number = models.CharField(max_length=40)
    opened_on = models.DateField()


class ConsolidatedFile(models.Model):
    """The number of one file of a consolidation (CRD-10-a)."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="+")
    consolidation = models.ForeignKey(FileConsolidation, on_delete=models.CASCADE, related_name="files")
    file_number = models.CharField(max_length=40)

    objects = ScopedManager()

    class Meta:
        ordering = ["consolidation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consolidation", "file_number"], name="file_once_in_a_consolidation"),
        ]

    def __str__(self) -> str:
        return self.file_number


class LimitedMeansDebtor(Detail):
    """Regulation 9; with a consolidation's number only where one was ordered (CRD-9-b)."""

    office = models.CharField(max_length=80)
    file_number = models.CharField(max_length=40)
    consolidation_number = models.CharField(max_length=40, blank=True)
    declared_on = models.DateField()


class BoiRestriction(Detail):
    """Regulations 12 to 15."""

    restriction_type = models.CharField(max_length=24, choices=labels.RESTRICTION_TYPE)
    start_date = models.DateField()
    end_date = models.DateField()
    base_event = models.CharField(max_length=24, choices=labels.BASE_EVENT)  # from which 60 days ran (CRD-13-b)

    class Meta:
        constraints = [
            models.CheckConstraint(name="restriction_ends_after_it_starts", condition=Q(end_date__gt=F("start_date"))),
        ]


class ChequeRefusalWarning(Detail):
    """Regulations 16 and 17."""

    sent_on = models.DateField()


class IntendedProceedingsWarning(Detail):
    """Regulations 18 to 20."""

    sent_on = models.DateField()


class AuthorisedDebt(Detail):
    """Regulation 21: that there is a debt, and the day it arose; no sum and no reason."""

    debt_reference = models.CharField(max_length=80)  # technical: equal references are one debt
    arose_on = models.DateField()


class OccupationRestriction(Detail):
    """Regulations 22 to 24."""

    court_name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=labels.RESTRICTED_ROLE)
    order_date = models.DateField()
    nature = models.CharField(max_length=400)
    end_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="occupation_restriction_ends_not_before_its_order",
                condition=Q(end_date__gte=F("order_date")),
            ),
        ]


class Loan(Detail):
    """Regulations 25, 26, 37: the level, never the amount (CRD-25-b)."""

    facility_reference = models.CharField(max_length=80)  # technical
    granted_on = models.DateField()
    repayable_on = models.DateField()
    payment_frequency = models.CharField(max_length=40)
    level = models.CharField(max_length=16, choices=labels.LOAN_LEVEL)

    class Meta:
        constraints = [
            models.CheckConstraint(name="loan_level_is_known", condition=Q(level__in=[str(one) for one in LoanLevel])),
            models.CheckConstraint(
                name="loan_is_repaid_after_it_was_granted", condition=Q(repayable_on__gt=F("granted_on"))
            ),
        ]


class CreditLine(Detail):
    """Regulations 25, 26, 37."""

    facility_reference = models.CharField(max_length=80)  # technical
    given_on = models.DateField()  # latest
    level = models.CharField(max_length=16, choices=labels.CREDIT_LINE_LEVEL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="line_level_is_known", condition=Q(level__in=[str(one) for one in CreditLineLevel])
            ),
        ]


DETAILS: Mapping[RecordKind, type[Detail]] = MappingProxyType(
    {
        RecordKind.RECEIVING_ORDER: ReceivingOrder,
        RecordKind.BANKRUPTCY_UPDATE: BankruptcyUpdate,
        RecordKind.JUDGMENT_FILE: JudgmentFile,
        RecordKind.NOTE_FILE: NoteFile,
        RecordKind.FILE_CONSOLIDATION: FileConsolidation,
        RecordKind.LIMITED_MEANS_DEBTOR: LimitedMeansDebtor,
        RecordKind.BOI_RESTRICTION: BoiRestriction,
        RecordKind.CHEQUE_REFUSAL_WARNING: ChequeRefusalWarning,
        RecordKind.INTENDED_PROCEEDINGS_WARNING: IntendedProceedingsWarning,
        RecordKind.AUTHORISED_DEBT: AuthorisedDebt,
        RecordKind.OCCUPATION_RESTRICTION: OccupationRestriction,
        RecordKind.LOAN: Loan,
        RecordKind.CREDIT_LINE: CreditLine,
    }
)


def columns_of(kind: RecordKind) -> tuple[str, ...]:
    """The columns of a kind's own fields."""
    return tuple(
        field.attname
        for field in DETAILS[kind]._meta.concrete_fields
        if field.attname not in ("record_id", "licensee_id")
    )
