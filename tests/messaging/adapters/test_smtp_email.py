"""E-mail over a real SMTP server."""

import time

import pytest

from crm_portal.messaging import adapters
from crm_portal.messaging.adapters.failures import Fault, NotDelivered
from tests.factories.messaging import NotificationFactory

pytestmark = pytest.mark.django_db


def test_an_email_arrives_in_hebrew_marked_as_automatic_under_the_key_of_its_row(smtp):
    message = NotificationFactory()

    adapters.send(message)

    (mail,) = smtp.messages
    assert mail["Subject"] == message.subject
    assert mail.get_content().strip() == message.body
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert mail["To"] == message.address
    assert mail["From"] == "רשות המסים <no-reply@portal.example>"
    assert mail["Message-ID"] == f"<{message.pk}@portal.example>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_repetition_carries_the_same_message_id(smtp):
    message = NotificationFactory()

    adapters.send(message)
    adapters.send(message)

    assert len({mail["Message-ID"] for mail in smtp.messages}) == 1


@pytest.mark.parametrize(
    ("answer", "fault"),
    [("451 try again later", Fault.PROVIDER), ("550 no such user", Fault.MESSAGE), ("554 spam", Fault.MESSAGE)],
)
def test_an_answer_of_the_server_tells_whose_fault_it_is(smtp, answer, fault):
    smtp.answer = answer

    with pytest.raises(NotDelivered, match=answer[:3]) as refused:
        adapters.send(NotificationFactory())

    assert refused.value.fault is fault


@pytest.mark.parametrize(("code", "fault"), [(450, Fault.PROVIDER), (550, Fault.MESSAGE)])
def test_a_refused_recipient_is_final_only_when_the_server_says_so(smtp, monkeypatch, code, fault):
    async def handle_RCPT(server, session, envelope, address, options):  # noqa: N802
        return f"{code} mailbox"

    smtp.handle_RCPT = handle_RCPT

    with pytest.raises(NotDelivered) as refused:
        adapters.send(NotificationFactory())

    assert refused.value.fault is fault


def test_a_server_that_is_down_is_unreachable(smtp, settings):
    smtp.stop()

    with pytest.raises(NotDelivered) as refused:
        adapters.send(NotificationFactory())

    assert refused.value.fault is Fault.UNREACHABLE


def test_a_server_that_hangs_is_left_after_the_timeout(smtp, settings):
    async def handle_DATA(server, session, envelope):  # noqa: N802
        import asyncio

        await asyncio.sleep(3)
        return "250 OK"

    smtp.handle_DATA, settings.EMAIL_TIMEOUT = handle_DATA, 0.3
    started = time.monotonic()

    with pytest.raises(NotDelivered) as refused:
        adapters.send(NotificationFactory())

    assert refused.value.fault is Fault.UNREACHABLE
    assert time.monotonic() - started < 2
