"""Run the timers that the apps registered, and keep when each last ran."""

from datetime import datetime

import structlog
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from ..models import TimerRun, TimerState
from .sweeping import TIMERS, SweepResult, Timer

log = structlog.get_logger()


def timers() -> dict[str, Timer]:
    """Every timer of every app, by name."""
    autodiscover_modules("tasks")
    return dict(sorted(TIMERS.items()))


def run(timer: Timer, *, at: datetime) -> SweepResult:
    """
    Run one timer for an instant and record the run.

    A timer that breaks as a whole counts as one failure, is logged, and does not stop the others.
    """
    started_at = timezone.now()  # when the machine ran it; `at` is the instant it was judged by
    try:
        result = timer.run(at)
    except Exception:
        log.exception("timer_failed", timer=timer.name)
        result = SweepResult(failed=1)
    TimerState.objects.update_or_create(
        name=timer.name, defaults={"ran_at": started_at, "done": result.done, "failed": result.failed}
    )
    if result != SweepResult():  # an empty run every few seconds would bury the others
        TimerRun.objects.create(
            name=timer.name,
            at=at,
            started_at=started_at,
            finished_at=timezone.now(),
            done=result.done,
            failed=result.failed,
        )
    return result
