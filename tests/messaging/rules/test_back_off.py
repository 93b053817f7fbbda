"""When a message is tried again."""

from datetime import timedelta

import pytest

from crm_portal.messaging.rules.addresses import is_mobile
from crm_portal.messaging.rules.back_off import delay


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [(1, 1), (2, 5), (3, 30), (4, 240), (5, 1440), (6, None)],
)
def test_a_message_is_tried_again_after_1_5_30_minutes_4_and_24_hours(attempts, minutes):
    expected = None if minutes is None else timedelta(minutes=minutes)

    assert delay(attempts=attempts, is_secret=False) == expected


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, None)])
def test_a_code_is_not_tried_again_when_it_must_have_expired(attempts, minutes):
    expected = None if minutes is None else timedelta(minutes=minutes)

    assert delay(attempts=attempts, is_secret=True) == expected


@pytest.mark.parametrize(
    ("address", "possible"),
    [("+972501234567", True), ("0501234567", False), ("+972 50 1234567", False), ("+0", False), ("", False)],
)
def test_a_mobile_number_carries_its_country(address, possible):
    assert is_mobile(address) is possible
