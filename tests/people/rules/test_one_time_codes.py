from datetime import UTC, datetime, timedelta

import pytest

from crm_portal.errors import Code
from crm_portal.people.rules import one_time_codes as rules

SENT = datetime(2026, 11, 22, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after", "used", "tries", "is_right", "code"),
    [
        pytest.param(timedelta(0), False, 0, True, None, id="at once"),
        pytest.param(rules.VALID_FOR - SECOND, False, 4, True, None, id="in the last second, at the last try"),
        pytest.param(rules.VALID_FOR, False, 0, True, Code.CODE_EXPIRED, id="after ten minutes"),
        pytest.param(SECOND, False, 5, True, Code.CODE_EXPIRED, id="after five tries"),
        pytest.param(SECOND, False, 0, False, Code.CODE_WRONG, id="wrong"),
        pytest.param(SECOND, True, 0, True, Code.CODE_USED, id="twice"),
        pytest.param(rules.VALID_FOR, True, 0, True, Code.CODE_USED, id="twice, and late"),
    ],
)
def test_a_code_opens_once_in_time_and_within_five_tries(after, used, tries, is_right, code):
    refusal = rules.refusal(
        at=SENT + after,
        expires_at=SENT + rules.VALID_FOR,
        used_at=SENT if used else None,
        tries=tries,
        is_right=is_right,
    )

    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("ago", "from_address", "code"),
    [
        pytest.param([], 0, None, id="first"),
        pytest.param([59], 1, Code.CODE_TOO_SOON, id="59 seconds"),
        pytest.param([60], 1, None, id="60 seconds"),
        pytest.param([800, 600, 400, 200, 61], 5, Code.TOO_MANY_ATTEMPTS, id="sixth in a quarter of an hour"),
        pytest.param([], 30, Code.TOO_MANY_ATTEMPTS, id="one address asks for everybody"),
    ],
)
def test_codes_are_not_sent_too_often(ago, from_address, code):
    refusal = rules.sending_refusal(
        at=SENT, for_person=[SENT - timedelta(seconds=one) for one in ago], from_address=from_address
    )

    assert (refusal.code if refusal else None) == code
