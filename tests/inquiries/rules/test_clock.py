from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_portal.worktime.rules.calendars import build
from inquiries.rules import clock
from inquiries.rules.clock import Indicator, Span, Step
from inquiries.rules.codes import Status
from inquiries.rules.deadlines import JERUSALEM

FRIDAY, SATURDAY = 4, 5
HOUR = timedelta(hours=1)


def calendar_with(*holidays: date):
    return build(
        lambda day: day.weekday() not in (FRIDAY, SATURDAY) and day not in holidays,
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
    )


PLAIN = calendar_with()


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """An instant of June 2026; the 4th is a Thursday."""
    return datetime(2026, 6, day, hour, minute, tzinfo=JERUSALEM)


def hours(steps, until, pending=(), calendar=PLAIN) -> float:
    return clock.net(clock.running(steps, pending, until), calendar) / HOUR


OPENED = Step(at(4), Status.OPEN_TEAM, "A")
CLOSED = Step(at(9, 14), Status.CLOSED_SUCCESS, "A")
WAITING = [OPENED, Step(at(7), Status.WAITING_CUSTOMER, "A"), Step(at(9), Status.INFO_ARRIVED, "A"), CLOSED]


@pytest.mark.req("CRM-2.1.7-a")
def test_thursday_ten_to_the_next_tuesday_two_is_76_hours():
    assert hours([OPENED, CLOSED], at(20)) == 14 + 24 + 24 + 14


@pytest.mark.req("CRM-2.1.7-b")
def test_waiting_for_the_customer_is_not_counted():
    assert hours(WAITING, at(20)) == 14 + 10 + 4


@pytest.mark.req("CRM-2.1.7-b")
def test_an_hour_in_which_a_file_was_not_loaded_is_not_counted():
    assert hours([OPENED, CLOSED], at(20), [Span(at(7, 8), at(7, 9))]) == 75


@pytest.mark.req("CRM-2.1.7-b")
def test_a_file_pending_while_the_customer_is_waited_for_is_subtracted_once():
    pending = [Span(at(7, 9), at(7, 11)), Span(at(7, 10), at(7, 12)), Span(at(8), at(8, 12))]

    assert hours(WAITING, at(20), pending) == 27


@pytest.mark.req("CRM-2.1.7-b")
def test_after_re_activation_the_clock_goes_on_where_it_stood():
    again = [OPENED, CLOSED, Step(at(15), Status.INFO_ARRIVED, "B")]

    assert hours(again, at(15, 16)) == 76 + 6


@pytest.mark.req("CRM-2.1.7-c")
def test_each_status_change_tells_how_long_the_status_before_it_lasted():
    stretches = clock.running(WAITING, (), at(20))
    durations = clock.since_previous_status(WAITING, stretches, PLAIN)

    assert [duration.business / HOUR for duration in durations.values()] == [24, 0, 4]
    assert [duration.calendar / HOUR for duration in durations.values()] == [72, 48, 4]


def test_a_step_that_keeps_the_status_does_not_cut_its_duration():
    steps = [OPENED, Step(at(4, 12), Status.OPEN_TEAM, "B"), Step(at(4, 15), Status.IN_TREATMENT, "B", "dana")]

    durations = clock.since_previous_status(steps, clock.running(steps, (), at(9)), PLAIN)

    assert {place: duration.business / HOUR for place, duration in durations.items()} == {2: 5}


@pytest.mark.req("CRM-2.1.7-d")
def test_returning_to_a_team_or_an_employee_adds_up():
    steps = [
        Step(at(7, 0), Status.IN_TREATMENT, "A", "dana"),
        Step(at(7, 5), Status.FORWARDED, "B"),
        Step(at(7, 6), Status.IN_TREATMENT, "B", "omer"),
        Step(at(7, 8), Status.FORWARDED, "A"),
        Step(at(7, 9), Status.IN_TREATMENT, "A", "dana"),
        Step(at(7, 10), Status.CLOSED_SUCCESS, "A", "dana"),
    ]
    stretches = clock.running(steps, (), at(9))

    assert clock.by_team(stretches, PLAIN) == {"A": 7 * HOUR, "B": 3 * HOUR}
    assert clock.by_employee(stretches, PLAIN) == {"dana": 6 * HOUR, "omer": 2 * HOUR}


@pytest.mark.req("CRM-2.1.7-e")
def test_a_holiday_declared_later_changes_what_was_counted():
    assert hours([OPENED, CLOSED], at(20), calendar=calendar_with(date(2026, 6, 8))) == 76 - 24


@pytest.mark.req("CRM-2.1.7-f")
@pytest.mark.parametrize(
    ("net", "expected"),
    [(38, Indicator.WITHIN), (39, Indicator.NEAR), (40, Indicator.NEAR), (48, Indicator.NEAR), (49, Indicator.OVER)],
)
def test_near_begins_at_four_fifths_of_the_target(net, expected):
    assert clock.indicator(net * HOUR, 48 * HOUR, near_percent=80) is expected


def test_without_a_target_there_is_no_indicator():
    assert clock.indicator(999 * HOUR, None, near_percent=80) is None


def test_the_target_runs_out_at_the_business_instant_it_ran_or_will_run_out():
    stretches = clock.running([OPENED], (), at(7, 12))

    assert clock.runs_out(stretches, 10 * HOUR, PLAIN, runs_on_from=at(7, 12)) == at(4, 20)
    assert clock.runs_out(stretches, 27 * HOUR, PLAIN, runs_on_from=at(7, 12)) == at(7, 13)
    assert clock.runs_out(stretches, 27 * HOUR, PLAIN, runs_on_from=None) is None


statuses = st.sampled_from([status for status in Status if status is not Status.OPEN])
minutes = st.integers(min_value=0, max_value=20 * 24 * 60)


@st.composite
def stories(draw):
    """A history, files pending on the way, and the instant it is read at."""
    start = datetime(2026, 3, 20, tzinfo=UTC)  # the change to summer time lies in these weeks
    moments = sorted(draw(st.lists(minutes, min_size=1, max_size=8)))
    steps = [Step(start + timedelta(minutes=m), draw(statuses), draw(st.sampled_from("AB"))) for m in moments]
    pending = [
        Span(*(start + timedelta(minutes=m) for m in sorted(pair)))
        for pair in draw(st.lists(st.tuples(minutes, minutes), max_size=4))
    ]
    return steps, pending, steps[0].at + timedelta(minutes=draw(minutes))


@given(stories())
def test_running_and_paused_time_add_up_to_the_time_that_passed(story):
    steps, pending, until = story
    stretches = clock.running(steps, pending, until)
    paused = sum(
        (
            PLAIN.elapsed(max(gap.start, steps[0].at), min(gap.end, until))
            for gap in clock.excluded(steps, pending, until)
            if max(gap.start, steps[0].at) < min(gap.end, until)
        ),
        timedelta(),
    )

    assert clock.net(stretches, PLAIN) + paused == PLAIN.elapsed(steps[0].at, until)


@given(stories())
def test_the_teams_times_add_up_to_the_net_time(story):
    steps, pending, until = story
    stretches = clock.running(steps, pending, until)

    assert sum(clock.by_team(stretches, PLAIN).values(), timedelta()) == clock.net(stretches, PLAIN)


@given(stories())
def test_the_clock_runs_exactly_in_the_minutes_that_nothing_excludes(story):
    steps, pending, until = story
    everyday = build(lambda day: True, first=date(2026, 1, 1), last=date(2026, 12, 31))
    counted, moment = 0, steps[0].at
    while moment < until:
        status = [step.status for step in steps if step.at <= moment][-1]
        held = any(span.start <= moment < span.end for span in pending)
        counted += status not in clock.STANDS_STILL and not held
        moment += timedelta(minutes=1)

    assert clock.net(clock.running(steps, pending, until), everyday) == timedelta(minutes=counted)
