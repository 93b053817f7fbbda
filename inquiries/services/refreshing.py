"""Keep the one cached column of the clock true: when a target runs out."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from ..models import Inquiry
from ..selectors import clocks

BATCH = 500


def refresh_sla_cache(*, at: datetime) -> int:
    """Work `sla_due_at` out anew for every active inquiry with a target; how many changed."""
    changed = 0
    for batch in _batches():
        due = {pk: clock.due_at for pk, clock in clocks.clock_of(batch, at).items()}
        stale = [inquiry for inquiry in batch if due[inquiry.pk] != inquiry.sla_due_at]
        for inquiry in stale:
            # Only the instant that was read is replaced: a service that moved the inquiry meanwhile knows better.
            rows = Inquiry.objects.filter(pk=inquiry.pk, version=inquiry.version, sla_due_at=inquiry.sla_due_at)
            changed += rows.update(sla_due_at=due[inquiry.pk])
    return changed


def _batches() -> Iterator[list[Inquiry]]:
    has_target = Q(triplet__sla_target_hours__isnull=False) | Q(triplet__tax_system__sla_target_hours__isnull=False)
    rows = Inquiry.objects.active().filter(has_target | Q(sla_due_at__isnull=False)).order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last).only("pk", "triplet_id", "sla_due_at", "version")[:BATCH]):
        yield batch
        last = batch[-1].pk
