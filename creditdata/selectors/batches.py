"""The batches of a licensee, and the rows of one with what was wrong with each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from crm_portal.errors import Code
from crm_portal.sentences import SENTENCES

from .. import labels
from ..models import IntakeBatch, IntakeRow, Licensee, SourceOrganisation, SupplyLate
from ..rules.codes import RowStatus
from ..rules.reasons import Reason

_REASONS = frozenset(Reason)
NOT_TAKEN = (RowStatus.REJECTED, RowStatus.NEEDS_REVIEW)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a row: the field, the code and its words."""

    field: str
    code: str
    message: Promise


def batches_of(licensee: Licensee) -> QuerySet[IntakeBatch]:
    """Its batches, the newest first."""
    return IntakeBatch.objects.for_licensee(licensee).select_related("source")


def late_for(licensee: Licensee) -> QuerySet[SupplyLate]:
    """The supplies that it waits for."""
    return SupplyLate.objects.for_licensee(licensee).open().select_related("source")


def every_late() -> QuerySet[SupplyLate]:
    """Those of all licensees, for the Registrar; the longest overdue first."""
    return SupplyLate.objects.of_every_licensee().open().select_related("source", "licensee").order_by("due_on", "pk")


def suppliers_of(licensee: Licensee, today: object) -> QuerySet[SourceOrganisation]:
    """The sources with an agreement in force."""
    open_ended = Q(agreements__until_on__isnull=True) | Q(agreements__until_on__gte=today)
    return SourceOrganisation.objects.filter(
        open_ended, agreements__licensee=licensee, agreements__from_on__lte=today
    ).distinct()


def rows_in(batch: IntakeBatch, status: RowStatus | None = None) -> QuerySet[IntakeRow]:
    """The rows of a batch in their order, of one status or of all; what they hold stays encrypted."""
    rows = IntakeRow.objects.for_licensee(batch.licensee_id).filter(batch=batch).order_by("number")
    return rows if status is None else rows.filter(status=status.value)


def problems_of(row: IntakeRow) -> list[Problem]:
    """What was wrong with a row, in words."""
    return [Problem(name, code, _message(code)) for name, code in row.problems]


def not_taken(batch: IntakeBatch, limit: int) -> Iterator[tuple[IntakeRow, list[Problem]]]:
    """The rows that were rejected or wait, with their reasons."""
    rows = rows_in(batch).filter(status__in=[status.value for status in NOT_TAKEN]).select_related("subject")
    for row in rows[:limit]:
        yield row, problems_of(row)


def _message(code: str) -> Promise:
    return labels.REASON[Reason(code)] if code in _REASONS else SENTENCES[Code(code)]
