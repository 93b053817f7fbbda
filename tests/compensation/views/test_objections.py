"""The pages of objections, appeals and corrections: the claimant's, the officer's, the manager's."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.models import Appeal, Objection
from compensation.rules.codes import ObjectionState
from compensation.services import appealing, examining, notices
from crm_portal.messaging.rules.reports import Outcome
from tests.compensation.conftest import AT, fresh, later
from tests.compensation.services.test_deciding import WORDS
from tests.compensation.services.test_objecting import (
    FULL,
    GROUNDS,
    PART,
    decided,
    objected,
    officer,
    taken,
)
from tests.factories.compensation import ClaimFactory

# ruff: noqa: F401, F811 - fixtures of another module
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_days_later():
    with time_machine.travel(AT + timedelta(days=10), tick=False):
        yield


def page_of(claim, name="own", *more):
    return reverse(f"objections:{name}", args=[claim.number, *more])


def desk(claim, name="reviews", *more):
    return reverse(f"claims:{name}", args=[claim.number, *more])


@pytest.fixture
def at_home(client, decided):
    client.force_login(decided.claimant.customer.user)
    return client


@pytest.mark.req("CMP-9.2-b")
def test_the_claimant_files_an_objection_on_his_page(at_home, decided):
    assert "10.03.2024" in at_home.get(page_of(decided)).text

    at_home.post(page_of(decided, "file"), {"amount": "218348", "grounds": GROUNDS, "mobile": "052-1112223"})

    assert Objection.objects.get().claim == decided


@pytest.mark.req("CMP-9.3-a")
def test_the_page_shows_that_it_arrived_when_no_message_comes(at_home, decided):
    objected(decided)

    page = at_home.get(page_of(decided)).text

    assert "הוגשה" in page
    assert "052-111-2223" in page


def test_what_was_typed_is_kept_and_the_error_stands_at_its_field(at_home, decided):
    page = at_home.post(page_of(decided, "file"), {"amount": "218348", "grounds": "כי כך", "mobile": "052-1112223"})

    assert page.status_code == 422
    assert page.context["f"]["objection"].errors.keys() == {"grounds"}
    assert "כי כך" in page.text


def test_nobody_sees_or_files_for_another_claimant(client, decided):
    client.force_login(ClaimFactory(filed=True).claimant.customer.user)

    assert client.get(page_of(decided)).status_code == 404
    assert client.post(page_of(decided, "file"), {"amount": "1", "grounds": GROUNDS, "mobile": "1"}).status_code == 404


@pytest.mark.req("CMP-9.2-b")
def test_the_officer_takes_asks_and_decides(client, decided, officer):
    objection = objected(decided)
    client.force_login(officer)
    assert decided.number in client.get(reverse("objections:queue")).text

    client.post(desk(decided, "take_objection", objection.pk))
    client.post(desk(decided, "ask_objector", objection.pk), {"text": "טופס 102", "due_on": "2024-02-20"})
    objection.refresh_from_db()
    assert objection.state == ObjectionState.DETAILS_REQUESTED.value
    client.logout()

    client.force_login(decided.claimant.customer.user)
    client.post(page_of(decided, "answer", objection.requests.get().pk), {"text": "מצורף"})
    client.force_login(officer)
    client.post(desk(decided, "accept_answer", objection.requests.get().pk))
    client.post(desk(decided, "confirm_complete", objection.pk))
    version = Objection.objects.get().version
    client.post(
        desk(decided, "decide_objection", objection.pk), {"amount": "218348", "reasons": WORDS, "version": version}
    )

    assert Objection.objects.get().state == ObjectionState.ACCEPTED.value
    assert fresh(decided).determined_amount == FULL


def test_a_decision_that_is_not_explained_is_shown_again_with_its_words(client, decided, taken, officer):
    client.force_login(officer)

    page = client.post(
        desk(decided, "decide_objection", taken.pk),
        {"amount": "210000", "reasons": WORDS, "version": Objection.objects.get().version},
    )

    assert page.status_code == 422
    assert WORDS in page.text


@pytest.mark.req("CMP-9.1-a")
def test_whoever_approved_the_decision_sees_no_button_and_is_told_why(client, decided, manager):
    manager.role_grants.create(role="objection_officer", scope="all")
    objection = objected(decided)
    client.force_login(manager)

    page = client.get(desk(decided)).text

    assert desk(decided, "take_objection", objection.pk) not in page
    assert "מי שנטל חלק בקביעה אינו מחליט בהשגה" in page
    assert decided.number not in client.get(reverse("objections:queue")).text


@pytest.mark.req("CMP-8.7-a")
def test_the_manager_corrects_on_the_page_and_names_the_ground(client, decided, manager):
    client.force_login(manager)
    given = {"amount": "218348", "reasons": WORDS, "version": decided.version}
    assert client.post(desk(decided, "correct"), given).status_code == 422

    client.post(desk(decided, "correct"), {**given, "ground": "ERROR"})

    assert fresh(decided).determined_amount == FULL


@pytest.mark.req("CMP-10.1-a")
def test_an_appeal_goes_from_the_claimant_to_the_court_on_the_pages(client, decided, taken, officer):
    examining.decide(objection_id=taken.pk, by=officer, at=later(days=9), amount=PART, reasons=WORDS)
    client.force_login(decided.claimant.customer.user)
    given = {"grounds": GROUNDS, "has_copies": "on", "has_all_attachments": "on"}
    incomplete = client.post(page_of(decided, "appeal", taken.pk), {**given, "has_copies": ""})
    assert incomplete.status_code == 422

    client.post(page_of(decided, "appeal", taken.pk), given)
    appeal = Appeal.objects.get()
    client.force_login(officer)
    client.post(desk(decided, "hearing", appeal.pk), {"on": "2024-06-02", "place": "ירושלים"})
    with time_machine.travel(AT + timedelta(days=240), tick=False):
        client.force_login(officer)
        client.post(
            desk(decided, "committee", appeal.pk),
            {"decided_on": "2024-09-01", "served_on": "2024-09-05", "amount": "210000", "text": WORDS},
        )
        client.post(
            desk(decided, "court", appeal.pk),
            {"filed_on": "2024-09-05", "attorney_copy_on": "2024-09-05", "legal_question": GROUNDS},
        )
        client.post(
            desk(decided, "court_decision", appeal.pk), {"decided_on": "2024-09-05", "amount": "218348", "text": WORDS}
        )

    assert fresh(decided).determined_amount == FULL
    assert appeal.hearings.get().place == "ירושלים"


@pytest.mark.req("CMP-8.10-a")
def test_a_clerk_does_the_task_of_a_bounce(client, decided, clerk):
    notice = decided.notices.first()
    notices.hear_report(notice.email, Outcome.BOUNCED, AT)
    client.force_login(clerk)
    page = client.get(reverse("objections:tasks"))
    assert decided.number in page.text
    task = notice.tasks.get()
    assert client.post(reverse("objections:do_task", args=[task.pk]), {"outcome": ""}).status_code == 422

    client.post(reverse("objections:do_task", args=[task.pk]), {"outcome": "אותרה כתובת"})

    task.refresh_from_db()
    assert (task.done_by, task.outcome) == (clerk, "אותרה כתובת")


@pytest.mark.req("CMP-9.2-b")
def test_each_objection_stands_in_its_list(client, decided, taken, officer, manager):
    def numbers(user, key):
        client.force_login(user)
        return [one.pk for one in client.get(reverse("objections:list", args=[key])).context["page"]]

    assert numbers(officer, "open") == numbers(manager, "open") == [taken.pk]
    assert numbers(officer, "decided") == []
    examining.decide(objection_id=taken.pk, by=officer, at=later(days=9), amount=PART, reasons=WORDS)
    assert (numbers(officer, "open"), numbers(officer, "decided")) == ([], [taken.pk])
    user = decided.claimant.customer.user
    appealing.file(
        objection_id=taken.pk, claims=[decided.pk], by=user, at=later(days=9), grounds=GROUNDS, copies=4,
        has_all_attachments=True,
    )  # fmt: skip
    assert (numbers(officer, "decided"), numbers(officer, "appealed")) == ([], [taken.pk])
    assert client.get(reverse("objections:list", args=["lost"])).status_code == 404


def test_the_queries_of_the_page_do_not_grow_with_what_happened(client, decided, officer, taken):
    client.force_login(officer)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(desk(decided))
        return len(queries)

    taken.requests.create(text="ראיה", due_on=AT.date(), requested_by=officer, requested_at=AT)
    asked()
    few = asked()
    for place in range(4):
        taken.requests.create(text=f"ראיה {place}", due_on=AT.date(), requested_by=officer, requested_at=AT)
        decided.notices.create(kind="OTHER", title="דבר", created_at=AT)

    assert asked() == few
