"""What a view may be narrowed to; all conditions hold together (CRM-3.2-b)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from django.db.models import Q, QuerySet

from crm_portal.people.models import User
from routing.models import Team, Triplet

from ..models import Channel, Inquiry
from .meters import in_state
from .moments import Moment, midnight
from .views import Desk

# Ages in business days: the least and the most of each bucket.
AGES: Mapping[str, tuple[int, int | None]] = MappingProxyType(
    {"0-2": (0, 2), "3-5": (3, 5), "6-8": (6, 8), "9-10": (9, 10), "11-15": (11, 15), "16-": (16, None)}
)


@dataclass(frozen=True, slots=True)
class Filters:
    """The conditions chosen; an empty one does not count."""

    status: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    triplet: int | None = None
    team: tuple[int, ...] = ()
    owner: int | None = None
    channel: str = ""
    opened_from: date | None = None
    opened_to: date | None = None
    sla: str = ""  # meters.Sla
    age: str = ""
    unread: bool = False

    def __bool__(self) -> bool:
        return self != Filters()

    def without(self, name: str) -> "Filters":
        return replace(self, **{name: getattr(Filters(), name)})


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in each filter of an employee's views, as (value, words)."""

    topics: Sequence[str]
    triplets: Sequence[tuple[str, str]]
    teams: Sequence[tuple[str, str]]
    owners: Sequence[tuple[str, str]]
    channels: Sequence[tuple[str, str]]


def choices_for(desk: Desk) -> Choices:
    """The triplets and channels there are, and the teams and employees of this employee's units."""
    triplets = list(Triplet.objects.all())
    teams = Team.objects.active().filter(Q(unit__in=desk.units) | Q(pk__in=desk.teams)).select_related("unit")
    owners = User.objects.filter(is_active=True, unit_memberships__unit__in=desk.units).distinct()
    return Choices(
        topics=list(dict.fromkeys(triplet.main_topic for triplet in triplets)),
        triplets=[(str(triplet.pk), str(triplet)) for triplet in triplets],
        teams=[(str(team.pk), str(team)) for team in teams],
        owners=[(str(owner.pk), str(owner)) for owner in owners.order_by("last_name", "first_name")],
        channels=[(channel.code, channel.name) for channel in Channel.objects.all()],
    )


def narrowed(rows: QuerySet[Inquiry], filters: Filters, now: Moment) -> QuerySet[Inquiry]:
    """The rows for which every condition holds."""
    if filters.status:
        rows = rows.filter(status__in=filters.status)
    if filters.main:
        rows = rows.filter(triplet__main_topic__in=filters.main)
    if filters.triplet:
        rows = rows.filter(triplet=filters.triplet)
    if filters.team:
        rows = rows.filter(handling_team__in=filters.team)
    if filters.owner:
        rows = rows.filter(owner=filters.owner)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.opened_from:
        rows = rows.filter(opened_at__gte=midnight(filters.opened_from))
    if filters.opened_to:
        rows = rows.filter(opened_at__lt=midnight(filters.opened_to + timedelta(days=1)))
    if filters.age:
        rows = rows.filter(opened_in_age(filters.age, now))
    if filters.unread:
        rows = rows.filter(unread_messages__gt=0)
    if filters.sla:
        rows = rows.filter(in_state(filters.sla, now))
    return rows


def opened_in_age(age: str, now: Moment) -> Q:
    """The opening times of inquiries that have seen so many business days begin."""
    least, most = AGES[age]
    condition = Q()
    if least:
        condition &= Q(opened_at__lt=now.days_ago(least))
    if most is not None:
        condition &= Q(opened_at__gte=now.days_ago(most + 1))
    return condition
