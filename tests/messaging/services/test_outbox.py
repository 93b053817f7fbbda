"""Putting messages into the outbox."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox

AT = timezone.now()


def put(address="reader@example.org", *, channel=MessageChannel.EMAIL, key="key", **words):
    return outbox.put("inquiry_received", channel=channel, address=address, body="גוף", dedupe_key=key, at=AT, **words)


@pytest.mark.req("CRM-2.1.3-c")
def test_the_same_notice_is_put_once(db):
    assert put() == put()

    assert Notification.objects.count() == 1


@pytest.mark.req("CRM-2.1.3-c")
@pytest.mark.django_db(transaction=True)
def test_parallel_writers_put_one_notice():
    together = Barrier(6)

    def write(_):
        together.wait()
        try:
            return put().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        ids = set(threads.map(write, range(6)))

    assert len(ids) == Notification.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_with_the_transaction_of_what_it_tells_of():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)

    assert not Notification.objects.exists()


@pytest.mark.req("CRM-2.1.3-c")
@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (MessageChannel.EMAIL, "not an address"),
        (MessageChannel.EMAIL, "a@example.org\nBcc: b@example.org"),
        (MessageChannel.EMAIL, "x" * 250 + "@example.org"),
        (MessageChannel.SMS, "050-1234567"),
        (MessageChannel.SMS, "reader@example.org"),
    ],
)
def test_an_impossible_address_blocks_nothing_and_is_a_dead_letter_at_once(db, channel, address):
    message = put(address, channel=channel)

    assert (message.state, message.next_attempt_at, message.last_error) == ("failed", None, "not an address")


def test_a_subject_is_one_line(db):
    assert put(subject="שורה\r\nBcc: x@example.org").subject == "שורה Bcc: x@example.org"


def test_an_unknown_channel_is_a_mistake_of_the_caller(db):
    with pytest.raises(ValueError, match="pigeon"):
        put(channel="pigeon")
