"""A real worker on real Redis dies while it delivers: nothing is lost and nothing comes twice."""

import asyncio

import pytest

from crm_portal.messaging.models import Notification
from crm_portal.worktime.services import timing
from crm_portal.worktime.tasks import queue_of, run_timer
from tests.factories.messaging import NotificationFactory
from tests.fixtures.servers import eventually


@pytest.fixture
def by_smtp(mail_server, monkeypatch):
    monkeypatch.setenv("EMAIL_ADAPTER", "smtp")
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", "no-reply@portal.example")
    return mail_server


def order():
    """What beat does every few seconds."""
    run_timer.apply_async(kwargs={"name": "send_outbox"}, queue=queue_of(timing.timers()["send_outbox"]))


def all_sent():
    order()
    return not Notification.objects.exclude(state="sent").exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_sends_loses_nothing_and_repeats_nothing(by_smtp, celery_worker_process):
    hanging, accept = [], by_smtp.handle_DATA

    async def hang(server, session, envelope):
        hanging.append(envelope)
        await asyncio.sleep(30)

    by_smtp.handle_DATA = hang
    for _ in range(3):
        NotificationFactory()

    order()
    eventually(lambda: hanging, what="the first message's sending")
    celery_worker_process.kill()
    assert set(Notification.objects.values_list("state", "attempts")) == {("queued", 0)}

    by_smtp.handle_DATA = accept
    celery_worker_process.start()
    celery_worker_process.wait_until_ready()
    eventually(all_sent, what="the sending of what was left")

    keys = {f"<{pk}@portal.example>" for pk in Notification.objects.values_list("pk", flat=True)}
    assert len(by_smtp.messages) == 3
    assert {mail["Message-ID"] for mail in by_smtp.messages} == keys
