"""The one task behind every timer; beat sends it, and `manage.py run_timers` does the same by hand."""

from datetime import UTC, datetime
from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from .services import timing
from .services.sweeping import Timer

# Kinds of work that may get workers of their own; everything else is "deadlines".
QUEUE_OF_APP = {"messaging": "messages", "files": "files"}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@shared_task(acks_late=True, ignore_result=True)
def run_timer(*, name: str, at: str | None = None, **_later: object) -> None:
    """Run one timer for an instant, now by default. Running it twice does the work once."""
    timing.run(timing.timers()[name], at=timezone.now() if at is None else datetime.fromisoformat(at))


def queue_of(timer: Timer) -> str:
    """The queue of a timer, by the app that registered it."""
    app = timer.run.__module__.split(".")[-2]
    return QUEUE_OF_APP.get(app, "deadlines")


def beat_schedule() -> dict[str, dict[str, Any]]:
    """
    Beat's entries: each timer at its pace or its hour, and at once when beat starts, which catches up after an outage.

    An order that no worker took within one period expires, so that no backlog piles up.
    """
    return {
        timer.name: {
            "task": run_timer.name,
            "schedule": timer.every if timer.at is None else crontab(hour=timer.at.hour, minute=timer.at.minute),
            "kwargs": {"name": timer.name},
            "options": {"queue": queue_of(timer), "expires": timer.every.total_seconds()},
            "last_run_at": LONG_AGO,
        }
        for timer in timing.timers().values()
    }
