"""Business time and business days, against the law's examples and against the naive way of counting."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_portal.worktime.rules.calendars import JERUSALEM, Hours, build, midnight

FIRST, LAST = date(2019, 12, 1), date(2031, 2, 1)
CLOSED = {date(2026, 4, 2), date(2026, 4, 8), date(2026, 4, 22)}


def worked(day):
    return day.weekday() not in {4, 5} and day not in CLOSED


CALENDAR = build(worked, first=FIRST, last=LAST)
instants = st.datetimes(
    min_value=datetime(2020, 1, 1),
    max_value=datetime(2030, 12, 31),
    timezones=st.just(UTC),
)
days = st.dates(min_value=date(2020, 3, 1), max_value=date(2030, 10, 1))


def naive_elapsed(start, end):
    """Walk the days one by one and add what of each worked day lies between the two."""
    total, day = timedelta(0), start.astimezone(JERUSALEM).date()
    while midnight(day) < end:
        if worked(day):
            begin, finish = max(start, midnight(day)), min(end, midnight(day + timedelta(days=1)))
            total += max(finish.astimezone(UTC) - begin.astimezone(UTC), timedelta(0))
        day += timedelta(days=1)
    return total


def naive_add(day, n):
    step, left = (1 if n > 0 else -1), abs(n)
    while left:
        day += timedelta(days=step)
        left -= worked(day)
    return day


def jerusalem(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=JERUSALEM)


@pytest.mark.req("CRM-2.1.7-a")
def test_thursday_10_to_the_next_tuesday_14_is_76_business_hours():
    elapsed = CALENDAR.elapsed(jerusalem(2026, 1, 8, 10), jerusalem(2026, 1, 13, 14))

    assert elapsed == timedelta(hours=14 + 24 + 24 + 14)


@pytest.mark.parametrize(
    ("night", "hours"),
    [(date(2026, 3, 27), 0), (date(2026, 10, 25), 25), (date(2026, 10, 26), 24), (date(2027, 3, 26), 0)],
    ids=["spring, a Friday", "autumn, 25 hours", "the day after", "spring again"],
)
def test_a_day_has_its_true_length_when_the_clock_changes(night, hours):
    elapsed = CALENDAR.elapsed(midnight(night), midnight(night + timedelta(days=1)))

    assert elapsed == timedelta(hours=hours)


def test_the_short_day_of_spring_has_23_hours_when_it_is_worked():
    every_day = build(lambda day: True, first=FIRST, last=LAST)

    assert every_day.elapsed(midnight(date(2026, 3, 27)), midnight(date(2026, 3, 28))) == timedelta(hours=23)


@given(instants, instants)
def test_elapsed_equals_walking_the_days(one, other):
    start, end = sorted((one, other))
    end = min(end, start + timedelta(days=400))

    assert CALENDAR.elapsed(start, end) == naive_elapsed(start, end)
    assert CALENDAR.elapsed(end, start) == -CALENDAR.elapsed(start, end)


@given(instants, instants, instants)
def test_elapsed_adds_up_over_a_moment_between(one, two, three):
    start, between, end = sorted((one, two, three))

    assert CALENDAR.elapsed(start, between) + CALENDAR.elapsed(between, end) == CALENDAR.elapsed(start, end)


@given(days, st.integers(-80, 80))
def test_adding_business_days_equals_stepping_one_by_one(day, n):
    assert CALENDAR.add(day, n) == naive_add(day, n)


@given(instants.filter(lambda moment: moment.year < 2029), st.timedeltas(timedelta(0), timedelta(days=300)))
def test_adding_business_time_is_the_first_instant_by_which_it_has_passed(start, business):
    end = CALENDAR.add_time(start, business)

    assert CALENDAR.elapsed(start, end) == business
    if business:
        assert CALENDAR.elapsed(start, end - timedelta(microseconds=1)) < business


def test_working_hours_count_only_the_hours_between_them():
    office = build(worked, first=FIRST, last=LAST, hours=Hours(time(8), time(16)))

    assert office.elapsed(jerusalem(2026, 1, 8, 15), jerusalem(2026, 1, 11, 9)) == timedelta(hours=2)


def test_a_day_beyond_the_calendar_is_an_error_and_not_a_guess():
    with pytest.raises(ValueError, match="outside the calendar"):
        CALENDAR.add(date(2040, 1, 1), 1)
    with pytest.raises(ValueError, match="Outside the calendar"):
        CALENDAR.add(LAST, 1)
    with pytest.raises(ValueError, match="forwards only"):
        CALENDAR.add_time(jerusalem(2026, 1, 1), timedelta(hours=-1))
