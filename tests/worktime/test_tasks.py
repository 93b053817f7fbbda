from datetime import datetime, timedelta

import pytest

from crm_portal.celery import app
from crm_portal.worktime import tasks
from crm_portal.worktime.services.sweeping import TIMERS, SweepResult, Timer


@pytest.fixture
def seen(monkeypatch):
    """A timer called `a_test` that notes the instants it ran for."""
    instants: list[datetime] = []

    def note(at: datetime) -> SweepResult:
        instants.append(at)
        return SweepResult()

    monkeypatch.setitem(TIMERS, "a_test", Timer("a_test", timedelta(seconds=30), note))
    return instants


def test_the_task_runs_a_timer_for_the_instant_it_is_given(seen, db):
    tasks.run_timer(name="a_test", at="2026-03-01T09:30:00+02:00", something_of_a_later_release=1)

    assert seen == [datetime.fromisoformat("2026-03-01T09:30:00+02:00")]


def test_every_timer_is_sent_at_its_pace_to_a_queue_that_workers_read(seen):
    entries = tasks.beat_schedule()

    assert entries["a_test"]["schedule"] == timedelta(seconds=30)
    assert entries["a_test"]["options"]["expires"] == 30
    read = {queue.name for queue in app.conf.task_queues}
    assert {entry["options"]["queue"] for entry in entries.values()} <= read


def test_beat_sends_every_timer_once_when_it_starts(seen):
    scheduler = app.Beat().Service(app, scheduler_cls=app.conf.beat_scheduler).get_scheduler()

    entry = scheduler.schedule["a_test"]

    assert entry.is_due().is_due
    assert not next(entry).is_due().is_due
