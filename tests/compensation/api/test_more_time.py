"""More time to decide a claim, over the API."""

import pytest
import time_machine

from tests.compensation.api.asking import post, said
from tests.compensation.conftest import fresh, later
from tests.compensation.services.test_deciding import WORDS
from tests.compensation.services.test_extending import answered

# ruff: noqa: F401, F811 - fixtures of another module
pytestmark = pytest.mark.django_db


@pytest.mark.req("CMP-2.3-i")
@pytest.mark.req("CMP-8.4.1-b")
def test_the_manager_extends_and_more_than_30_days_are_refused_at_their_field(client, answered, manager, clerk):
    with time_machine.travel(later(days=10), tick=False):
        body = {"version": answered.version, "reason": WORDS}

        assert post(client, clerk, "extend", answered.number, days=10, **body).status_code == 403
        refused = post(client, manager, "extend", answered.number, days=31, **body)
        given = post(client, manager, "extend", answered.number, days=10, **body)

    assert said(refused) == [("EXTENSION_OVER_30_DAYS", "days")]
    assert given.status_code == 200
    assert fresh(answered).extensions.get().days == 10
