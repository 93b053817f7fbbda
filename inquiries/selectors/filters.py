"""What a view may be narrowed to; all conditions hold together (CRM-3.2-b)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm_portal.people.models import Absence, Customer, TaxFile, User
from crm_portal.people.models.customers import CUSTOMER_TEXTS
from crm_portal.people.models.parts import having_parts
from routing.models import Team, Triplet

from ..models import Channel, Inquiry
from .ages import AGES, of_age
from .desks import Desk
from .meters import in_state
from .moments import Moment, midnight

NOBODY, SOMEBODY = "none", "any"  # in place of an employee: held by no employee, held by one


class How(StrEnum):
    """How a text is compared."""

    BEGINS = "begins"
    EQUALS = "equals"
    CONTAINS = "contains"
    EMPTY = "empty"
    FILLED = "filled"


class Flag(StrEnum):
    """What marks an inquiry out."""

    MANY_MESSAGES = "many_messages"
    UNREAD = "unread"
    FALLBACK = "fallback"
    OWN_NAME = "own_name"
    REPRESENTED = "represented"
    WRONG_TRIPLET = "wrong_triplet"
    IMPORTED = "imported"


FLAGS: Mapping[str, Q] = MappingProxyType(
    {
        Flag.MANY_MESSAGES: Q(has_many_messages=True),
        Flag.UNREAD: Q(unread_messages__gt=0),
        Flag.FALLBACK: Q(routing_decision__is_fallback=True),
        Flag.OWN_NAME: Q(is_own_name=True),
        Flag.REPRESENTED: Q(representative__isnull=False, is_own_name=False),
        Flag.WRONG_TRIPLET: Q(triplet_validation="incorrect"),
        Flag.IMPORTED: ~Q(legacy_number=""),
    }
)
_LOOKUPS = {How.BEGINS: "startswith", How.EQUALS: "exact", How.CONTAINS: "contains"}


@dataclass(frozen=True, slots=True)
class Text:
    """A comparison with one text column; wildcards of the database are plain characters."""

    how: str
    value: str = ""

    def on(self, field: str) -> Q:
        if self.how == How.EMPTY:
            return Q(**{field: ""})
        if self.how == How.FILLED:
            return ~Q(**{field: ""})
        return Q(**{f"{field}__{_LOOKUPS[How(self.how)]}": self.value})

    @property
    def asks_for_nothing(self) -> bool:
        return self.how == How.EMPTY


@dataclass(frozen=True, slots=True)
class Filters:
    """The conditions chosen; an empty one does not count."""

    name: Text | None = None
    id_number: Text | None = None
    number: Text | None = None
    file: Text | None = None
    assessment: Text | None = None
    status: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    triplet: tuple[int, ...] = ()
    unit: tuple[int, ...] = ()
    team: tuple[int, ...] = ()
    owner: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    opened_from: date | None = None
    opened_to: date | None = None
    opened_weekday: str = ""  # Sunday is 1
    opened_hour: str = ""
    due_from: date | None = None
    due_to: date | None = None
    sla: str = ""  # meters.Sla
    age: str = ""
    age_from: int | None = None
    age_to: int | None = None
    unread_from: int | None = None
    unread_to: int | None = None
    unread: bool = False
    absent: bool = False
    customer: int | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    def without(self, name: str) -> "Filters":
        return replace(self, **{name: getattr(Filters(), name)})


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in each filter of an employee's views, as (value, words)."""

    topics: Sequence[str]
    triplets: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    teams: Sequence[tuple[str, str]]
    owners: Sequence[tuple[str, str]]
    channels: Sequence[tuple[str, str]]


def choices_for(desk: Desk, *, everywhere: bool = False) -> Choices:
    """The triplets and channels there are, and the units, teams and employees of this employee (or of all)."""
    triplets = list(Triplet.objects.all())
    teams = Team.objects.active().select_related("unit")
    owners = User.objects.filter(is_active=True, kind="employee")
    if not everywhere:
        teams = teams.filter(Q(unit__in=desk.units) | Q(pk__in=desk.teams))
        owners = owners.filter(unit_memberships__unit__in=desk.units).distinct()
    return Choices(
        topics=list(dict.fromkeys(triplet.main_topic for triplet in triplets)),
        triplets=[(str(triplet.pk), str(triplet)) for triplet in triplets],
        units=list({str(team.unit_id): str(team.unit) for team in teams}.items()),
        teams=[(str(team.pk), str(team)) for team in teams],
        owners=[(str(owner.pk), str(owner)) for owner in owners.order_by("last_name", "first_name")],
        channels=[(channel.code, channel.name) for channel in Channel.objects.all()],
    )


def narrowed(rows: QuerySet[Inquiry], filters: Filters, now: Moment) -> QuerySet[Inquiry]:
    """The rows for which every condition holds."""
    if not filters:
        return rows
    return rows.filter(_texts(filters), _lists(filters), _ranges(filters, now))


def _texts(filters: Filters) -> Q:
    condition = Q()
    if filters.number is not None:
        condition &= filters.number.on("number")
    if filters.assessment is not None:
        condition &= filters.assessment.on("assessment_number")
    if filters.name is not None:
        nameless = filters.name.on("contact_name") & Q(customer=None)
        condition &= nameless | _of_customers(filters.name, "sort_name", unknown=Q())
    if filters.id_number is not None:
        condition &= _of_customers(filters.id_number, "id_number", unknown=Q(customer=None))
    if (file := filters.file) is not None:
        files = TaxFile.objects.filter(customer=OuterRef("customer"))
        if file.how in (How.EMPTY, How.FILLED):
            condition &= ~Q(Exists(files)) if file.asks_for_nothing else Q(Exists(files))
        else:
            condition &= Q(customer__in=TaxFile.objects.filter(file.on("file_number")).values("customer"))
    return condition


def _of_customers(text: Text, field: str, *, unknown: Q) -> Q:
    """By a column of the customer; `unknown` are the inquiries without a customer, for whom it is empty."""
    customers = Customer.objects.filter(text.on(field))
    if text.how == How.CONTAINS:  # narrowed by the index of parts first
        customers = having_parts(customers, text.value, CUSTOMER_TEXTS)
    found = Q(customer__in=customers.values("pk"))
    return found | unknown if text.asks_for_nothing and unknown else found


def _lists(filters: Filters) -> Q:
    condition = Q()
    for chosen, lookup in (
        (filters.status, "status__in"),
        (filters.main, "triplet__main_topic__in"),
        (filters.triplet, "triplet__in"),
        (filters.unit, "handling_unit__in"),
        (filters.team, "handling_team__in"),
        (filters.channel, "channel__in"),
    ):
        if chosen:
            condition &= Q(**{lookup: chosen})
    if filters.owner:
        held = Q(owner__in=[int(one) for one in filters.owner if one.isdecimal() and len(one) < 16])
        if NOBODY in filters.owner:
            held |= Q(owner=None)
        if SOMEBODY in filters.owner:
            held |= Q(owner__isnull=False)
        condition &= held
    if filters.customer is not None:
        condition &= Q(customer=filters.customer)
    for flag in filters.flag:
        condition &= FLAGS[flag]
    return condition


def _ranges(filters: Filters, now: Moment) -> Q:
    condition = _days("opened_at", filters.opened_from, filters.opened_to)
    if filters.opened_weekday:
        condition &= Q(opened_at__week_day=int(filters.opened_weekday))
    if filters.opened_hour:
        condition &= Q(opened_at__hour=int(filters.opened_hour))
    condition &= _days("sla_due_at", filters.due_from, filters.due_to)
    if filters.age:
        condition &= of_age(*AGES[filters.age], now)
    if filters.age_from is not None or filters.age_to is not None:
        condition &= of_age(filters.age_from or 0, filters.age_to, now)
    if filters.unread_from is not None:
        condition &= Q(unread_messages__gte=filters.unread_from)
    if filters.unread_to is not None:
        condition &= Q(unread_messages__lte=filters.unread_to)
    if filters.unread:
        condition &= Q(unread_messages__gt=0)
    if filters.absent:
        away = Absence.objects.filter(user=OuterRef("owner"), from_on__lte=now.today, until_on__gte=now.today)
        condition &= Q(owner__isnull=False) & Q(Exists(away))
    if filters.sla:
        condition &= in_state(filters.sla, now)
    return condition


def _days(field: str, first: date | None, last: date | None) -> Q:
    condition = Q()
    if first is not None:
        condition &= Q(**{f"{field}__gte": midnight(first)})
    if last is not None:
        condition &= Q(**{f"{field}__lt": midnight(last + timedelta(days=1))})
    return condition


def flags_of(inquiry: Inquiry) -> list[Flag]:
    """The marks of one inquiry; the same as `FLAGS`. Its routing decision must be loaded."""
    decision = inquiry.routing_decision
    holds = {
        Flag.MANY_MESSAGES: inquiry.has_many_messages,
        Flag.UNREAD: inquiry.unread_messages > 0,
        Flag.FALLBACK: decision is not None and decision.is_fallback,
        Flag.OWN_NAME: inquiry.is_own_name,
        Flag.REPRESENTED: inquiry.representative_id is not None and not inquiry.is_own_name,
        Flag.WRONG_TRIPLET: inquiry.triplet_validation == "incorrect",
        Flag.IMPORTED: bool(inquiry.legacy_number),
    }
    return [flag for flag, is_so in holds.items() if is_so]
