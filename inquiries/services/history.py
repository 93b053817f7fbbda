"""Write what happened to an inquiry: the history row and the audit row together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from crm_portal.audit.services import recording
from crm_portal.people.models import User

from ..models import Attachment, Inquiry, Message, StatusHistory
from ..rules.codes import HistoryEvent

SYSTEM = "המערכת"  # how the history names who did it when nobody did


@dataclass(frozen=True, slots=True)
class Before:
    """What a history row compares with: the inquiry as it was when it was locked."""

    status: str
    owner_id: int | None
    team_id: int | None
    unit_id: int | None
    triplet_id: int | None

    @classmethod
    def of(cls, inquiry: Inquiry) -> Self:
        return cls(
            inquiry.status,
            inquiry.owner_id,
            inquiry.handling_team_id,
            inquiry.handling_unit_id,
            inquiry.triplet_id,
        )

    def changes(self, after: "Before") -> tuple[dict[str, object], dict[str, object]]:
        """What differs, before and after, for the audit."""
        names = [name for name in self.__slots__ if getattr(self, name) != getattr(after, name)]
        return {n: getattr(self, n) for n in names}, {n: getattr(after, n) for n in names}


def record(
    inquiry: Inquiry,
    event: HistoryEvent,
    *,
    action: str,
    by: User | None,
    at: datetime,
    before: Before,
    note: str = "",
    message: Message | None = None,
    attachment: Attachment | None = None,
    noted_at: datetime | None = None,
) -> StatusHistory:
    """
    Write one history row and its audit row in the open transaction.

    `noted_at` is when it is written down, where that is later than it happened (an import).
    """
    after = Before.of(inquiry)
    was, became = before.changes(after)
    recording.record(action, by=by, at=noted_at or at, target=inquiry, before=was or None, after=became or None)
    return StatusHistory.objects.create(
        inquiry=inquiry,
        at=at,
        event=event.value,
        from_status=before.status,
        to_status=after.status,
        from_owner_id=before.owner_id,
        to_owner_id=after.owner_id,
        from_team_id=before.team_id,
        to_team_id=after.team_id,
        from_unit_id=before.unit_id,
        to_unit_id=after.unit_id,
        from_triplet_id=before.triplet_id,
        to_triplet_id=after.triplet_id,
        by=by,
        by_name=str(by) if by is not None else SYSTEM,
        by_role=",".join(sorted(by.roles)) if by is not None else "",
        note=note,
        message=message,
        attachment=attachment,
        closing_reason=inquiry.closing_reason if became.get("status") else None,
    )
