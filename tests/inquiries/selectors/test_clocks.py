from datetime import datetime, timedelta

import pytest

from crm_portal.files.services.settling import settle
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.services import timing
from inquiries.models import Inquiry, StatusHistory
from inquiries.rules.deadlines import JERUSALEM
from inquiries.selectors import clocks
from routing.models import TaxSystem, Triplet
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, fresh, take_step

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def at(day: int, hour: int = 10) -> datetime:
    """An instant of November 2026; the 5th is a Thursday, and no holiday is near."""
    return datetime(2026, 11, day, hour, tzinfo=JERUSALEM)


def waited() -> Inquiry:
    """Opened Thursday 10:00, waiting from Sunday 10:00 to Tuesday 10:00."""
    inquiry = InquiryFactory(at=at(5))
    for step, moment in (("assign", at(8, 9)), ("wait", at(8)), ("customer", at(10))):
        take_step(inquiry, step, by=inquiry.clerk, at=moment)
    return inquiry


@pytest.mark.req("CRM-2.1.7-b")
def test_the_clock_of_an_inquiry_stands_still_while_it_waits_for_its_customer():
    inquiry = waited()

    assert clocks.clock_of([inquiry], at(10, 14))[inquiry.pk].net == (14 + 10 + 4) * HOUR


def test_the_history_rows_have_their_durations():
    inquiry = waited()
    clock = clocks.clock_of([inquiry], at(10, 14))[inquiry.pk]

    rows = StatusHistory.objects.filter(pk__in=clock.changes).order_by("id")
    assert [row.to_status for row in rows] == ["in_treatment", "waiting_customer", "info_arrived"]
    assert [clock.changes[row.pk].business / HOUR for row in rows] == [23, 1, 0]
    assert [clock.changes[row.pk].calendar / HOUR for row in rows] == [71, 1, 48]


def test_the_dwell_is_told_per_team_and_per_employee():
    inquiry = waited()
    clock = clocks.clock_of([inquiry], at(10, 14))[inquiry.pk]

    assert clock.by_team == {inquiry.handling_team_id: 28 * HOUR}
    assert clock.by_employee == {inquiry.clerk.pk: 1 * HOUR}


@pytest.mark.req("CRM-2.1.7-b")
def test_a_pending_file_stops_the_clock_until_it_is_loaded():
    inquiry = InquiryFactory(at=at(8, 8), files=[files.upload()])
    settle(file_id=inquiry.attachments.get().file_id, at=at(8, 9))

    assert clocks.clock_of([inquiry], at(8, 12))[inquiry.pk].net == 3 * HOUR


@pytest.mark.req("CRM-2.1.7-e")
def test_a_holiday_declared_later_changes_the_time_at_the_next_read():
    inquiry = InquiryFactory(at=at(5))
    before = clocks.clock_of([inquiry], at(10, 14))[inquiry.pk].net

    CalendarDay.objects.create(calendar="authority", day=at(9).date(), is_working=False, name="בחירות", reason="חוק")

    assert before - clocks.clock_of([inquiry], at(10, 14))[inquiry.pk].net == 24 * HOUR


@pytest.mark.req("CRM-2.1.7-f")
def test_the_target_is_the_triplets_else_the_tax_systems_else_none():
    inquiry = InquiryFactory(at=at(8))
    read = lambda: clocks.clock_of([fresh(inquiry)], at(9, 12))[inquiry.pk]  # noqa: E731

    assert (read().target, read().indicator, read().due_at) == (None, None, None)
    TaxSystem.objects.update(sla_target_hours=24)
    assert (read().target, read().indicator.value, read().due_at) == (24 * HOUR, "over", at(9))
    Triplet.objects.update(sla_target_hours=30)
    assert (read().target, read().indicator.value, read().due_at) == (30 * HOUR, "near", at(9, 16))


def test_when_the_target_runs_out_is_kept_while_the_clock_runs_and_not_while_it_stands():
    TaxSystem.objects.all().delete()
    inquiry = InquiryFactory(at=at(8))
    TaxSystem.objects.update(sla_target_hours=48)
    take_step(inquiry, "assign", by=inquiry.clerk, at=at(8, 12))
    assert fresh(inquiry).sla_due_at == at(10)

    take_step(inquiry, "wait", by=inquiry.clerk, at=at(8, 14))
    assert fresh(inquiry).sla_due_at is None
    take_step(inquiry, "customer", by=inquiry.clerk, at=at(9, 14))
    assert fresh(inquiry).sla_due_at == at(11)


def test_the_hourly_timer_corrects_the_kept_instants_and_a_second_run_changes_nothing():
    inquiry = InquiryFactory(at=at(8))
    TaxSystem.objects.update(sla_target_hours=48)
    timer = timing.timers()["refresh_sla_cache"]

    assert timing.run(timer, at=at(8, 12)).done == 1
    assert timing.run(timer, at=at(8, 12)).done == 0
    CalendarDay.objects.create(calendar="authority", day=at(9).date(), is_working=False, name="בחירות", reason="חוק")
    assert timing.run(timer, at=at(8, 12)).done == 1

    assert fresh(inquiry).sla_due_at == at(11)


def test_a_hundred_clocks_cost_as_many_queries_as_one(django_assert_num_queries):
    inquiries = [InquiryFactory(in_treatment=True) for _ in range(4)]

    for batch in (inquiries[:1], inquiries):
        with django_assert_num_queries(4):
            clocks.clock_of(batch, at(10))
