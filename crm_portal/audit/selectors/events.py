"""What the audit tells of an object, a person or a period; for the auditor."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import AuditEvent


def events_of(target_type: str, target_id: object) -> QuerySet[AuditEvent]:
    """Everything that was done to, read of, or refused about one object, newest first."""
    return AuditEvent.objects.filter(target_type=target_type, target_id=str(target_id)).order_by("-id")


def search(
    *,
    target_type: str = "",
    target_id: str = "",
    target_label: str = "",
    objects: Mapping[str, Collection[str]] | None = None,
    actors: Collection[int] | None = None,
    actor_id: int | None = None,
    action: str = "",
    outcome: str = "",
    since: date | None = None,
    until: date | None = None,
    older_than: int | None = None,
) -> QuerySet[AuditEvent]:
    """
    Events by object, user and period (CRM-2-b), newest first; what is not given does not narrow.

    `objects` are ids by the kind of object, and `actors` ids of users: events of any of them. Days are local, `until`
    included. `action` may be a prefix ("inquiry."). `older_than` is the id of the last event of the page before.
    """
    exact = {"target_type": target_type, "target_id": target_id, "target_label": target_label, "outcome": outcome}
    wanted = Q(**{name: value for name, value in exact.items() if value})
    if objects is not None:
        named = Q(pk__in=[])
        for kind, ids in objects.items():
            named |= Q(target_type=kind, target_id__in=list(ids))
        wanted &= named
    if actors is not None:
        wanted &= Q(actor_id__in=list(actors))
    if actor_id is not None:
        wanted &= Q(actor_id=actor_id)
    if action:
        wanted &= Q(action__startswith=action)
    if since is not None:
        wanted &= Q(at__gte=_start(since))
    if until is not None:
        wanted &= Q(at__lt=_start(until + timedelta(days=1)))
    if older_than is not None:
        wanted &= Q(id__lt=older_than)
    return AuditEvent.objects.filter(wanted).order_by("-id")


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
