"""The clocks of a claim and of its reviews, and the variants that the golden file does not print."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.rules import clocks
from compensation.rules.clocks import ClaimClock, ObjectionClock, Stop
from compensation.rules.reasons import Reason
from compensation.selectors.shipped import from_files
from crm_portal.worktime.rules.periods import add_months

LAW = from_files()
DAYS = st.dates(date(2023, 11, 19), date(2026, 12, 31))


def day(text):
    return date.fromisoformat(text)


def stop(from_on, until_on=None):
    return Stop(day(from_on), day(until_on) if until_on else None)


def due(filed_on, *stops, extensions=()):
    return ClaimClock(day(filed_on), stops, extensions).decision_due_on(LAW)


@pytest.mark.req("CMP-8.4.2-a")
@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        ([stop("2024-01-10", "2024-01-24")], "2024-08-03"),
        ([stop("2024-01-10", "2024-01-20"), stop("2024-01-15", "2024-01-24")], "2024-08-03"),  # overlapping
        ([stop("2024-01-10", "2024-01-24"), stop("2024-01-12", "2024-01-14")], "2024-08-03"),  # one within the other
        ([stop("2024-01-15", "2024-01-24"), stop("2024-01-10", "2024-01-15")], "2024-08-03"),  # touching, unordered
        ([stop("2024-01-10", "2024-01-17"), stop("2024-03-01", "2024-03-08")], "2024-08-03"),  # apart
        ([stop("2024-01-10", "2024-01-10")], "2024-07-20"),  # delivered on the day of service
        ([stop("2023-11-01", "2023-11-15")], "2024-07-20"),  # over before the filing
        ([stop("2023-11-01", "2023-11-25")], "2024-07-24"),  # the day of filing is not counted anyhow
        ([stop("2024-07-20", "2024-07-22")], "2024-07-22"),  # begins on the last day
        ([stop("2024-07-21", "2024-07-30")], "2024-07-20"),  # begins when it has expired
        ([stop("2024-07-01", "2024-07-11"), stop("2024-07-25", "2024-07-30")], "2024-08-04"),  # in the added days
        ([stop("2024-01-10")], None),  # outstanding: it cannot expire
        ([stop("2024-01-10"), stop("2024-01-01", "2024-02-01")], None),
        ([stop("2024-08-01")], "2024-07-20"),
    ],
)
def test_days_on_which_details_are_outstanding_do_not_count(stops, expected):
    assert due("2023-11-20", *stops) == (day(expected) if expected else None)


@pytest.mark.req("CMP-8.4.2-a")
@given(DAYS, st.lists(st.tuples(st.integers(-40, 400), st.integers(0, 90)), max_size=6))
def test_the_clock_is_what_counting_day_by_day_gives(filed_on, spans):
    stops = tuple(
        Stop(filed_on + timedelta(days=begin), filed_on + timedelta(days=begin + length)) for begin, length in spans
    )
    ordinary = (add_months(filed_on, 8) - filed_on).days
    counted, today = 0, filed_on
    while counted < ordinary:
        today += timedelta(days=1)
        counted += not any(one.from_on <= today < one.until_on for one in stops)
    assert ClaimClock(filed_on, stops).decision_due_on(LAW) == today


@pytest.mark.req("CMP-8.4.1-a")
@pytest.mark.parametrize(
    ("filed_on", "expected"),
    [
        ("2024-01-31", "2024-09-30"),
        ("2024-06-30", "2025-02-28"),
        ("2023-06-30", "2024-02-29"),
        ("2024-02-29", "2024-10-29"),
        ("2023-12-31", "2024-08-31"),
    ],
)
def test_eight_months_end_on_the_same_day_number_or_the_last_day_of_the_month(filed_on, expected):
    assert due(filed_on) == day(expected)


@pytest.mark.req("CMP-8.4.1-c")
def test_a_claim_is_deemed_accepted_on_the_day_after_and_its_deadline_does_not_move_off_a_saturday():
    clock = ClaimClock(day("2023-11-20"))
    assert clock.decision_due_on(LAW) == day("2024-07-20")
    assert day("2024-07-20").weekday() == 5
    assert clock.deemed_accepted_on(LAW) == day("2024-07-21")
    assert ClaimClock(day("2023-11-20"), (stop("2024-01-10"),)).deemed_accepted_on(LAW) is None


@pytest.mark.req("CMP-8.4.1-b")
def test_extensions_are_added_and_a_stop_within_them_still_counts():
    request = stop("2024-01-10", "2024-01-24")
    assert due("2023-11-20", request, extensions=(10, 20)) == day("2024-09-02")
    later = stop("2024-09-01", "2024-09-06")
    assert due("2023-11-20", request, later, extensions=(10, 20)) == day("2024-09-07")


@pytest.mark.req("CMP-8.4.1-b")
@pytest.mark.parametrize(
    ("days", "were_requested", "expected"),
    [
        ((30,), True, []),
        ((10, 20), True, []),
        ((31,), True, [Reason.EXTENSION_OVER_30_DAYS]),
        ((10, 20, 1), True, [Reason.EXTENSION_OVER_30_DAYS]),
        ((1,), False, [Reason.EXTENSION_WITHOUT_DETAILS_REQUEST]),
        ((31,), False, [Reason.EXTENSION_WITHOUT_DETAILS_REQUEST, Reason.EXTENSION_OVER_30_DAYS]),
        ((), False, []),
    ],
)
def test_extensions_are_thirty_days_together_and_need_a_request(days, were_requested, expected):
    found = clocks.extension_refusals(days, were_details_requested=were_requested, programme=LAW)
    assert [one.code for one in found] == expected


@pytest.mark.req("CMP-8.4.5-a")
def test_stops_move_both_advances_and_extensions_neither():
    clock = ClaimClock(day("2023-11-20"), (stop("2023-11-27", "2023-12-02"),), (30,))
    assert clock.advance_60_due_on(LAW) == day("2023-12-16")
    assert clock.advance_10_due_on(LAW) == day("2024-04-23")


@pytest.mark.req("CMP-8.4.3-b")
def test_a_stop_after_the_twenty_first_day_does_not_move_the_first_advance():
    clock = ClaimClock(day("2023-11-20"), (stop("2023-12-12"),))
    assert clock.advance_60_due_on(LAW) == day("2023-12-11")
    assert clock.advance_10_due_on(LAW) is None


def test_a_stopped_clock_shows_what_delivery_today_would_give():
    clock = ClaimClock(day("2023-11-20"), (stop("2024-01-10"),))
    assert clock.stopped_since() == day("2024-01-10")
    shown = clock.as_if_delivered(day("2024-01-24"))
    assert (shown.decision_due_on(LAW), shown.stopped_since()) == (day("2024-08-03"), None)
    early = clock.as_if_delivered(day("2024-01-05"))  # served on a day to come
    assert early.decision_due_on(LAW) == day("2024-07-20")


@pytest.mark.req("CMP-8.4.1-e")
def test_the_manager_is_warned_thirty_fourteen_seven_and_one_day_before():
    assert clocks.warnings(day("2024-07-20"), LAW) == (
        (30, day("2024-06-20")), (14, day("2024-07-06")), (7, day("2024-07-13")), (1, day("2024-07-19")),
    )  # fmt: skip


@pytest.mark.req("CMP-3.4.2-h")
def test_an_employee_is_reminded_after_three_and_seven_days():
    assert clocks.reminders(day("2023-12-30"), LAW) == ((3, day("2024-01-02")), (7, day("2024-01-06")))


@pytest.mark.req("CMP-8.1.2-b")
@pytest.mark.parametrize(
    ("opens_on", "extended_to", "expected"),
    [
        ("2023-11-19", None, "2024-03-19"),
        ("2023-11-26", None, "2024-03-26"),  # the end moves with the actual opening
        ("2023-12-23", None, "2024-04-24"),  # the first day of Passover moves on
        ("2023-11-19", "2024-04-10", "2024-04-10"),
        ("2023-11-19", "2024-03-01", "2024-03-19"),  # an extension takes nothing away
        ("2023-11-19", "2024-04-06", "2024-04-07"),  # a Saturday
    ],
)
def test_filing_is_open_for_four_months_or_until_the_day_that_was_granted(opens_on, extended_to, expected):
    window = clocks.filing_window(day(opens_on), LAW, extended_to=day(extended_to) if extended_to else None)
    assert window.last_day == day(expected)
    assert not window.has_passed(day(expected))
    assert window.has_passed(day(expected) + timedelta(days=1))


@pytest.mark.req("CMP-9.1-b")
@given(DAYS)
def test_a_claimants_last_day_is_worked_and_moves_only_over_days_of_rest(received_on):
    deadline = clocks.objection_deadline(received_on, LAW)
    assert deadline.raw_last_day == received_on + timedelta(days=60)
    assert deadline.last_day.weekday() != 5
    assert deadline.last_day not in LAW.rest_days
    passed = deadline.raw_last_day
    while passed < deadline.last_day:
        assert passed.weekday() == 5 or passed in LAW.rest_days
        passed += timedelta(days=1)


@pytest.mark.req("CMP-9.7-b")
def test_an_appeal_has_sixty_days_of_service():
    assert clocks.appeal_deadline(day("2024-06-03"), LAW).last_day == day("2024-08-02")  # a Friday stays


@pytest.mark.req("CMP-10.3-c")
def test_a_court_appeal_has_thirty_days_of_service():
    deadline = clocks.court_appeal_deadline(day("2024-09-03"), LAW)
    assert deadline.raw_last_day == day("2024-10-03")  # the New Year, two days and a Saturday
    assert deadline.last_day == day("2024-10-06")


@pytest.mark.req("CMP-8.6.1-b")
def test_an_overpayment_is_returned_within_ninety_days_of_service():
    assert clocks.return_deadline(day("2024-02-01"), LAW).last_day == day("2024-05-01")
    assert clocks.return_deadline(day("2024-01-24"), LAW).last_day == day("2024-04-24")
    assert clocks.return_deadline(day("2024-01-30"), LAW).last_day == day("2024-04-30")  # the end of Passover


@pytest.mark.req("CMP-8.7-b")
@pytest.mark.parametrize(("decided_on", "expected"), [("2024-02-29", "2028-02-29"), ("2025-03-01", "2029-03-01")])
def test_a_correction_is_open_for_four_years(decided_on, expected):
    assert clocks.correction_last_day(day(decided_on), LAW) == day(expected)


@pytest.mark.req("CMP-8.4.3-a")
def test_payment_is_due_fourteen_days_after_the_determination_and_does_not_move_off_a_saturday():
    assert clocks.pay_by(day("2024-02-03"), LAW) == day("2024-02-17")


@pytest.mark.req("CMP-9.5-b")
@pytest.mark.parametrize(
    ("complete_on", "extended_to", "expected"),
    [
        (None, None, "2025-01-01"),
        ("2024-06-01", None, "2025-01-01"),
        ("2024-12-20", None, "2025-01-19"),
        ("2025-04-20", None, "2025-05-20"),  # the later of the two has no year
        ("2024-12-20", "2025-05-01", "2025-05-01"),
        (None, "2024-12-01", "2025-01-01"),  # an extension shortens nothing
    ],
)
def test_an_objection_is_decided_by_the_later_day(complete_on, extended_to, expected):
    clock = ObjectionClock(day("2024-05-01"), complete_on and day(complete_on), extended_to and day(extended_to))
    assert clock.decision_due_on(LAW) == day(expected)
    assert clock.deemed_accepted_on(LAW) == day(expected) + timedelta(days=1)
    assert list(clock.refusals(LAW)) == []


@pytest.mark.req("CMP-9.5-a")
def test_an_objection_is_not_extended_beyond_a_year_of_its_delivery():
    (refusal,) = ObjectionClock(day("2024-02-29"), None, day("2025-03-01")).refusals(LAW)
    assert (refusal.code, refusal.details) == (
        Reason.OBJECTION_EXTENSION_OVER_ONE_YEAR, {"latest": day("2025-02-28")},
    )  # fmt: skip
