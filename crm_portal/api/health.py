"""Whether the portal works: the answer for a load balancer, a supervisor, or a person in doubt."""

from collections.abc import Callable

import redis
from django.db import Error, connection
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache

from crm_portal.people.permissions import public

from .pulse import broker, worker_is_alive

OK = "ok"


def database_state() -> str:
    """Whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        connection.close()
        return "unreachable"
    return OK


def broker_state() -> str:
    """Whether Redis answers."""
    try:
        with broker() as redis_connection:
            redis_connection.ping()
    except redis.RedisError:
        return "unreachable"
    return OK


def worker_state() -> str:
    """Whether at least one worker lives; nobody can tell without the broker."""
    try:
        return OK if worker_is_alive() else "no worker has been seen lately"
    except redis.RedisError:
        return "unknown without the broker"


@public
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Name what is well and what is not: 200 when all is, 503 otherwise."""
    states = {"database": database_state(), "broker": broker_state(), "worker": worker_state()}
    is_well = all(state == OK for state in states.values())
    return JsonResponse({"status": OK if is_well else "unwell", **states}, status=200 if is_well else 503)


class HealthFirst:
    """Answers /healthz before sessions and sign-in, which need the very services whose state is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return healthz(request) if request.path == "/healthz" else self.get_response(request)
