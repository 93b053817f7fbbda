"""What the auditor asks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_portal.audit.selectors import events_of, search
from crm_portal.audit.services.recording import record
from tests.factories.people import UserFactory

MIDNIGHT = datetime(2026, 5, 3, tzinfo=ZoneInfo("Asia/Jerusalem"))


@pytest.fixture
def events(db):
    dana, ruth = UserFactory(), UserFactory()
    minute = timedelta(minutes=1)
    return {
        "dana": dana,
        "late on the 2nd": record("inquiry.open", by=dana, at=MIDNIGHT - minute, target_type="inquiry", target_id="7"),
        "on the 3rd": record("attachment.open", by=ruth, at=MIDNIGHT, target_type="inquiry", target_id="7"),
        "late on the 3rd": record("inquiry.open", by=dana, at=MIDNIGHT + 1439 * minute, target_type="inquiry"),
    }


@pytest.mark.req("CRM-2-b")
def test_the_events_of_an_object_are_all_that_happened_to_it_newest_first(events):
    assert list(events_of("inquiry", 7)) == [events["on the 3rd"], events["late on the 2nd"]]


@pytest.mark.req("CRM-2-b")
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ({"target_type": "inquiry", "target_id": "7"}, ["on the 3rd", "late on the 2nd"]),
        ({"actor": "dana"}, ["late on the 3rd", "late on the 2nd"]),
        ({"since": date(2026, 5, 3)}, ["late on the 3rd", "on the 3rd"]),
        ({"until": date(2026, 5, 2)}, ["late on the 2nd"]),
        ({"since": date(2026, 5, 3), "until": date(2026, 5, 3)}, ["late on the 3rd", "on the 3rd"]),
        ({"action": "inquiry."}, ["late on the 3rd", "late on the 2nd"]),
        ({"outcome": "refused"}, []),
    ],
    ids=str,
)
def test_events_are_found_by_object_user_and_period(events, question, answer):
    if "actor" in question:
        question = {"actor_id": events[question["actor"]].pk}

    assert list(search(**question)) == [events[name] for name in answer]


def test_the_next_page_goes_on_below_the_last_event(events):
    assert search(older_than=events["late on the 3rd"].pk).first() == events["on the 3rd"]
