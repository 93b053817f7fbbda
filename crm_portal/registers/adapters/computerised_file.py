"""The computerised file: the external document system of real-estate taxation (CRM-6.6-j)."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from django.conf import settings

from crm_portal.registers import local


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written into one assessment's file; the key makes a repetition harmless."""

    key: str  # e.g. "inquiry:1000123:message:7"
    assessment_number: str
    tax_type: str
    area: str
    content: Mapping[str, str] = field(default_factory=dict)


class ComputerisedFile(Protocol):
    def has(self, key: str) -> bool:
        """Whether an entry of this key was written."""

    def write(self, key: str, entry: Entry) -> bool:
        """Write the entry once; False when the key was written before, whose entry then stays as it is."""


class LocalComputerisedFile:
    """An append-only folder, `COMPUTERISED_FILE_FOLDER`: one JSON file for each key, never changed."""

    def has(self, key: str) -> bool:
        local.check_reachable("computerised_file")
        return _path(key).exists()

    def write(self, key: str, entry: Entry) -> bool:
        local.check_reachable("computerised_file")
        path = _path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part") as whole:
            json.dump(asdict(entry), whole, ensure_ascii=False, sort_keys=True)
            whole.flush()
            os.fsync(whole.fileno())
            try:
                path.hardlink_to(whole.name)  # all of it or nothing, and never over another
            except FileExistsError:
                return False
        return True


def _path(key: str) -> Path:
    return Path(settings.COMPUTERISED_FILE_FOLDER) / f"{hashlib.sha256(key.encode()).hexdigest()}.json"
