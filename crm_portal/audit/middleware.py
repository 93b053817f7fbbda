"""Say for each request where it comes from, so that every event and log line of it can tell."""

from collections.abc import Callable
from ipaddress import ip_network
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bound_contextvars

from .context import Origin, coming_from
from .rules import origins


class OriginMiddleware:
    """Keep the address and the id of the present request; the id is echoed as X-Request-ID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        where = origin_of(request)
        with coming_from(where), bound_contextvars(request_id=where.request_id):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = where.request_id
        return response


def origin_of(request: HttpRequest) -> Origin:
    """Read the origin of a request, trusting its headers only as far as TRUSTED_PROXIES reaches."""
    return Origin(
        address=origins.client_address(
            request.META.get("REMOTE_ADDR", ""),
            request.headers.get("X-Forwarded-For", ""),
            trusted=[ip_network(proxy) for proxy in settings.TRUSTED_PROXIES],
        ),
        request_id=origins.request_id(request.headers.get("X-Request-ID", "")) or str(uuid4()),
    )
