"""The manager extends the time to decide on the review page."""

import pytest
import time_machine
from django.urls import reverse

from tests.compensation.conftest import fresh, later
from tests.compensation.services.test_deciding import WORDS
from tests.compensation.services.test_extending import answered

# ruff: noqa: F401, F811 - fixtures of another module
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_days_later():
    with time_machine.travel(later(days=10), tick=False):
        yield


def address(claim, name="extend"):
    return reverse(f"claims:{name}", args=[claim.number])


@pytest.mark.req("CMP-8.4.1-b")
def test_the_manager_extends_on_the_page_and_the_page_tells_it(client, answered, manager):
    client.force_login(manager)

    client.post(address(answered), {"days": "10", "reason": WORDS, "version": answered.version})

    assert answered.extensions.get().days == 10
    page = client.get(address(answered, "review")).text
    assert WORDS in page
    assert "המועד להחלטה הוארך" in page


@pytest.mark.req("CMP-8.4.1-b")
def test_more_than_30_days_are_refused_at_their_field_with_the_words_kept(client, answered, manager):
    client.force_login(manager)

    page = client.post(address(answered), {"days": "31", "reason": WORDS, "version": answered.version})

    assert (page.status_code, page.context["f"]["more_time"].errors.keys()) == (422, {"days"})
    assert WORDS in page.text
    assert fresh(answered).decision_due_on == answered.decision_due_on


def test_a_clerk_does_not_extend(client, answered, clerk):
    client.force_login(clerk)

    assert client.post(address(answered), {"days": "1", "reason": WORDS, "version": 1}).status_code == 403
    assert address(answered) not in client.get(address(answered, "review")).text
