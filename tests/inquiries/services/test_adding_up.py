"""The kept durations and figures equal what the history tells, and follow the calendar."""

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Sum

from crm_portal.worktime.rules.calendars import JERUSALEM, CalendarName
from crm_portal.worktime.services import declaring, timing
from inquiries.models import AnswerTime, DailyFigure, Dwell, FiguresDay, FiguresState, Inquiry, InquiryMeasures
from inquiries.rules.figures import Figure
from inquiries.selectors import clocks
from inquiries.services import adding_up, assigning, forwarding, triplets
from routing.models import TaxSystem
from tests.factories.inquiries import InquiryFactory, another_team, clerk, fresh, office, take_step

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def at(day: int, hour: float = 10) -> datetime:
    """An instant of November 2026; the 5th is a Thursday, and no holiday is near."""
    return datetime(2026, 11, day, tzinfo=JERUSALEM) + timedelta(hours=hour)


def count(figure: Figure, **where: object) -> int:
    return DailyFigure.objects.filter(figure=figure.value, **where).aggregate(n=Sum("count"))["n"] or 0


def some_of_each() -> list[Inquiry]:
    """Inquiries of different days and statuses."""
    team = office()
    traits = ({}, {"in_treatment": True}, {"awaiting_customer": True}, {"info_arrived": True}, {"closed": True})
    return [InquiryFactory(team=team, at=at(1 + place), **trait) for place, trait in enumerate(traits)]


@pytest.mark.req("CRM-2.1.7-e")
def test_the_kept_net_time_of_every_inquiry_is_the_one_computed_from_its_history():
    inquiries = some_of_each()

    adding_up.refresh_report_figures(at=at(12))

    direct = clocks.clock_of([fresh(one) for one in inquiries], at(12))
    kept = dict(InquiryMeasures.objects.values_list("inquiry", "net_seconds"))
    assert kept == {pk: clock.net.total_seconds() for pk, clock in direct.items()}
    assert len(set(kept.values())) > 2


@pytest.mark.req("CRM-2.1.7-e")
def test_a_holiday_declared_later_changes_the_kept_times_to_what_is_computed_then():
    closed = InquiryFactory(at=at(8), steps=("assign",))
    take_step(closed, "close", by=closed.clerk, at=at(11))
    later_one = InquiryFactory(at=at(10), steps=("assign", "close"))
    adding_up.refresh_report_figures(at=at(12))
    before = dict(InquiryMeasures.objects.values_list("inquiry", "net_seconds"))

    declaring.declare_day(
        calendar=CalendarName.AUTHORITY, day=date(2026, 11, 9), is_working=False, name="בחירות", reason="חוק", by=None,
        at=at(12),
    )  # fmt: skip
    done = timing.run(timing.timers()["rebuild_sla_cache"], at=at(12, 11)).done

    after = dict(InquiryMeasures.objects.values_list("inquiry", "net_seconds"))
    assert before[closed.pk] - after[closed.pk] == 24 * 3600
    assert after[closed.pk] == clocks.clock_of([fresh(closed)], at(12))[closed.pk].net.total_seconds()
    assert after[later_one.pk] == before[later_one.pk]
    assert sum(after.values()) == DailyFigure.objects.filter(figure="net_time").aggregate(n=Sum("total"))["n"]
    assert done == 1  # only what had counted that day was measured anew
    assert timing.run(timing.timers()["rebuild_sla_cache"], at=at(12, 12)).done == 0


@pytest.mark.req("CRM-2.1.7-e")
def test_another_weekend_changes_the_kept_times_of_everything(settings):
    inquiry = InquiryFactory(at=at(5), steps=("assign",))  # a Thursday
    take_step(inquiry, "close", by=inquiry.clerk, at=at(8))
    adding_up.refresh_report_figures(at=at(12))
    before = InquiryMeasures.objects.get().net_seconds
    assert adding_up.rebuild_sla_cache(at=at(12)) == 0

    settings.WEEKEND_DAYS = [5]
    assert adding_up.rebuild_sla_cache(at=at(12)) == 1

    assert InquiryMeasures.objects.get().net_seconds - before == 24 * 3600
    assert adding_up.rebuild_sla_cache(at=at(12)) == 0


def test_a_day_of_another_calendar_changes_nothing():
    declaring.declare_day(
        calendar=CalendarName.BANKING, day=date(2026, 11, 9), is_working=False, name="x", reason="x", by=None, at=at(9)
    )

    assert not FiguresState.objects.filter(changed_days__len__gt=0).exists()


@pytest.mark.req("CRM-2.1.7-d")
def test_returning_to_a_team_adds_up_five_hours_and_two_in_one_and_three_in_the_other():
    team = office(members=[clerk()])
    other = another_team(team.triplet_teams.get().triplet, members=[clerk()])
    first, second = team.members.get().user, other.members.get().user
    inquiry = InquiryFactory(team=team, at=at(8, 8))
    move = {"inquiry_id": inquiry.pk}
    assigning.assign_to_me(**move, by=first, at=at(8, 9))
    take_step(inquiry, "answer", by=first, at=at(8, 9))
    triplets.set_validation(**move, by=first, at=at(8, 9), verdict="correct")
    forwarding.forward(**move, by=first, at=at(8, 13), team_id=other.pk, proposed_solution="אצלם")
    assigning.assign_to_me(**move, by=second, at=at(8, 14))
    forwarding.forward(**move, by=second, at=at(8, 16), team_id=team.pk, proposed_solution="חזרה", confirm_return=True)
    assigning.assign_to_me(**move, by=first, at=at(8, 17))
    take_step(inquiry, "close", by=first, at=at(8, 18))

    adding_up.refresh_report_figures(at=at(9))

    by_team = dict(Dwell.objects.values_list("team").annotate(Sum("seconds")))
    assert by_team == {team.pk: 7 * 3600, other.pk: 3 * 3600}
    totals = dict(DailyFigure.objects.filter(figure="dwell").values_list("team", "total"))
    assert totals == by_team
    by_employee = dict(DailyFigure.objects.filter(figure="dwell_employee").values_list("key", "total"))
    assert by_employee == {str(first.pk): 5 * 3600, str(second.pk): 2 * 3600}
    assert count(Figure.TRANSFER) == 2
    assert count(Figure.RETURN, team=other) == 1


@pytest.mark.req("CRM-2-c")
def test_each_answer_is_timed_from_what_it_answers():
    inquiry = InquiryFactory(at=at(8, 8))
    steps = (("assign", 9), ("answer", 12), ("customer", 14), ("answer", 15), ("answer", 16))
    for step, hour in steps:
        take_step(inquiry, step, by=inquiry.clerk, at=at(8, hour))

    adding_up.refresh_report_figures(at=at(9))

    assert list(AnswerTime.objects.order_by("pk").values_list("is_first", "seconds")) == [
        (True, 4 * 3600),
        (False, 1 * 3600),
    ]


def test_a_second_run_measures_only_what_goes_on_and_changes_no_figure():
    some_of_each()
    adding_up.refresh_report_figures(at=at(12))
    figures = set(DailyFigure.objects.values_list("figure", "day", "team", "key", "count", "total"))

    assert adding_up.refresh_report_figures(at=at(12)) == 0
    assert set(DailyFigure.objects.values_list("figure", "day", "team", "key", "count", "total")) == figures
    assert adding_up.refresh_report_figures(at=at(12, 11)) == 3  # of five one waits and one is closed


def test_what_was_missed_is_caught_up_and_days_marked_before_are_added_up():
    some_of_each()
    FiguresDay.objects.create(day=date(2020, 1, 1), marked_at=at(1))

    adding_up.refresh_report_figures(at=at(30))

    assert count(Figure.OPENED) == 5
    assert not FiguresDay.objects.exists()
    assert FiguresState.objects.get().refreshed_at == at(30)


def test_a_new_target_is_measured_against_and_what_is_closed_is_never_near_it():
    TaxSystem.objects.update_or_create(code="deductions", defaults={"name": "ניכויים"})
    closed = InquiryFactory(at=at(8), steps=("assign",))
    take_step(closed, "close", by=closed.clerk, at=at(9))
    running = InquiryFactory(team=closed.handling_team, at=at(8))
    adding_up.refresh_report_figures(at=at(9))
    assert set(InquiryMeasures.objects.values_list("indicator", flat=True)) == {""}

    TaxSystem.objects.update(sla_target_hours=25)
    adding_up.refresh_report_figures(at=at(9))

    found = dict(InquiryMeasures.objects.values_list("inquiry", "indicator"))
    assert found == {closed.pk: "within", running.pk: "near"}
