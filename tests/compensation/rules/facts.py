"""Facts of a case with some of them changed."""

from collections.abc import Mapping
from typing import Any


def merged(facts: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with the changes; a part of them is changed fact by fact."""
    found = dict(facts)
    for name, change in changes.items():
        is_part = isinstance(change, Mapping) and isinstance(found.get(name), Mapping)
        found[name] = merged(found[name], change) if is_part else change
    return found
