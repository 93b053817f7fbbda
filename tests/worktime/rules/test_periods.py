"""Periods of days and months, on the days where they are easily wrong."""

from datetime import UTC, date, datetime

import pytest

from crm_portal.worktime.rules.calendars import JERUSALEM
from crm_portal.worktime.rules.periods import add_months, day_of, end_of


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 84, date(2031, 2, 28)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
    ids=["clipped", "leap year", "back to the 28th", "seven years", "backwards", "over the year"],
)
@pytest.mark.req("CRD-1-j")
def test_months_keep_the_day_number_or_end_with_the_month(start, months, end):
    assert add_months(start, months) == end


def test_an_instant_keeps_its_local_time_over_the_change_of_the_clock():
    start = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)  # noon in Jerusalem, winter

    later = add_months(start, 3)

    assert later.astimezone(JERUSALEM).isoformat() == "2026-04-15T12:00:00+03:00"


def test_a_local_time_that_the_clock_skips_moves_on_an_hour():
    start = datetime(2025, 12, 27, 2, 30, tzinfo=JERUSALEM)

    assert add_months(start, 3).isoformat() == "2026-03-27T03:30:00+03:00"


def test_the_day_of_an_instant_is_judged_in_jerusalem():
    assert day_of(datetime(2026, 5, 15, 21, 30, tzinfo=UTC)) == date(2026, 5, 16)
    assert end_of(date(2026, 5, 15)).isoformat() == "2026-05-15T23:59:59+03:00"
