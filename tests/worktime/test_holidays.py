"""Which days the Hebrew calendar closes, against the regulations' examples and an independent library."""

from datetime import date, timedelta

import holidays
import pytest

from crm_portal.worktime.holidays import closed_days, closing
from crm_portal.worktime.rules.calendars import CalendarName, build
from tests.golden import golden

GOLDEN = golden("business_days.json")


def calendar(name):
    weekend = {5} if name != CalendarName.AUTHORITY else {4, 5}
    return build(
        lambda day: day.weekday() not in weekend and closing(day, name) is None,
        first=date(2003, 1, 1),
        last=date(2031, 12, 31),
    )


@pytest.mark.parametrize("year", range(1960, 2100, 7))
def test_the_days_closed_for_all_are_the_public_holidays_of_the_holidays_library(year):
    ours = {day for day, holiday in closed_days(year).items() if CalendarName.GENERAL in holiday.closed_for}
    theirs = {day for day, name in holidays.Israel(years=year).items()}

    assert ours == theirs


@pytest.mark.req("CRD-1-g")
def test_independence_day_is_moved_away_from_the_sabbath():
    kept = {year: day for year in (2004, 2022, 2024, 2025, 2026, 2028) for day, holiday in closed_days(year).items()
            if holiday.key == "independence_day"}  # fmt: skip

    assert kept == {
        2004: date(2004, 4, 27),  # Monday, kept on Tuesday
        2022: date(2022, 5, 5),  # Friday, kept on Thursday
        2024: date(2024, 5, 14),
        2025: date(2025, 5, 1),  # Saturday, kept on Thursday
        2026: date(2026, 4, 22),
        2028: date(2028, 5, 2),
    }


@pytest.mark.parametrize("case", GOLDEN["closed_days"], ids=lambda case: case["date"])
def test_each_closed_day_of_the_regulations_example_is_closed_for_whom_it_says(case):
    holiday = closed_days(int(case["date"][:4]))[date.fromisoformat(case["date"])]

    assert set(case["closed_for"]) == {name.value for name in holiday.closed_for} - {"authority"}


@pytest.mark.req("CRD-1-d")
@pytest.mark.parametrize("case", [c for c in GOLDEN["is_business_day"] if c["calendar"] == "general"],
                         ids=lambda case: case["id"])  # fmt: skip
def test_the_general_calendar_works_on_fridays_and_eves(case):
    assert calendar(CalendarName.GENERAL).is_business_day(date.fromisoformat(case["date"])) is case["expected"]


@pytest.mark.req("CRD-1-f")
@pytest.mark.parametrize("case", [c for c in GOLDEN["is_business_day"] if c["calendar"] == "banking"],
                         ids=lambda case: case["id"])  # fmt: skip
def test_the_banking_calendar_closes_for_more(case):
    assert calendar(CalendarName.BANKING).is_business_day(date.fromisoformat(case["date"])) is case["expected"]


@pytest.mark.req("CRD-1-i")
@pytest.mark.parametrize("case", GOLDEN["deadlines"], ids=lambda case: case["id"])
def test_the_day_of_the_event_is_not_counted(case):
    counted = calendar(CalendarName(case["calendar"])).add(date.fromisoformat(case["start"]), case["business_days"])

    assert counted == date.fromisoformat(case["deadline"])


def test_the_authority_does_not_work_on_fridays():
    authority, general = calendar(CalendarName.AUTHORITY), calendar(CalendarName.GENERAL)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert {day for day in days if general.is_business_day(day) and not authority.is_business_day(day)} == {
        day for day in days if day.weekday() == 4 and general.is_business_day(day)
    }
