"""From what to what an answer is timed (CRM-2-c)."""

from datetime import datetime, timedelta

import pytest

from crm_portal.worktime.rules.calendars import JERUSALEM
from inquiries.rules.answer_times import Said, answers
from inquiries.rules.clock import Running, Span


class EveryHour:
    """A calendar without holidays."""

    def elapsed(self, start, end):
        return end - start

    def add_time(self, start, business):
        return start + business


def at(hour: float) -> datetime:
    return datetime(2026, 11, 8, tzinfo=JERUSALEM) + timedelta(hours=hour)


OPENED = at(8)
# The clock runs 8-12 with team 1 and 14-20 with team 2; in between it stands still.
STRETCHES = [Running(Span(at(8), at(12)), 1, None), Running(Span(at(14), at(20)), 2, 7)]
CUSTOMER, EMPLOYEE = False, True


@pytest.mark.req("CRM-2-c")
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param([], [], id="nobody wrote"),
        pytest.param([(CUSTOMER, 9)], [], id="only the customer wrote"),
        pytest.param([(EMPLOYEE, 10)], [(True, 2, 1)], id="the first answer counts from the opening"),
        pytest.param(
            [(CUSTOMER, 9), (EMPLOYEE, 11)], [(True, 3, 1)], id="a message before the first answer moves nothing"
        ),
        pytest.param([(EMPLOYEE, 10), (EMPLOYEE, 11)], [(True, 2, 1)], id="what is added unasked is no answer"),
        pytest.param(
            [(EMPLOYEE, 9), (CUSTOMER, 11), (CUSTOMER, 15), (EMPLOYEE, 16)],
            [(True, 1, 1), (False, 3, 2)],
            id="the next counts from the first unanswered message, without the time that stood still",
        ),
        pytest.param([(EMPLOYEE, 8)], [(True, 0, 1)], id="at once"),
    ],
)
def test_an_answer_is_timed_from_the_question_it_ends(said, expected):
    messages = [Said(number, at(hour), by_employee) for number, (by_employee, hour) in enumerate(said)]

    found = list(answers(OPENED, messages, STRETCHES, EveryHour()))

    assert [(one.is_first, one.took / timedelta(hours=1), one.team) for one in found] == expected
