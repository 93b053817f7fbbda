"""Delivering what the outbox holds."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from structlog.testing import capture_logs

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.messaging import adapters
from crm_portal.messaging.models import Notification
from crm_portal.messaging.services import delivering
from crm_portal.messaging.services.delivering import retry, send_due
from crm_portal.worktime.services.sweeping import SweepResult
from tests.factories.messaging import NotificationFactory
from tests.factories.people import UserFactory

AT = timezone.now()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def message(**given):
    return NotificationFactory(created_at=AT, **given)


def again(row):
    row.refresh_from_db()
    return row


def test_local_adapters_mark_as_sent_and_keep_the_message(db):
    email, sms = message(), message(sms=True)

    assert send_due(at=AT) == SweepResult(done=2)

    assert {again(email).state, again(sms).state} == {"sent"}
    assert (email.sent_at, email.attempts, email.next_attempt_at) == (AT, 1, None)
    assert email.body


def test_a_message_is_sent_once_and_not_before_it_is_due(db, smtp):
    message(next_attempt_at=AT + MINUTE)

    assert [send_due(at=at).done for at in (AT, AT + MINUTE, AT + HOUR)] == [0, 1, 0]
    assert len(smtp.messages) == 1


def test_what_fails_is_tried_five_times_more_and_then_given_up(db, smtp):
    row, at, waits = message(), AT, []
    smtp.answer = "451 busy"

    while again(row).state == "queued":
        assert send_due(at=row.next_attempt_at - timedelta(seconds=1)) == SweepResult()
        at = row.next_attempt_at
        assert send_due(at=at) == SweepResult(failed=1)
        waits.append(again(row).next_attempt_at and row.next_attempt_at - at)

    assert waits == [MINUTE, 5 * MINUTE, 30 * MINUTE, 4 * HOUR, 24 * HOUR, None]
    assert (row.state, row.attempts) == ("failed", 6)
    assert "451 busy" in row.last_error


def test_a_server_down_and_up_again_loses_nothing_and_repeats_nothing(db, smtp):
    row = message()
    smtp.stop()
    assert send_due(at=AT) == SweepResult(failed=1)
    smtp.start()

    assert send_due(at=AT + MINUTE) == SweepResult(done=1)
    assert send_due(at=AT + MINUTE) == SweepResult()

    assert (again(row).state, len(smtp.messages)) == ("sent", 1)


def test_a_refused_address_fails_at_once(db, smtp, sms_gateway):
    email, sms = message(), message(sms=True)
    smtp.answer, sms_gateway.status = "550 no such user", 422

    send_due(at=AT)

    assert {again(email).state, again(sms).state} == {"failed"}
    assert (email.attempts, email.last_error) == (1, "SMTP 550 no such user")


def test_a_silent_channel_costs_few_messages_an_attempt_and_the_other_goes_on(db, sms_gateway, smtp):
    for _ in range(8):
        message(sms=True)
    email = message()
    sms_gateway.stop()

    result = send_due(at=AT)

    assert result == SweepResult(done=1, failed=delivering.SILENCES_TO_STOP_AT)
    assert again(email).state == "sent"
    assert Notification.objects.filter(attempts=0, state="queued").count() == 5


def test_codes_go_before_notices(db, smtp):
    message(next_attempt_at=AT - HOUR)
    code = message(code=True)

    send_due(at=AT)

    assert smtp.messages[0]["To"] == code.address


@pytest.mark.parametrize(("demonstration", "kept"), [(False, ""), (True, "הקוד: 482913")])
@pytest.mark.parametrize("answer", ["250 OK", "550 no such user"])
def test_a_code_is_forgotten_when_it_left_but_in_a_demonstration(db, smtp, settings, demonstration, kept, answer):
    settings.DEMONSTRATION, smtp.answer = demonstration, answer
    row = message(code=True)

    send_due(at=AT)

    assert again(row).body == kept


@pytest.mark.parametrize("answer", ["250 OK", "451 busy", "550 no such user"])
def test_a_code_is_never_logged(db, smtp, answer):
    smtp.answer = answer
    message(code=True)

    with capture_logs() as logs:
        send_due(at=AT)

    assert logs
    assert "482913" not in str(logs)


def test_a_mistake_in_an_adapter_is_a_failed_attempt_without_the_words_of_the_message(db, settings):
    settings.EMAIL_ADAPTER = "no such adapter"
    row, other = message(), message(sms=True)

    with capture_logs() as logs:
        assert send_due(at=AT) == SweepResult(done=1, failed=1)

    assert (again(row).state, row.last_error) == ("queued", "unforeseen: KeyError")
    assert again(other).state == "sent"
    assert row.body not in str(logs)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(smtp, sms_gateway):
    for _ in range(15):
        message()
        message(sms=True)
    together = threading.Barrier(3)

    def work(_):
        together.wait()
        try:
            return send_due(at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(work, range(3)))

    assert sum(results, SweepResult()) == SweepResult(done=30)
    assert len(smtp.messages) == 15
    assert len(sms_gateway.requests) == 15


class Killed(BaseException):
    """The worker is killed: nothing catches it."""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_messages_loses_none(smtp, monkeypatch):
    for _ in range(5):
        message()
    real = adapters.send

    def die_after_two(row, enclosures):
        if len(smtp.messages) == 2:
            raise Killed
        real(row, enclosures)

    with monkeypatch.context() as patch:
        patch.setattr(adapters, "send", die_after_two)
        with pytest.raises(Killed):
            send_due(at=AT)
    assert send_due(at=AT) == SweepResult(done=3)

    assert len({mail["Message-ID"] for mail in smtp.messages}) == len(smtp.messages) == 5


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_sending_repeats_the_message_under_the_same_key(smtp, sms_gateway, monkeypatch):
    message()
    message(sms=True)
    real = adapters.send

    def die_after_sending(row, enclosures):
        real(row, enclosures)
        raise Killed

    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(adapters, "send", die_after_sending)
            with pytest.raises(Killed):
                send_due(at=AT)
    send_due(at=AT)

    assert len({mail["Message-ID"] for mail in smtp.messages}) == 1
    assert len(sms_gateway.accepted) == 1
    assert not Notification.objects.exclude(state="sent").exists()


@pytest.mark.req("CRM-2-b")
def test_a_dead_letter_is_tried_again_on_request_and_the_audit_tells_who_asked(db, smtp):
    row, by = message(failed=True), UserFactory()

    retry(notification_id=row.pk, by=by, at=AT)

    assert (again(row).state, row.attempts, row.next_attempt_at) == ("queued", 0, AT)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.target_id) == ("notification.retry", by, str(row.pk))
    assert send_due(at=AT) == SweepResult(done=1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, Code.INVALID_TRANSITION),
        ({"sent": True}, Code.INVALID_TRANSITION),
        ({"failed": True, "code": True}, Code.CODE_EXPIRED),
    ],
    ids=["queued", "sent", "a code"],
)
def test_only_a_dead_letter_that_still_means_something_is_tried_again(db, given, code):
    row = message(**given)
    before = (row.state, row.attempts)

    with pytest.raises(Refused) as refused:
        retry(notification_id=row.pk, by=None, at=AT)

    assert refused.value.code is code
    assert (again(row).state, row.attempts) == before
    assert AuditEvent.objects.get().outcome == "refused"


def test_retrying_what_is_not_there_is_out_of_scope(db):
    with pytest.raises(Refused, match="OUT_OF_SCOPE"):
        retry(notification_id="00000000-0000-0000-0000-000000000000", by=None, at=AT)


def test_the_timer_is_a_command_and_judges_by_the_instant_it_is_given(db, capsys):
    message(next_attempt_at=AT + 10 * HOUR)

    call_command("send_outbox", at=AT)
    call_command("send_outbox", at=AT + 10 * HOUR)

    assert capsys.readouterr().out.splitlines() == ["send_outbox 0 0", "send_outbox 1 0"]
