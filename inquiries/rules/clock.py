"""
The service-level clock: net business time, with its three exclusions (CRM-2.1.7-a to d).

The clock runs from opening, stands still while the inquiry waits for its customer, is closed, or has a file of the
customer's side that is not loaded yet, and goes on after re-activation. Everything is computed from the history.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from .codes import CLOSED, Status

Who = TypeVar("Who", bound=Hashable)
STANDS_STILL = CLOSED | {Status.WAITING_CUSTOMER}


class Calendar(Protocol):
    """Business time between two instants; `worktime` has three."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta: ...

    def add_time(self, start: datetime, business: timedelta) -> datetime: ...


class Indicator(StrEnum):
    """How an inquiry stands against its target (CRM-2.1.7-f)."""

    WITHIN = "within"
    NEAR = "near"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the history: from this instant on the inquiry is so."""

    at: datetime
    status: Status
    team: Hashable = None
    owner: Hashable = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time, its end not included."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """A stretch in which the clock ran, and who had the inquiry."""

    span: Span
    team: Hashable
    owner: Hashable


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something took by the clock, and by the wall."""

    business: timedelta
    calendar: timedelta


def excluded(steps: Sequence[Step], pending: Iterable[Span], until: datetime) -> tuple[Span, ...]:
    """The stretches in which the clock stands still, merged, so that an overlap is subtracted once."""
    still = [span for step, span in _segments(steps, until) if step.status in STANDS_STILL]
    merged: list[Span] = []
    for span in sorted([*still, *pending]):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def running(steps: Sequence[Step], pending: Iterable[Span], until: datetime) -> tuple[Running, ...]:
    """The stretches in which the clock ran until then, in order."""
    gaps = excluded(steps, pending, until)
    return tuple(
        Running(part, step.team, step.owner)
        for step, span in _segments(steps, until)
        if step.status not in STANDS_STILL
        for part in _without(span, gaps)
    )


def net(stretches: Iterable[Running], calendar: Calendar) -> timedelta:
    """The business time in which the clock ran."""
    return sum((calendar.elapsed(run.span.start, run.span.end) for run in stretches), timedelta())


def by_team(stretches: Iterable[Running], calendar: Calendar) -> Mapping[Hashable, timedelta]:
    """Dwell time per handling team, over all its periods (CRM-2.1.7-d)."""
    return _dwell(((run.team, run.span) for run in stretches), calendar)


def by_employee(stretches: Iterable[Running], calendar: Calendar) -> Mapping[Hashable, timedelta]:
    """Dwell time per employee who held it, over all his periods; queues are nobody's."""
    return _dwell(((run.owner, run.span) for run in stretches if run.owner is not None), calendar)


def by_holder(stretches: Iterable[Running], calendar: Calendar) -> Mapping[tuple[Hashable, Hashable], timedelta]:
    """Dwell time by (team, employee), over all their periods; the employee is None in the team's queue."""
    return _dwell((((run.team, run.owner), run.span) for run in stretches), calendar)


def since_previous_status(
    steps: Sequence[Step], stretches: Sequence[Running], calendar: Calendar
) -> Mapping[int, Duration]:
    """For each step that changed the status, by its place: how long the previous status had lasted (2.1.7-c)."""
    changes = [0, *(n for n in range(1, len(steps)) if steps[n].status is not steps[n - 1].status)]
    return {
        later: Duration(
            business=net(clipped(stretches, Span(steps[earlier].at, steps[later].at)), calendar),
            calendar=steps[later].at - steps[earlier].at,
        )
        for earlier, later in pairwise(changes)
    }


def indicator(net_time: timedelta, target: timedelta | None, *, near_percent: int) -> Indicator | None:
    """Where the net time stands; nothing without a target."""
    if target is None:
        return None
    if net_time > target:
        return Indicator.OVER
    return Indicator.NEAR if net_time * 100 >= target * near_percent else Indicator.WITHIN


def runs_out(
    stretches: Sequence[Running], target: timedelta, calendar: Calendar, *, runs_on_from: datetime | None
) -> datetime | None:
    """When the target ran or will run out; None while the clock stands still before that."""
    left = target
    for run in stretches:
        took = calendar.elapsed(run.span.start, run.span.end)
        if took >= left:
            return calendar.add_time(run.span.start, left)
        left -= took
    return None if runs_on_from is None else calendar.add_time(runs_on_from, left)


def clipped(stretches: Iterable[Running], to: Span) -> Iterator[Running]:
    """The parts of the stretches that lie within a span."""
    for run in stretches:
        start, end = max(run.span.start, to.start), min(run.span.end, to.end)
        if start < end:
            yield Running(Span(start, end), run.team, run.owner)


def _segments(steps: Sequence[Step], until: datetime) -> Iterator[tuple[Step, Span]]:
    ends = [*(step.at for step in steps[1:]), until]
    for step, end in zip(steps, ends, strict=False):
        if step.at < min(end, until):
            yield step, Span(step.at, min(end, until))


def _without(span: Span, gaps: Iterable[Span]) -> Iterator[Span]:
    start = span.start
    for gap in gaps:
        if gap.end <= start or gap.start >= span.end:
            continue
        if gap.start > start:
            yield Span(start, gap.start)
        start = gap.end
    if start < span.end:
        yield Span(start, span.end)


def _dwell(parts: Iterable[tuple[Who, Span]], calendar: Calendar) -> Mapping[Who, timedelta]:
    totals: dict[Who, timedelta] = {}
    for who, span in parts:
        totals[who] = totals.get(who, timedelta()) + calendar.elapsed(span.start, span.end)
    return totals
