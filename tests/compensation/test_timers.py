"""The timers of section 9: at which hour they run, and that the documentation has each of them."""

import re
from datetime import datetime, time, timedelta
from pathlib import Path

from celery.schedules import crontab
from django.conf import settings
from django.utils.timezone import make_aware

from compensation import tasks
from crm_portal.celery import app
from crm_portal.worktime.services.timing import timers
from crm_portal.worktime.tasks import beat_schedule

OURS = {name: timer for name, timer in timers().items() if timer.run.__module__ == tasks.__name__}


def test_every_timer_runs_each_night_at_two_by_the_clock_of_jerusalem():
    assert {(timer.every, timer.at) for timer in OURS.values()} == {(timedelta(days=1), time(2))}
    assert all(beat_schedule()[name]["schedule"] == crontab(hour=2, minute=0) for name in OURS)
    assert str(app.timezone) == settings.TIME_ZONE == "Asia/Jerusalem"


def test_it_runs_again_in_the_next_night_whenever_it_ran():
    timer = OURS["deem_claims_accepted"]

    for ran, again in (("2024-07-01T00:30", "2024-07-01T02:00"), ("2024-07-01T14:30", "2024-07-02T02:00")):
        assert timer.next_after(make_aware(datetime.fromisoformat(ran))) == make_aware(datetime.fromisoformat(again))


def test_what_runs_by_itself_is_described_whole():
    page = Path(settings.BASE_DIR, "docs/claims.md").read_text(encoding="utf-8")

    described = re.findall(r"^\| `(\w+)` \|", page.partition("## What runs by itself")[2], re.MULTILINE)

    assert sorted(described) == sorted(OURS)
