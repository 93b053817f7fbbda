"""Recorded phone calls of the information centres (CRM-2.1.6-b)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from crm_portal.registers import local

INDEX = "index.json"


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
    """
    Answers from `recordings/index.json` and the audio files beside it.

    Where a switchboard leaves its calls, `RECORDINGS_FOLDER`, each call is a pair of files: `ID.json`, a row like those
    of the index, and the audio file that it names. An id begins with the number of its inquiry: `2026-000123.1`.
    """

    def of_inquiry(self, inquiry_number: str) -> tuple[RecordedCall, ...]:
        rows = [(key, row) for key, row in _index().items() if row["inquiry_number"] == inquiry_number]
        rows += [(path.stem, row) for path, row in _left(inquiry_number, ".*.json")]
        return tuple(sorted((_call(key, row) for key, row in rows), key=lambda call: call.started_at))

    def sound(self, recording_id: str) -> bytes | None:
        if row := _index().get(recording_id):
            return (local.folder() / "recordings" / row["file"]).read_bytes()
        return next((path.with_name(row["file"]).read_bytes() for path, row in _left(recording_id, ".json")), None)


def leave(recording_id: str, row: dict[str, Any], sound: bytes) -> None:
    """Leave a call in the folder as a switchboard does: first its sound, then the row that names it."""
    folder = Path(settings.RECORDINGS_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(row["file"])).write_bytes(sound)
    (folder / f"{recording_id}.json").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")


def _index() -> dict[str, dict[str, str]]:
    index: dict[str, dict[str, str]] = local.table("recordings", f"recordings/{INDEX}")
    return index


def _left(name: str, rest: str) -> Iterator[tuple[Path, dict[str, str]]]:
    if re.fullmatch(r"[\w.-]+", name):  # a name, with no wildcard and no way out of the folder
        for path in sorted(Path(settings.RECORDINGS_FOLDER).glob(f"{name}{rest}")):
            yield path, json.loads(path.read_text(encoding="utf-8"))


def _call(key: str, row: dict[str, str]) -> RecordedCall:
    return RecordedCall(
        id=key,
        inquiry_number=row["inquiry_number"],
        operator=row["operator"],
        started_at=datetime.fromisoformat(row["started_at"]),
        ended_at=datetime.fromisoformat(row["ended_at"]),
        content_type=row["content_type"],
    )
