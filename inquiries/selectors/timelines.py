"""The history of an inquiry with its durations, for the clock's rail and the history tab (CRM-4.3-a, CRM-2.1.7-d)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from ..models import Attachment, StatusHistory
from ..rules import clock
from ..rules.clock import Running, Span, Step
from ..rules.codes import AttachmentDirection, Status
from .moments import Moment

ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; where it changed the status, how long that status lasted."""

    step: StatusHistory
    counted: timedelta | None = None
    by_the_wall: timedelta = ZERO
    stands_still: bool = False  # time that does not count


@dataclass(frozen=True, slots=True)
class Segment:
    """One status on the rail: business time, drawn from `start` over `size` of a hundred."""

    line: Line
    length: timedelta
    start: float
    size: float


@dataclass(frozen=True, slots=True)
class Share:
    """How long a status, a team or an employee had the inquiry, over all its periods."""

    name: str
    length: timedelta
    stands_still: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything about the time of one inquiry."""

    lines: Sequence[Line]
    net: timedelta
    segments: Sequence[Segment]
    statuses: Sequence[Share]
    teams: Sequence[Share]
    employees: Sequence[Share]
    target: timedelta | None
    due_place: float | None  # where on the rail the target runs out


def timeline_of(
    history: Sequence[StatusHistory], attachments: Iterable[Attachment], target: timedelta | None, now: Moment
) -> Timeline:
    """Put the history, already loaded, on the clock. Asks the database nothing."""
    steps = [Step(row.at, Status(row.to_status), row.to_team_id, row.to_owner_id) for row in history]
    stretches = clock.running(steps, _pending(attachments, now), now.at)
    lines = _lines(history, stretches, now)
    net = clock.net(stretches, now.authority)
    segments, due_place = _rail([line for line in lines if line.counted is not None], net, target, now)
    team_names = {row.to_team_id: str(row.to_team) for row in history if row.to_team is not None}
    employee_names = {row.to_owner_id: str(row.to_owner) for row in history if row.to_owner is not None}
    return Timeline(
        lines=lines,
        net=net,
        segments=segments,
        statuses=_by_status(segments),
        teams=[
            Share(team_names.get(team, ""), length)  # type: ignore[call-overload]
            for team, length in clock.by_team(stretches, now.authority).items()
        ],
        employees=[
            Share(employee_names.get(owner, ""), length)  # type: ignore[call-overload]
            for owner, length in clock.by_employee(stretches, now.authority).items()
        ],
        target=target,
        due_place=due_place,
    )


def _pending(attachments: Iterable[Attachment], now: Moment) -> list[Span]:
    inbound = AttachmentDirection.INBOUND.value
    spans = [
        Span(one.file.uploaded_at, min(one.file.settled_at or now.at, now.at))
        for one in attachments
        if one.direction == inbound
    ]
    return [span for span in spans if span.start < span.end]


def _lines(history: Sequence[StatusHistory], stretches: Sequence[Running], now: Moment) -> list[Line]:
    """The rows in their order; each that changed the status with the time until the next that did."""
    before = [None, *(row.to_status for row in history)]
    changes = [place for place, row in enumerate(history) if row.to_status != before[place]]
    ends = {place: history[later].at for place, later in pairwise(changes)}
    lines = []
    for place, row in enumerate(history):
        if place not in changes:
            lines.append(Line(row))
            continue
        span = Span(row.at, max(ends.get(place, now.at), row.at))
        counted = clock.net(_within(stretches, span), now.authority)
        still = Status(row.to_status) in clock.STANDS_STILL
        lines.append(Line(row, counted, span.end - span.start, still))
    return lines


def _within(stretches: Iterable[Running], span: Span) -> list[Running]:
    parts = [(max(run.span.start, span.start), min(run.span.end, span.end), run) for run in stretches]
    return [Running(Span(start, end), run.team, run.owner) for start, end, run in parts if start < end]


def _rail(
    lines: Sequence[Line], net: timedelta, target: timedelta | None, now: Moment
) -> tuple[list[Segment], float | None]:
    lengths = [_length(line, now) for line in lines]
    whole = sum(lengths, ZERO)
    due = None if target is None else whole + target - net if net < target else _reached(lines, lengths, target)
    scale = max(whole, due or ZERO) * 1.08 or timedelta(hours=1)
    segments, start = [], ZERO
    for line, length in zip(lines, lengths, strict=True):
        segments.append(Segment(line, length, round(100 * (start / scale), 2), round(100 * (length / scale), 2)))
        start += length
    return segments, None if due is None else round(100 * (due / scale), 2)


def _length(line: Line, now: Moment) -> timedelta:
    """What a status takes on the rail: what was counted, or the business time that was not."""
    if not line.stands_still:
        return line.counted or ZERO
    end = line.step.at + line.by_the_wall
    return now.authority.elapsed(line.step.at, end)


def _reached(lines: Sequence[Line], lengths: Sequence[timedelta], target: timedelta) -> timedelta:
    place, left = ZERO, target
    for line, length in zip(lines, lengths, strict=True):
        if not line.stands_still:
            if length >= left:
                return place + left
            left -= length
        place += length
    return place


def _by_status(segments: Iterable[Segment]) -> list[Share]:
    totals: dict[str, Share] = {}
    for segment in segments:
        code, line = segment.line.step.to_status, segment.line
        before = totals[code].length if code in totals else ZERO
        totals[code] = Share(code, before + segment.length, line.stands_still)
    return list(totals.values())
