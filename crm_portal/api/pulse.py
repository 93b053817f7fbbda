"""The workers' pulse: each living worker keeps renewing its entry in the broker; a dead one's entry grows old."""

import time
from contextlib import suppress
from typing import Any

import redis
from celery import bootsteps
from django.conf import settings

KEY = "crm-portal:workers"  # a sorted set: worker's name, instant of its last beat
EVERY = 3  # seconds
OLD_AFTER = 15  # seconds: some beats may be missed on a busy machine
PATIENCE = 1  # seconds for the broker to answer


def broker() -> redis.Redis:
    """A connection to the broker that gives up soon, for questions that must be answered now."""
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=None
    )


def worker_is_alive() -> bool:
    """
    Whether any worker has renewed its entry lately.

    :raises redis.RedisError: when the broker cannot be asked
    """
    with broker() as connection:
        return bool(connection.zcount(KEY, time.time() - OLD_AFTER, "+inf"))


class Pulse(bootsteps.StartStopStep):
    """Beats from the worker's own loop, so that it stops when the loop hangs; the worker reports a lost broker."""

    requires = ("celery.worker.components:Timer", "celery.worker.components:Pool")

    def start(self, worker: Any) -> None:
        self.name = str(worker.hostname)
        self.timer = worker.timer.call_repeatedly(EVERY, self.beat)
        self.beat()

    def stop(self, worker: Any) -> None:
        self.timer.cancel()
        with suppress(redis.RedisError), broker() as connection:
            connection.zrem(KEY, self.name)

    def beat(self) -> None:
        now = time.time()
        with suppress(redis.RedisError), broker() as connection:
            connection.zadd(KEY, {self.name: now})
            connection.zremrangebyscore(KEY, "-inf", now - 10 * OLD_AFTER)
