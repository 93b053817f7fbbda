"""
The Celery application: what it loads, when the timers run, and how a worker shows that it lives.

What runs is said by the timers that each app registers in its `tasks.py` (`worktime.services.sweeping`).
"""

import os

from celery import Celery, signals
from celery.beat import Scheduler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_portal.settings")

app = Celery("crm_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()
app.autodiscover_tasks()


class TimerScheduler(Scheduler):
    """Sends every registered timer at its pace, and all of them once when beat starts; it needs no file."""

    def setup_schedule(self) -> None:
        from crm_portal.worktime.tasks import beat_schedule  # models are loaded by now

        self.update_from_dict(beat_schedule())


@signals.worker_init.connect
def show_pulse(**_: object) -> None:
    """Let /healthz see that the worker lives."""
    from crm_portal.api.pulse import Pulse

    app.steps["worker"].add(Pulse)


@signals.worker_process_init.connect
def end_with_the_worker(**_: object) -> None:
    """A pool process outlives a killed worker otherwise, and keeps its task."""
    from crm_portal.embedded.processes import die_with_parent

    die_with_parent()
