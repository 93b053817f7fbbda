"""Reports of providers over real HTTP: signed, taken once, and told to whoever the message is of."""

import json
import re
import subprocess
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.reports import is_signed, signature
from crm_portal.messaging.signals import message_reported
from tests.factories.messaging import NotificationFactory

pytestmark = pytest.mark.django_db(transaction=True)
KEY, OLD_KEY = "key-of-the-provider", "key-of-last-year"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.DELIVERY_REPORT_KEYS = [KEY, OLD_KEY]


@pytest.fixture
def told():
    """What the rooms above are told."""
    heard = []

    def hear(*, message, outcome, **_more):
        heard.append((message.pk, outcome.value))

    message_reported.connect(hear)
    yield heard
    message_reported.disconnect(hear)


@pytest.fixture
def send(live_server):
    def send(report, *, key=KEY, stamp=None, header=None):
        body = report if isinstance(report, bytes) else json.dumps(report).encode()
        signed = header if header is not None else signature(key, stamp or int(time.time()), body)
        request = Request(
            f"{live_server.url}/api/v1/messages/reports/",
            data=body,
            headers={"Content-Type": "application/json", "X-Signature": signed},
        )
        try:
            with urlopen(request, timeout=20) as answer:
                return answer.status, None
        except HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    return send


def bounced(message, **more):
    return {"message": str(message.pk), "outcome": "bounced", "reason": "550 no such\nuser", **more}


def test_a_bounce_is_kept_and_told(send, told):
    message = NotificationFactory(sent=True)

    status, _nothing = send(bounced(message))

    message.refresh_from_db()
    assert status == 204
    assert message.bounced_at
    assert message.last_error == "550 no such user"
    assert told == [(message.pk, "bounced")]
    assert AuditEvent.objects.get(action="notification.report").after == {"outcome": "bounced"}


def test_the_same_report_twice_is_taken_once(send, told):
    message = NotificationFactory(sent=True)
    report = {"message": str(message.pk), "outcome": "delivered"}
    send(report)
    first = Notification.objects.get(pk=message.pk).delivered_at

    status, _nothing = send(report)

    assert (status, Notification.objects.get(pk=message.pk).delivered_at) == (204, first)
    assert told == [(message.pk, "delivered")]


@pytest.mark.parametrize(
    ("how", "ok"),
    [
        ({"key": OLD_KEY}, True),
        ({"key": "a stranger's"}, False),
        ({"header": ""}, False),
        ({"header": "t=1,v1=zz"}, False),
        ({"stamp": int(time.time()) - 301}, False),
    ],
    ids=["former key", "strange key", "no signature", "no digest", "old"],
)
def test_only_who_has_a_key_reports_and_only_now(send, told, how, ok):
    message = NotificationFactory(sent=True)

    status, _problem = send(bounced(message), **how)

    assert status == (204 if ok else 401)
    assert bool(told) is ok


def test_a_signature_of_another_body_is_none():
    at = datetime(2024, 1, 10, tzinfo=UTC)
    header = signature(KEY, int(at.timestamp()), b"{}")

    assert is_signed(header, b"{}", [KEY], at)
    assert not is_signed(header, b"{ }", [KEY], at)


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"outcome": "lost"}, 400, "outcome"),
        ({"message": "17"}, 400, "message"),
        ({"message": str(uuid.uuid4())}, 404, ""),
    ],
    ids=["outcome", "no id", "unknown"],
)
def test_what_cannot_be_read_or_found_is_said(send, change, status, field):
    answered, problem = send(bounced(NotificationFactory(sent=True)) | change)

    assert answered == status
    assert problem["errors"][0]["field"] == field


def test_a_report_of_a_message_that_did_not_leave_is_to_be_repeated_later(send):
    status, problem = send(bounced(NotificationFactory()))

    assert (status, problem["code"]) == (409, "INVALID_TRANSITION")


def test_without_a_key_no_report_is_taken(send, settings):
    settings.DELIVERY_REPORT_KEYS = []

    assert send(bounced(NotificationFactory(sent=True)), key="")[0] == 401


def test_the_example_of_the_documentation_runs_as_it_is_printed(live_server):
    message = NotificationFactory(sent=True)
    page = (Path(__file__).parents[2] / "docs" / "messaging.md").read_text(encoding="utf-8")
    script = re.search(r"^```sh\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL)[1]

    answer = subprocess.run(
        ["/bin/bash", "-euc", script],
        env={"PATH": "/usr/bin:/bin", "PORTAL": live_server.url, "KEY": KEY, "MESSAGE": str(message.pk)},
        capture_output=True, check=True, text=True, timeout=60,
    )  # fmt: skip

    assert answer.stdout == "204\n"
    assert Notification.objects.get(pk=message.pk).bounced_at


def test_what_is_not_json_is_refused_after_its_signature(send):
    assert send(b"{")[0] == 400
