"""The worker's pulse: a key in the broker that a living worker renews and that fades by itself when it is gone."""

from typing import Any

import redis
from celery import bootsteps
from django.conf import settings

KEY = "crm-portal:worker-pulse"
EVERY = 5  # seconds
FADES_AFTER = 20  # seconds: three beats may be missed
PATIENCE = 1  # seconds for the broker to answer


def broker() -> redis.Redis:
    """A connection to the broker that gives up soon, for questions that must be answered now."""
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=None
    )


def worker_is_alive() -> bool:
    """
    Whether a worker has renewed its pulse lately.

    :raises redis.RedisError: when the broker cannot be asked
    """
    with broker() as connection:
        return bool(connection.exists(KEY))


class Pulse(bootsteps.StartStopStep):
    """Renews the pulse from the worker's own loop, so that it stops when the loop hangs."""

    requires = ("celery.worker.components:Timer", "celery.worker.components:Pool")

    def start(self, worker: Any) -> None:
        self.timer = worker.timer.call_repeatedly(EVERY, self.beat)
        self.beat()

    def stop(self, worker: Any) -> None:
        self.timer.cancel()

    def beat(self) -> None:
        try:
            with broker() as connection:
                connection.set(KEY, "alive", ex=FADES_AFTER)
        except redis.RedisError:
            pass  # the worker itself reports a lost broker, and the key fades
