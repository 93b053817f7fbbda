"""
Who has an inquiry open now: said by each page while it is open, kept in Redis for a little longer than that.

It is a courtesy and no lock: it blocks nobody, it is not in the database, and without Redis nobody is seen.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

import redis
import structlog
from django.conf import settings

from crm_portal.people.models import User

from ..models import Inquiry

log = structlog.get_logger()
EVERY: Final = 25  # seconds between two signs of life of an open page
GONE_AFTER: Final = 60  # a page that was closed, or a machine that fell asleep
PATIENCE: Final = 0.2  # seconds that a page waits for Redis
REST: Final = 10.0  # seconds for which Redis is left alone after it did not answer
KEY: Final = "crm-portal:presence:{}"  # a sorted set: who, instant of the last sign


@dataclass(slots=True)
class _Outage:
    """Until when Redis is not asked, so that an outage does not make every page wait."""

    until: float = 0.0


_outage = _Outage()


def here(*, inquiry: Inquiry, by: User, at: datetime) -> list[str]:
    """Say that the user has the inquiry open, and give the names of the others who have, the longest there last."""
    if _outage.until > time.monotonic():
        return []
    key, now = KEY.format(inquiry.pk), at.timestamp()
    me = f"{by.pk}:{by}"
    try:
        with _client(settings.REDIS_URL).pipeline() as pipe:
            pipe.zadd(key, {me: now})
            pipe.zremrangebyscore(key, "-inf", now - GONE_AFTER)
            pipe.expire(key, GONE_AFTER)
            pipe.zrange(key, 0, -1)
            members = pipe.execute()[-1]
    except redis.RedisError:
        _outage.until = time.monotonic() + REST
        log.info("presence_unknown")
        return []
    mine = f"{by.pk}:"
    return [name.partition(":")[2] for name in map(bytes.decode, members) if not name.startswith(mine)]


@lru_cache(maxsize=2)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=None)
