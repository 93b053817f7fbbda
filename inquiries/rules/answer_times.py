"""How long each answer took, in net business time (CRM-2-c)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .clock import Calendar, Running, Span, clipped, net


@dataclass(frozen=True, slots=True)
class Said:
    """One message of either side."""

    id: int
    at: datetime
    by_employee: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the business time since the question it ended: the opening, or the customer's first message
    after the answer before it."""

    id: int
    at: datetime
    team: Any  # as the stretches name it
    is_first: bool
    took: timedelta


def answers(
    opened_at: datetime, said: Iterable[Said], stretches: Sequence[Running], calendar: Calendar
) -> Iterator[Answered]:
    """The answers in their order; what an employee adds while nothing is unanswered is none."""
    asked_at: datetime | None = opened_at
    is_first = True
    for message in said:
        if not message.by_employee:
            asked_at = asked_at or message.at
        elif asked_at is not None:
            took = net(clipped(stretches, Span(asked_at, message.at)), calendar)
            yield Answered(message.id, message.at, _team_at(stretches, message.at), is_first, took)
            asked_at, is_first = None, False


def _team_at(stretches: Sequence[Running], at: datetime) -> Any:
    """Whose queue or employee had it last while the clock ran."""
    return next((run.team for run in reversed(stretches) if run.span.start <= at), None)
