"""A simulated year: the lives of inquiries and the portal's own timers, in the order of their instants."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from crm_portal.errors import Refused
from crm_portal.worktime.rules.calendars import JERUSALEM
from crm_portal.worktime.services import timing

from . import supervising
from .cast import Cast
from .lives import Life, Story

DAY = timedelta(days=1)
SEED = 1948
NIGHTLY = ("scan_pending_files", "close_unanswered_waiting", "send_outbox")


def play(cast: Cast, *, inquiries: int, until: datetime, begun: Callable[[], object] = lambda: None) -> int:
    """
    Play a year that ends at `until`; gives how many steps the rules refused (a life then ends where it is).

    `begun` is called for each inquiry when its life begins.
    """
    dice = Random(SEED)  # noqa: S311 - the same year every time
    queue: list[tuple[datetime, int, Life | None]] = []
    life: Life | None
    for number, begins in enumerate(_beginnings(inquiries, until, dice)):
        life = Story(cast, Random(SEED + number)).live(begins)  # noqa: S311
        queue.append((next(life), number, life))
    night = (until - 366 * DAY).astimezone(JERUSALEM).replace(hour=1, minute=0, second=0, microsecond=0)
    queue.append((night, -1, None))
    heapq.heapify(queue)
    refused, started = 0, set[int]()
    while queue:
        at, number, life = heapq.heappop(queue)
        if at > until:
            break
        if life is None:
            _run_timers(at)
            heapq.heappush(queue, (at + 2 * DAY, -1, None))
            continue
        if number not in started:
            started.add(number)
            begun()
        try:
            heapq.heappush(queue, (life.send(at), number, life))
        except StopIteration:
            continue
        except Refused:
            refused += 1
    _run_timers(until)
    supervising.follow_up(until=until)
    supervising.grade(until=until)
    timing.run(timing.timers()["refresh_report_figures"], at=until)
    return refused


def _beginnings(count: int, until: datetime, dice: Random) -> Iterator[datetime]:
    """More and more of them as the year goes on, by day, so that the queues of today are full."""
    for _ in range(count):
        day = until - timedelta(days=364 * dice.random() ** 3.2)
        yield min(until - timedelta(minutes=90), day.replace(hour=5) + timedelta(minutes=dice.triangular(0, 960, 300)))


def _run_timers(at: datetime) -> None:
    timers = timing.timers()
    for name in NIGHTLY:
        timing.run(timers[name], at=at)
