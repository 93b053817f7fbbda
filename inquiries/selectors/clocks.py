"""Net durations of inquiries, computed from their history at each read (CRM-2.1.7-e)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.worktime.rules.calendars import BusinessCalendar, CalendarName
from crm_portal.worktime.selectors import calendar
from routing.models import Triplet

from ..models import Attachment, Inquiry, StatusHistory
from ..rules import clock
from ..rules.clock import Duration, Indicator, Running, Span, Step
from ..rules.codes import AttachmentDirection, Status


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one inquiry at one instant."""

    net: timedelta
    target: timedelta | None
    indicator: Indicator | None
    due_at: datetime | None  # when the target ran or runs out; None without one and while the clock stands still
    counted_from: datetime | None  # where the clock would have begun, had all time since counted; None without history
    runs: bool
    by_team: Mapping[Hashable, timedelta]  # by the team's id
    by_employee: Mapping[Hashable, timedelta]  # by the user's id
    by_holder: Mapping[tuple[Any, Any], timedelta]  # by the ids of team and user; no user in the queue
    stretches: Sequence[Running]  # in which it ran
    changes: Mapping[int, Duration]  # by the id of the history row that changed the status


def clock_of(inquiries: Iterable[Inquiry], at: datetime) -> dict[int, Clock]:
    """The clocks of these inquiries, by id, in four queries however many they are."""
    triplet_of = {inquiry.pk: inquiry.triplet_id for inquiry in inquiries}
    targets = _targets({pk for pk in triplet_of.values() if pk is not None})
    histories, pending = _histories(triplet_of), _pending(triplet_of, at)
    authority = calendar(CalendarName.AUTHORITY)
    return {
        pk: _clock(histories.get(pk, []), pending.get(pk, []), targets.get(triplet_id), authority, at)
        for pk, triplet_id in triplet_of.items()
    }


def refresh(inquiry: Inquiry, at: datetime) -> None:
    """Keep what lists sort and filter by: when the target runs out, and the net age."""
    cached = cached_of(clock_of([inquiry], at)[inquiry.pk], at)
    if stale := {name: value for name, value in cached.items() if getattr(inquiry, name) != value}:
        for name, value in stale.items():
            setattr(inquiry, name, value)
        Inquiry.objects.filter(pk=inquiry.pk).update(**stale)


def cached_of(read: Clock, at: datetime) -> dict[str, Any]:
    """What the columns of an inquiry keep of its clock: the age as a number only while it does not grow."""
    since = read.counted_from
    stopped = since is not None and not read.runs
    days = calendar(CalendarName.AUTHORITY).days_between(_day(since), _day(at)) if since and stopped else None
    return {"sla_due_at": read.due_at, "counted_from": since, "counted_days": days}


def _day(instant: datetime) -> date:
    return timezone.localdate(instant)


def target_of(triplet: Triplet) -> timedelta | None:
    """The business time in which this triplet is to be answered; its tax system's when it has none of its own."""
    hours = triplet.sla_target_hours
    if hours is None:
        hours = triplet.tax_system.sla_target_hours
    return None if hours is None else timedelta(hours=hours)


def _targets(triplet_ids: set[int]) -> dict[int | None, timedelta]:
    rows = Triplet.objects.filter(pk__in=triplet_ids).annotate(
        hours=Coalesce(F("sla_target_hours"), F("tax_system__sla_target_hours"))
    )
    return {pk: timedelta(hours=hours) for pk, hours in rows.values_list("pk", "hours") if hours is not None}


def _histories(pks: Iterable[int]) -> dict[int, list[tuple[int, Step]]]:
    rows = StatusHistory.objects.filter(inquiry__in=list(pks)).order_by("inquiry", "at", "id")
    found = defaultdict[int, list[tuple[int, Step]]](list)
    for row in rows.values_list("inquiry_id", "id", "at", "to_status", "to_team_id", "to_owner_id"):
        inquiry_id, row_id, at, status, team, owner = row
        found[inquiry_id].append((row_id, Step(at, Status(status), team, owner)))
    return found


def _pending(pks: Iterable[int], at: datetime) -> dict[int, list[Span]]:
    """When files of the customer's side were not loaded yet [A-39]."""
    rows = Attachment.objects.filter(inquiry__in=list(pks), direction=AttachmentDirection.INBOUND.value)
    found = defaultdict[int, list[Span]](list)
    for inquiry_id, start, end in rows.values_list("inquiry_id", "file__uploaded_at", "file__settled_at"):
        if start < (until := min(end or at, at)):
            found[inquiry_id].append(Span(start, until))
    return found


def _clock(
    rows: list[tuple[int, Step]],
    pending: list[Span],
    target: timedelta | None,
    authority: BusinessCalendar,
    at: datetime,
) -> Clock:
    steps = [step for _, step in rows if step.at <= at]
    stretches = clock.running(steps, pending, at)
    net = clock.net(stretches, authority)
    changes = clock.since_previous_status(steps, stretches, authority)
    waits_for_file = any(span.end >= at for span in pending)
    runs = bool(steps) and steps[-1].status not in clock.STANDS_STILL and not waits_for_file
    counted_from = None
    if steps:
        passed = authority.elapsed(steps[0].at, at)
        counted_from = authority.add_time(steps[0].at, max(passed - net, timedelta()))
    return Clock(
        net=net,
        target=target,
        indicator=clock.indicator(net, target, near_percent=configured(options.SLA_NEAR_PERCENT)),
        due_at=None
        if target is None
        else clock.runs_out(stretches, target, authority, runs_on_from=at if runs else None),
        counted_from=counted_from,
        runs=runs,
        by_team=clock.by_team(stretches, authority),
        by_employee=clock.by_employee(stretches, authority),
        by_holder=clock.by_holder(stretches, authority),
        stretches=stretches,
        changes={rows[place][0]: duration for place, duration in changes.items()},
    )
