"""Sweeps take what is due, one transaction a row, whatever happens to one of them."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from crm_portal.messaging.models import Notification
from crm_portal.worktime.models import TimerRun, TimerState
from crm_portal.worktime.services import timing
from crm_portal.worktime.services.sweeping import SweepResult, Timer, sweep

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def queue(count):
    return Notification.objects.bulk_create(
        Notification(
            channel="sms",
            kind="test",
            address=str(n),
            body="x",
            dedupe_key=f"k{n}",
            created_at=NOW,
            next_attempt_at=NOW,
        )
        for n in range(count)
    )


def due(at):
    return Notification.objects.filter(state="queued", next_attempt_at__lte=at).order_by("created_at")


def deliver(row, at):
    Notification.objects.filter(pk=row.pk).update(
        state="sent", sent_at=at, next_attempt_at=None, attempts=row.attempts + 1
    )


@pytest.mark.django_db
def test_only_what_is_due_by_the_instant_is_done():
    queue(3)

    assert sweep(due, deliver, at=NOW - timedelta(seconds=1)) == SweepResult()
    assert sweep(due, deliver, at=NOW, batch=2) == SweepResult(done=3)
    assert sweep(due, deliver, at=NOW) == SweepResult()


@pytest.mark.django_db
def test_one_bad_row_is_rolled_back_and_does_not_stop_the_rest():
    queue(5)

    def fail_on_the_third(row, at):
        deliver(row, at)
        if row.address == "2":
            raise ZeroDivisionError

    assert sweep(due, fail_on_the_third, at=NOW, batch=2) == SweepResult(done=4, failed=1)
    assert Notification.objects.get(state="queued").address == "2"
    assert sweep(due, deliver, at=NOW) == SweepResult(done=1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_rows_and_no_row_is_done_twice():
    queue(60)
    results = []

    def work():
        results.append(sweep(due, deliver, at=NOW, batch=7))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(result.done for result in results) == 60
    assert set(Notification.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db
def test_a_run_is_recorded_and_a_broken_timer_counts_as_failed():
    def broken(at):
        raise ZeroDivisionError

    minute = timedelta(minutes=1)

    assert timing.run(Timer("good", minute, lambda at: SweepResult(done=2)), at=NOW) == SweepResult(done=2)
    assert timing.run(Timer("broken", minute, broken), at=NOW) == SweepResult(failed=1)
    assert timing.run(Timer("idle", minute, lambda at: SweepResult()), at=NOW) == SweepResult()
    assert list(TimerRun.objects.order_by("id").values_list("name", "done", "failed")) == [
        ("good", 2, 0),
        ("broken", 0, 1),
    ]


@pytest.mark.django_db
def test_the_last_run_of_a_timer_is_kept_also_when_it_found_nothing_to_do():
    idle = Timer("idle", timedelta(hours=1), lambda at: SweepResult())

    timing.run(idle, at=NOW)

    state = TimerState.objects.get(name="idle")
    assert (state.done, state.failed) == (0, 0)
    assert not TimerRun.objects.filter(name="idle").exists()
