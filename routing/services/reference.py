"""
Load the reference data that ships with the portal (CRM specification, section 10).

Each app registers a loader of its own when it is ready; `manage.py load_reference` runs them all in that order. What
is already there stays as the CRM department left it (CRM-9-b), unless overwriting is asked for.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models

from crm_portal.audit.services.recording import command, record
from crm_portal.people.models import User

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load created, overwrote and left as they were."""

    created: int = 0
    updated: int = 0
    kept: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.created + other.created, self.updated + other.updated, self.kept + other.kept)


Loader = Callable[[bool], Loaded]  # the argument says whether to overwrite what is there
LOADERS: dict[str, Loader] = {}


def register_loader(app: str, loader: Loader) -> None:
    """Add an app's loader; call it in the app's `ready`."""
    LOADERS[app] = loader


@command("reference.load")
def load_reference(*, by: User | None, at: datetime, overwrite: bool = False) -> dict[str, Loaded]:
    """Run every app's loader in one transaction; a second run changes nothing."""
    loaded = {app: loader(overwrite) for app, loader in LOADERS.items()}
    changed = {app: [result.created, result.updated] for app, result in loaded.items()}
    if any(map(any, changed.values())):
        record("reference.load", by=by, at=at, target_type="reference", after=changed)
    return loaded


def read(folder: Path, name: str) -> list[Row]:
    """The rows of one shipped JSON file."""
    rows: list[Row] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def load_table(
    table: models.Manager[Any], rows: Collection[Mapping[str, Any]], *, key: tuple[str, ...], overwrite: bool
) -> Loaded:
    """Create the rows whose natural key is new; overwrite the others only when asked."""
    there = {tuple(getattr(row, name) for name in key): row for row in table.all()}
    new = [table.model(**row) for row in rows if tuple(row[name] for name in key) not in there]
    loaded = Loaded(created=len(table.bulk_create(new)))
    for row in rows:
        found = there.get(tuple(row[name] for name in key))
        if found is None:
            continue
        if overwrite and any(getattr(found, name) != value for name, value in row.items()):
            for name, value in row.items():
                setattr(found, name, value)
            found.save()
            loaded += Loaded(updated=1)
        else:
            loaded += Loaded(kept=1)
    return loaded
