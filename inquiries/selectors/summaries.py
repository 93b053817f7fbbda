"""The figures of one inquiry's summary report; the times come from its timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from .. import labels
from ..models import Activity, Attachment, Inquiry, Message, StatusHistory
from ..rules.codes import AttachmentDirection, HistoryEvent, Side
from .moments import Moment


@dataclass(frozen=True, slots=True)
class Summary:
    """How much was done on an inquiry, and when it was first answered."""

    messages_in: int
    messages_out: int
    files_in: int
    files_out: int
    activities: Sequence[tuple[str, int]]  # by kind, in words
    assignments: int
    forwardings: int
    triplet_changes: int
    reactivations: int
    first_answer_at: datetime | None
    first_answer_after: timedelta | None  # business time from opening


def summary_of(inquiry: Inquiry, now: Moment) -> Summary:
    """Count in a fixed number of queries."""
    messages = dict(_counted(Message.objects.filter(inquiry=inquiry), "side"))
    files = dict(_counted(Attachment.objects.filter(inquiry=inquiry), "direction"))
    activities = dict(_counted(Activity.objects.filter(inquiry=inquiry), "kind"))
    events = dict(_counted(StatusHistory.objects.filter(inquiry=inquiry), "event"))
    answers = Message.objects.filter(inquiry=inquiry, side=Side.EMPLOYEE.value)
    first = answers.order_by("sent_at", "id").values_list("sent_at", flat=True).first()
    waited = None
    if first is not None and inquiry.opened_at is not None:
        waited = now.authority.elapsed(inquiry.opened_at, first)
    return Summary(
        messages_in=messages.get(Side.CUSTOMER.value, 0),
        messages_out=messages.get(Side.EMPLOYEE.value, 0),
        files_in=files.get(AttachmentDirection.INBOUND.value, 0),
        files_out=files.get(AttachmentDirection.OUTBOUND.value, 0),
        activities=[(str(words), activities[kind]) for kind, words in labels.ACTIVITY_KIND if kind in activities],
        assignments=events.get(HistoryEvent.ASSIGNMENT.value, 0),
        forwardings=events.get(HistoryEvent.FORWARD.value, 0),
        triplet_changes=events.get(HistoryEvent.TRIPLET_CHANGE.value, 0),
        reactivations=events.get(HistoryEvent.REACTIVATION.value, 0),
        first_answer_at=first,
        first_answer_after=waited,
    )


def _counted(rows: object, by: str) -> Sequence[tuple[str, int]]:
    return list(rows.order_by().values_list(by).annotate(Count("pk")))  # type: ignore[attr-defined]
