"""How the limits of the regulations are counted (section 9)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdata.rules import deadlines
from creditdata.rules.codes import SourceType, calendar_of
from creditdata.rules.parameters import Parameters
from crm_portal.worktime.rules.calendars import JERUSALEM, CalendarName
from crm_portal.worktime.selectors import computed_calendar

GENERAL = computed_calendar(CalendarName.GENERAL)
BANKING = computed_calendar(CalendarName.BANKING)
calendars = st.sampled_from([GENERAL, BANKING])
days = st.dates(date(2004, 1, 1), date(2050, 12, 31))
counts = st.integers(1, 60)


@given(calendars, days, days, counts)
def test_a_later_event_never_has_an_earlier_limit(calendar, one, other, n):
    first, second = sorted((one, other))

    assert deadlines.add_bd(first, n, calendar) <= deadlines.add_bd(second, n, calendar)


@given(calendars, days, counts, counts)
def test_more_business_days_end_later(calendar, event, n, more):
    assert deadlines.add_bd(event, n, calendar) < deadlines.add_bd(event, n + more, calendar)


@pytest.mark.req("CRD-1-i")
@given(calendars, days, counts)
def test_a_limit_ends_on_its_nth_business_day_without_the_day_of_the_event(calendar, event, n):
    ends = deadlines.add_bd(event, n, calendar)
    following = [event + timedelta(days=offset) for offset in range(1, (ends - event).days + 1)]

    assert calendar.is_business_day(ends)
    assert sum(map(calendar.is_business_day, following)) == n


@pytest.mark.req("CRD-1-i")
@given(calendars, days, counts)
def test_counting_back_leaves_the_day_out_likewise(calendar, day, n):
    oldest = deadlines.oldest_as_of(day, n, calendar)
    before = [oldest + timedelta(days=offset) for offset in range((day - oldest).days)]

    assert calendar.is_business_day(oldest)
    assert sum(map(calendar.is_business_day, before)) == n


@pytest.mark.req("CRD-1-i")
def test_a_limit_runs_out_at_the_end_of_its_day_in_jerusalem():
    due = deadlines.due_at(date(2026, 3, 31), 2, GENERAL)

    assert due == datetime(2026, 4, 3, 23, 59, 59, tzinfo=JERUSALEM)
    assert due.astimezone(UTC).hour == 20  # summer time


@pytest.mark.req("CRD-1-i")
@pytest.mark.parametrize(
    "event",
    [
        datetime(2026, 3, 31, 23, 59, tzinfo=JERUSALEM),  # after hours
        datetime(2026, 3, 30, 21, 1, tzinfo=UTC),  # the day before elsewhere
        datetime(2026, 3, 31, 0, 0, tzinfo=JERUSALEM),
    ],
)
def test_an_event_counts_from_its_own_day_in_jerusalem(event):
    assert deadlines.add_bd(event, 2, GENERAL) == date(2026, 4, 3)


def test_an_event_on_a_day_that_is_not_worked_counts_from_that_day():
    assert deadlines.add_bd(date(2026, 4, 4), 1, GENERAL) == date(2026, 4, 5)  # a Saturday


@pytest.mark.req("CRD-1-j")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 3, 3), date(2026, 4, 3)),  # the 2nd is Passover
        (date(2026, 3, 5), date(2026, 4, 5)),  # the 4th is a Saturday
        (date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_a_limit_of_thirty_days_rolls_to_a_business_day(received, due):
    assert deadlines.source_answer_due(received, GENERAL) == due


@pytest.mark.req("CRD-1-j")
def test_waiting_and_fixed_days_never_roll():
    saturday = date(2026, 4, 4)

    assert deadlines.waiting_ends(date(2026, 2, 3)) == saturday
    assert deadlines.waited(date(2026, 2, 3), saturday)
    assert not deadlines.waited(date(2026, 2, 3), date(2026, 4, 3))
    assert deadlines.payment_due(2021) == date(2022, 1, 15)  # a Saturday


@pytest.mark.req("CRD-1-j")
@given(days, st.integers(1, 30))
def test_years_end_on_the_same_day_number_or_with_the_month(since, years):
    until = deadlines.kept_until(since, years)

    assert (until.year, until.month) == (since.year + years, since.month)
    assert until.day == since.day or (since.month, since.day, until.day) == (2, 29, 28)


@pytest.mark.parametrize("requirement", sorted(deadlines.CALENDAR_LIMITS))
def test_each_limit_holds_whatever_the_day(requirement):
    limit = deadlines.CALENDAR_LIMITS[requirement]

    for start in (date(2024, 2, 29), date(2025, 8, 31), date(2026, 4, 4)):
        assert limit(start, GENERAL, Parameters()) != start


def test_a_setting_moves_the_limits_that_follow_it():
    parameters = Parameters(min_wait_days=90, commencement=date(2020, 1, 1))

    assert deadlines.waiting_ends(date(2026, 1, 1), parameters) == date(2026, 4, 1)
    assert deadlines.history_since(date(2022, 1, 1), parameters) == date(2020, 1, 1)


def test_banks_alone_count_by_their_own_calendar():
    banking = {source for source in SourceType if calendar_of(source) is CalendarName.BANKING}

    assert banking == {SourceType.BANKING_CORPORATION, SourceType.BANK_OF_ISRAEL}
