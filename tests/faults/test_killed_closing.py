"""A real worker dies while it closes inquiries by themselves: none is lost, none is half closed, none closed twice."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import connection

from crm_portal.messaging.models import Notification
from crm_portal.worktime.services import timing
from crm_portal.worktime.tasks import queue_of, run_timer
from inquiries.models import Inquiry, StatusHistory
from tests.factories.inquiries import InquiryFactory
from tests.fixtures.servers import eventually

TIMER = "close_unanswered_waiting"


def order(at):
    """What beat does every hour, for an instant."""
    run_timer.apply_async(kwargs={"name": TIMER, "at": at.isoformat()}, queue=queue_of(timing.timers()[TIMER]))


def is_waiting_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'messaging_notification'::regclass")
        return cursor.fetchone() is not None


def session():
    """A session of its own beside Django's."""
    given = connection.get_connection_params()
    return psycopg2.connect(
        **{name: given[name] for name in ("dbname", "user", "password", "host", "port") if name in given}
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CRM-5.2.11-b")
def test_a_worker_killed_while_it_closes_leaves_every_inquiry_whole_and_the_next_run_closes_each_once(
    celery_worker_process,
):
    inquiries = [InquiryFactory(awaiting_customer=True) for _ in range(3)]
    at = max(inquiry.auto_close_at for inquiry in inquiries) + timedelta(minutes=1)
    Notification.objects.all().delete()
    other = session()
    with other, other.cursor() as cursor:
        cursor.execute("LOCK TABLE messaging_notification IN SHARE MODE")  # the notice cannot be written, the row is

        order(at)
        eventually(is_waiting_for_a_lock, what="the worker in the middle of a closing")
        celery_worker_process.kill()
    other.close()

    eventually(lambda: not is_waiting_for_a_lock(), what="the end of the dead worker's session")
    assert set(Inquiry.objects.values_list("status", flat=True)) == {"waiting_customer"}
    assert not StatusHistory.objects.filter(event="auto_close").exists()

    celery_worker_process.start()
    celery_worker_process.wait_until_ready()
    order(at)
    order(at)
    eventually(lambda: Inquiry.objects.filter(status="closed_by_system").count() == 3, what="the closings")

    assert StatusHistory.objects.filter(event="auto_close").count() == 3
    assert Notification.objects.filter(kind="inquiry_closed_by_system").count() == 6
