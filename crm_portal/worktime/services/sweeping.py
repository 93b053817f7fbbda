"""Sweeps: take what is due from the database, one transaction a row, and go on after a failure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import structlog
from django.db import models, transaction
from django.utils import timezone

from crm_portal.errors import Refused

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SweepResult:
    """How many rows a run did, and how many failed and wait for the next run."""

    done: int = 0
    failed: int = 0

    def __add__(self, other: "SweepResult") -> "SweepResult":
        return SweepResult(self.done + other.done, self.failed + other.failed)


@dataclass(frozen=True, slots=True)
class Timer:
    """
    Something that runs by itself: its name (a command's name too), how often, and the run for an instant.

    One that runs each day may have its hour, by the clock of Jerusalem.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], SweepResult]
    at: time | None = None

    def next_after(self, ran_at: datetime) -> datetime:
        """When it runs again."""
        if self.at is None:
            return ran_at + self.every
        local = timezone.localtime(ran_at)
        due = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return due if due > local else due + timedelta(days=1)


TIMERS: dict[str, Timer] = {}


def timer(
    name: str, *, every: timedelta, at: time | None = None
) -> Callable[[Callable[[datetime], SweepResult]], Callable[..., SweepResult]]:
    """Register a function of an instant as a timer; it stands in an app's `tasks.py`."""

    def register(run: Callable[[datetime], SweepResult]) -> Callable[[datetime], SweepResult]:
        if name in TIMERS:
            raise ValueError(f"Two timers are called {name}.")
        TIMERS[name] = Timer(name, every, run, at)
        return run

    return register


def sweep(
    due: Callable[[datetime], models.QuerySet[Any]],
    command: Callable[[Any, datetime], object],
    *,
    at: datetime,
    batch: int = 100,
) -> SweepResult:
    """
    Call `command(row, at)` for each row of `due(at)`, each locked (SKIP LOCKED) in a transaction of its own.

    A row whose command raises is logged, counted and left for the next run. A row that another worker holds is left
    to it. The command must move the row out of `due(at)`.
    """
    result, failed = SweepResult(), set[Any]()
    while pks := list(due(at).exclude(pk__in=failed).values_list("pk", flat=True)[:batch]):
        before = result
        for pk in pks:
            try:
                with transaction.atomic():
                    row = due(at).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
                    if row is None:  # another worker did it, or has it
                        continue
                    command(row, at)
            except Exception as mistake:
                if isinstance(mistake, Refused) and mistake.after_roll_back is not None:
                    mistake.after_roll_back()
                log.exception("sweep_row_failed", pk=pk)
                failed.add(pk)
                result += SweepResult(failed=1)
            else:
                result += SweepResult(done=1)
        if result == before:  # every row of the batch is held by other workers
            break
    return result
