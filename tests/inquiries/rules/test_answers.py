"""How long a customer waited for each answer (CRM-2-c)."""

from datetime import UTC, datetime, timedelta

import pytest

from inquiries.rules.answers import Spoken, waits
from inquiries.rules.codes import Side

OPENED = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)
C, E = Side.CUSTOMER, Side.EMPLOYEE


def hour(n):
    return OPENED + timedelta(hours=n)


@pytest.mark.req("CRM-2-c")
@pytest.mark.parametrize(("said", "expected"), [
    ([(E, 5)], {0: (0, 5)}),
    ([(C, 2), (E, 5)], {1: (0, 5)}),
    ([(E, 5), (C, 7), (C, 8), (E, 9)], {0: (0, 5), 3: (7, 9)}),
    ([(E, 5), (E, 6)], {0: (0, 5), 1: None}),
    ([(C, 1)], {}),
], ids=["the first", "the first waits from the opening", "a later", "unasked", "none"])  # fmt: skip
def test_each_answer_is_measured_from_what_it_answers(said, expected):
    messages = [Spoken(key, hour(at), side) for key, (side, at) in enumerate(said)]

    found = waits(OPENED, messages)

    assert found == {key: span and (hour(span[0]), hour(span[1])) for key, span in expected.items()}
