"""Keep the cached columns of the clock true: when a target runs out, and the net age."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ..models import Inquiry
from ..selectors import clocks

BATCH = 500
COLUMNS = ("sla_due_at", "counted_from", "counted_days")


def refresh_sla_cache(*, at: datetime) -> int:
    """Work the columns out anew for every active inquiry; how many changed."""
    changed = 0
    for batch in _batches():
        clock_of = clocks.clock_of(batch, at)
        for inquiry in batch:
            cached = clocks.cached_of(clock_of[inquiry.pk], at)
            read = {name: getattr(inquiry, name) for name in cached}
            if read != cached:
                # Only what was read is replaced: a service that moved the inquiry meanwhile knows better.
                changed += Inquiry.objects.filter(pk=inquiry.pk, version=inquiry.version, **_exactly(read)).update(
                    **cached
                )
    return changed


def _exactly(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{name}__isnull" if value is None else name: value is None or value for name, value in values.items()}


def _batches() -> Iterator[list[Inquiry]]:
    rows = Inquiry.objects.active().only("pk", "triplet_id", "version", *COLUMNS).order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk
