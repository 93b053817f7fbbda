"""The options as their screen shows them."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from crm_portal.configuration.models import StoredOption


def stored_values() -> dict[str, Any]:
    """What is stored now, asked of the database and not of this process's memory."""
    return dict(StoredOption.objects.values_list("name", "value"))


def stamp_of_options(stored: Mapping[str, Any]) -> str:
    """A mark of the stored values; another one means that somebody changed them (stale pages)."""
    return sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:24]


def last_changes() -> dict[str, StoredOption]:
    """Who set each stored value, and when."""
    return {row.name: row for row in StoredOption.objects.select_related("changed_by")}
