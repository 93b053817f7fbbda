"""The manager's dashboard and the exports."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.rules.codes import ClaimState
from compensation.selectors.dashboard import dashboard_of
from compensation.selectors.programmes import current
from compensation.services import examining
from tests.compensation.conftest import later
from tests.compensation.services.test_deciding import WORDS
from tests.compensation.services.test_objecting import FULL, PART, decided, officer, taken
from tests.factories.compensation import ClaimFactory

# ruff: noqa: F401, F811 - fixtures of another module

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 10)


@pytest.mark.req("CMP-8.4.1-f")
def test_the_figures_are_of_the_claims_and_each_stands_in_its_place():
    soon = ClaimFactory(filed=True)  # due on 20 July
    ClaimFactory(filed=True, decision_due_on=date(2024, 7, 13), business_town="שדרות")
    ClaimFactory(filed=True, decision_due_on=date(2024, 7, 1), state=ClaimState.PENDING_APPROVAL.value)
    stopped = {"state": ClaimState.DETAILS_REQUESTED.value, "clock_stopped_on": date(2024, 7, 1)}
    ClaimFactory(filed=True, **stopped)
    ClaimFactory(filed=True, state=ClaimState.APPROVED.value, determined_amount=Decimal(200_000))
    ClaimFactory()

    board = dashboard_of(TODAY, current().towns)

    assert board.due == [(7, 1), (14, 2), (30, 2)]
    assert board.overdue == 1
    assert soon in board.at_risk
    assert len(board.at_risk) == 3
    assert (board.open.count, board.waiting.count) == (4, 1)
    assert (board.approved.count, board.approved.amount) == (1, Decimal(200_000))
    assert {share.key: share.tally.count for share in board.by_row} == {"THIRD_SCHEDULE": 4, "EVACUATED": 1}
    assert [share.key for share in board.by_town] == ["נתיבות", "שדרות"]
    assert {state.value: whole.count for state, _cells, whole in board.by_state}["SUBMITTED"] == 2


@pytest.mark.req("CMP-8.4.1-f")
def test_what_open_objections_ask_for_beyond_the_determination_is_held_in_reserve(decided, taken, officer):
    asked = dashboard_of(TODAY, current().towns).objections
    examining.decide(objection_id=taken.pk, by=officer, at=later(days=9), amount=PART, reasons=WORDS)

    assert (asked.count, asked.amount) == (1, FULL - PART)
    assert dashboard_of(TODAY, current().towns).objections.count == 0


def test_every_figure_leads_to_its_list(client, manager):
    claim = ClaimFactory(filed=True)
    client.force_login(manager)

    with time_machine.travel("2024-07-10 09:00+03:00", tick=False):
        page = client.get(reverse("claims:dashboard"))
        leads = client.get(reverse("claims:queue", args=["all"]), {"track": claim.track, "state": claim.state})
        elsewhere = client.get(reverse("claims:queue", args=["all"]), {"town": "אשדוד"})

    assert f"?track={claim.track}&amp;state={claim.state}" in page.text
    assert [row for row, _left in leads.context["rows"]] == [claim]
    assert elsewhere.context["rows"] == []


def test_the_number_of_queries_does_not_grow(client, manager):
    client.force_login(manager)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("claims:dashboard"))
        return len(queries)

    ClaimFactory(filed=True)
    asked()
    few = asked()
    for _ in range(8):
        ClaimFactory(filed=True)

    assert asked() == few


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_narrowed_queue_is_exported_as_it_is_on_the_screen(client, manager, kind):
    wanted = ClaimFactory(filed=True, business_town="שדרות")
    ClaimFactory(filed=True)
    client.force_login(manager)

    answer = client.get(reverse("claims:export", args=["all", kind]), {"town": "שדרות"})

    content = b"".join(answer.streaming_content)
    if kind == "csv":
        assert content.decode("utf-8-sig").count(wanted.number) == 1
        assert len(content.decode("utf-8-sig").strip().splitlines()) == 2
    else:
        rows = list(openpyxl.load_workbook(BytesIO(content)).active.values)
        assert [row[0] for row in rows[1:]] == [wanted.number]
        assert rows[1][8] == 218_348


def test_a_clerk_has_no_dashboard_and_exports_nothing(client, clerk):
    client.force_login(clerk)

    assert client.get(reverse("claims:dashboard")).status_code == 403
    assert client.get(reverse("claims:export", args=["all", "csv"])).status_code == 403
