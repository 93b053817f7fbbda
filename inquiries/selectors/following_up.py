"""What the daily follow-up shows: who holds what and for how long, and the days that were confirmed (CRM-3.4-g)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import CharField, Exists, Max, Min, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from crm_portal.messaging.models import Notification
from crm_portal.people.models import User
from crm_portal.worktime.rules.calendars import BusinessCalendar
from routing.models import Team

from ..models import DailyFollowUp, Inquiry
from ..models.inquiry import InquiryQuerySet
from ..rules.codes import Status
from .meters import Meter, meters_of
from .moments import Moment
from .supervision import absent_on, readers_of_lists
from .visibility import visible_to

# Assigned and untreated: with an employee and not waiting for the customer, which counts as handled (2.1).
UNTREATED: Final = (Status.IN_TREATMENT.value, Status.INFO_ARRIVED.value)
SHOWN: Final = 500  # rows of one page; more are counted and found in the view V3
DAYS_SHOWN: Final = 20
CAUGHT_UP: Final = 60  # calendar days back


def list_key(day: date, user_id: int) -> str:
    """By what the outbox knows that somebody has got a day's list."""
    return f"{_key(day)}{user_id}"


def _key(day: date) -> str:
    return f"follow_up:{day.isoformat()}:"


def not_told(day: date) -> QuerySet[User]:
    """Who gets the list of a day and has not got it."""
    teams = list(Team.objects.active().values_list("pk", flat=True))
    key = Concat(Value(_key(day)), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    return readers_of_lists(teams).exclude(Exists(Notification.objects.filter(dedupe_key=key)))


def missed_days(now: Moment) -> list[date]:
    """The working days since the last follow-up that was kept, today excluded."""
    last = DailyFollowUp.objects.filter(day__lt=now.today).aggregate(last=Max("day"))["last"]
    if last is None:
        return []
    first = max(last, now.today - timedelta(days=CAUGHT_UP))
    days = (first + timedelta(days=n) for n in range(1, (now.today - first).days))
    return [day for day in days if now.authority.is_business_day(day)]


@dataclass(frozen=True, slots=True)
class Line:
    """One inquiry, and for how long its employee has had it."""

    inquiry: Inquiry
    held: timedelta  # business time
    meter: Meter


@dataclass(frozen=True, slots=True)
class Holder:
    """One employee and what he holds; the longest held first."""

    user: User
    until: date | None  # he is absent, up to this day
    lines: Sequence[Line]


def assigned_untreated(team_ids: Collection[int]) -> InquiryQuerySet:
    """The inquiries of these teams that an employee holds and has not treated."""
    return Inquiry.objects.filter(handling_team__in=team_ids, owner__isnull=False, status__in=UNTREATED)


def holders(user: User, teams: Iterable[Team], now: Moment) -> list[Holder]:
    """Each employee who holds something of these teams; the absent ones first. Three queries."""
    rows = (
        assigned_untreated([team.pk for team in teams])
        .filter(pk__in=visible_to(user).values("pk"))
        .select_related("owner", "customer", "representative", "triplet__tax_system", "handling_team__unit")
        .order_by("owner_since", "pk")[:SHOWN]
    )
    inquiries = list(rows)
    meters = meters_of(inquiries, now)
    held: dict[User, list[Line]] = defaultdict(list)
    for inquiry in inquiries:
        assert inquiry.owner is not None and inquiry.owner_since is not None  # noqa: S101, PT018 - asked for
        since = now.authority.elapsed(inquiry.owner_since, now.at)
        held[inquiry.owner].append(Line(inquiry, since, meters[inquiry.pk]))
    away = dict(absent_on(now.today).filter(user__in=list(held)).values_list("user", "until_on"))
    found = [Holder(one, away.get(one.pk), lines) for one, lines in held.items()]
    return sorted(found, key=lambda one: (one.until is None, str(one.user)))


@dataclass(frozen=True, slots=True)
class Day:
    """One working day, and what became of it in each team."""

    day: date
    rows: Sequence[tuple[Team, DailyFollowUp | None]]

    @property
    def is_confirmed(self) -> bool:
        return all(row is not None and row.confirmed_at is not None for _team, row in self.rows)


def follow_ups_on(day: date, teams: Sequence[Team]) -> Day:
    """The follow-up of one day in each of these teams."""
    rows = _rows(teams, [day])
    return Day(day, [(team, rows.get((team.pk, day))) for team in teams])


def days_before(today: date, teams: Sequence[Team], calendar: BusinessCalendar) -> list[Day]:
    """The latest working days since the first that was kept, newest first, the unconfirmed ones among them."""
    first = DailyFollowUp.objects.filter(team__in=teams).aggregate(first=Min("day"))["first"]
    latest = [calendar.add(today, -back) for back in range(1, DAYS_SHOWN + 1)]
    days = [day for day in latest if first is not None and day >= first]
    rows = _rows(teams, days)
    return [Day(day, [(team, rows.get((team.pk, day))) for team in teams]) for day in days]


def _rows(teams: Sequence[Team], days: Sequence[date]) -> Mapping[tuple[int, date], DailyFollowUp]:
    found = DailyFollowUp.objects.filter(team__in=teams, day__in=days).select_related("confirmed_by")
    return {(row.team_id, row.day): row for row in found}
