"""Recorded phone calls of the information centres (CRM-2.1.6-b)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crm_portal.registers import local


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """One recorded call."""

    id: str
    inquiry_number: str
    operator: str  # username
    started_at: datetime
    ended_at: datetime
    content_type: str


class Recordings(Protocol):
    def of_inquiry(self, inquiry_number: str) -> tuple[RecordedCall, ...]:
        """The recorded calls of an inquiry, in their order."""

    def sound(self, recording_id: str) -> bytes | None:
        """The sound itself; None when there is no such recording."""


class LocalRecordings:
    """Answers from `recordings/index.json` and the audio files beside it."""

    def of_inquiry(self, inquiry_number: str) -> tuple[RecordedCall, ...]:
        calls = (_call(key, row) for key, row in _index().items() if row["inquiry_number"] == inquiry_number)
        return tuple(sorted(calls, key=lambda call: call.started_at))

    def sound(self, recording_id: str) -> bytes | None:
        row = _index().get(recording_id)
        return (local.folder() / "recordings" / row["file"]).read_bytes() if row else None


def _index() -> dict[str, dict[str, str]]:
    index: dict[str, dict[str, str]] = local.table("recordings", "recordings/index.json")
    return index


def _call(key: str, row: dict[str, str]) -> RecordedCall:
    return RecordedCall(
        id=key,
        inquiry_number=row["inquiry_number"],
        operator=row["operator"],
        started_at=datetime.fromisoformat(row["started_at"]),
        ended_at=datetime.fromisoformat(row["ended_at"]),
        content_type=row["content_type"],
    )
