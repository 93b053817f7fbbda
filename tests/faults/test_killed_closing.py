"""A real worker dies while it closes inquiries by themselves: none is lost, none is half closed, none closed twice."""

from datetime import timedelta

import pytest

from crm_portal.messaging.models import Notification
from crm_portal.worktime.services import timing
from crm_portal.worktime.tasks import queue_of, run_timer
from inquiries.models import Inquiry, StatusHistory
from tests.factories.inquiries import InquiryFactory
from tests.faults.locking import notices_held, waits_for_a_notice
from tests.fixtures.servers import eventually

TIMER = "close_unanswered_waiting"


def order(at):
    """What beat does every hour, for an instant."""
    run_timer.apply_async(kwargs={"name": TIMER, "at": at.isoformat()}, queue=queue_of(timing.timers()[TIMER]))


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CRM-5.2.11-b")
def test_a_worker_killed_while_it_closes_leaves_every_inquiry_whole_and_the_next_run_closes_each_once(
    celery_worker_process,
):
    inquiries = [InquiryFactory(awaiting_customer=True) for _ in range(3)]
    at = max(inquiry.auto_close_at for inquiry in inquiries) + timedelta(minutes=1)
    Notification.objects.all().delete()
    with notices_held():
        order(at)
        eventually(waits_for_a_notice, what="the worker in the middle of a closing")
        celery_worker_process.kill()

    eventually(lambda: not waits_for_a_notice(), what="the end of the dead worker's session")
    assert set(Inquiry.objects.values_list("status", flat=True)) == {"waiting_customer"}
    assert not StatusHistory.objects.filter(event="auto_close").exists()

    celery_worker_process.start()
    celery_worker_process.wait_until_ready()
    order(at)
    order(at)
    eventually(lambda: Inquiry.objects.filter(status="closed_by_system").count() == 3, what="the closings")

    assert StatusHistory.objects.filter(event="auto_close").count() == 3
    assert Notification.objects.filter(kind="inquiry_closed_by_system").count() == 6
