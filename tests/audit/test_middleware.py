"""Each request has an origin and an id."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from crm_portal.audit.context import origin
from crm_portal.audit.middleware import OriginMiddleware


@pytest.fixture
def seen():
    return []


@pytest.fixture
def middleware(seen):
    def view(request):
        seen.append(origin())
        return HttpResponse()

    return OriginMiddleware(view)


def test_the_origin_is_known_during_the_request_only(middleware, seen):
    response = middleware(RequestFactory().get("/", REMOTE_ADDR="203.0.113.5"))

    assert seen[0].address == "203.0.113.5"
    assert response.headers["X-Request-ID"] == seen[0].request_id
    assert len(seen[0].request_id) == 36
    assert origin().address is None


def test_a_trusted_proxy_names_the_client_and_the_request(middleware, seen, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]

    middleware(
        RequestFactory().get(
            "/", REMOTE_ADDR="10.0.0.9", headers={"X-Forwarded-For": "198.51.100.1", "X-Request-ID": "abcd-1234"}
        )
    )

    assert (seen[0].address, seen[0].request_id) == ("198.51.100.1", "abcd-1234")


def test_the_middleware_is_installed(client, db):
    assert client.get("/no-such-page/").headers["X-Request-ID"]
