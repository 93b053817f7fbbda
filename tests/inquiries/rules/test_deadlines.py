from datetime import datetime

import pytest

from inquiries.rules import deadlines
from inquiries.rules.deadlines import JERUSALEM


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JERUSALEM)


@pytest.mark.req("CRM-5.2.11-b")
@pytest.mark.parametrize(
    ("since", "closes"),
    [
        ("2025-11-30T12:00", "2026-02-28T12:00"),
        ("2027-11-30T12:00", "2028-02-29T12:00"),  # a leap year
        ("2028-11-29T12:00", "2029-02-28T12:00"),
        ("2026-01-31T23:59", "2026-04-30T23:59"),
        ("2026-01-15T09:30", "2026-04-15T09:30"),  # the same local time across the change to summer time
    ],
)
def test_the_waiting_ends_three_calendar_months_later_clipped_to_the_months_end(since, closes):
    assert deadlines.closing_time(local(since), months=3) == local(closes)


@pytest.mark.req("CRM-2.2.4-b")
@pytest.mark.parametrize(
    ("at", "accepted"),
    [
        ("2026-05-01T09:00", True),
        ("2026-05-15T23:59:59", True),
        ("2026-05-16T00:00", False),
    ],
)
def test_the_customer_may_write_to_the_end_of_the_fourteenth_day_after_closing(at, accepted):
    assert deadlines.may_write_after_closing(local("2026-05-01T09:00"), local(at), days=14) is accepted


def test_the_day_of_closing_is_the_day_in_jerusalem():
    closed_at = datetime.fromisoformat("2026-05-01T22:30:00+00:00")  # 2 May, 01:30 in Jerusalem

    assert deadlines.may_write_after_closing(closed_at, local("2026-05-16T23:59"), days=14)
