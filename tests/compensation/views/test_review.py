"""The fund's pages: queues and the review of a claim."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.rules.codes import ClaimState
from compensation.services import reviewing
from tests.compensation.conftest import AT, fresh
from tests.factories.compensation import ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_desk(client, clerk):
    client.force_login(clerk)
    return client


def address(name, claim, *more):
    return reverse(f"claims:{name}", args=[claim.number, *more])


@pytest.mark.req("CMP-2.3-h")
def test_the_queue_begins_with_the_clock_that_runs_out_first(at_the_desk):
    second = ClaimFactory(filed=True)
    first = ClaimFactory(filed=True, decision_due_on=second.decision_due_on.replace(day=1))
    ClaimFactory()  # a draft is in no queue

    page = at_the_desk.get(reverse("claims:queue", args=["waiting"]))

    assert [claim for claim, _left in page.context["rows"]] == [first, second]


def test_a_queue_is_narrowed_and_goes_on_by_its_cursor(at_the_desk):
    claims = [ClaimFactory(filed=True) for _ in range(27)]

    first = at_the_desk.get(reverse("claims:queue", args=["waiting"]))
    rest = at_the_desk.get(reverse("claims:queue", args=["waiting"]), {"after": first.context["page"].after})
    found = at_the_desk.get(reverse("claims:queue", args=["all"]), {"q": claims[3].number, "track": "AGRICULTURE"})

    shown = [claim for page in (first, rest) for claim, _left in page.context["rows"]]
    assert len(first.context["rows"]) == 25
    assert set(shown) == set(claims)
    assert [claim for claim, _left in found.context["rows"]] == [claims[3]]


@pytest.mark.parametrize("query", [{"days": "x"}, {"track": "nope"}, {"after": "nonsense_9"}])
def test_a_query_that_cannot_be_read_is_no_error_of_the_server(at_the_desk, query):
    assert at_the_desk.get(reverse("claims:queue", args=["waiting"]), query).status_code in {200, 422}


def test_the_number_of_queries_of_a_queue_does_not_grow(at_the_desk):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            at_the_desk.get(reverse("claims:queue", args=["waiting"]))
        return len(queries)

    ClaimFactory(filed=True)
    asked()
    few = asked()
    for _ in range(10):
        ClaimFactory(filed=True)

    assert asked() == few


def test_a_claim_is_reviewed_from_taking_to_the_proposal(at_the_desk, filed):
    at_the_desk.post(address("take", filed))
    at_the_desk.post(
        address("causation", filed), {"causation": "PROVED", "reasons": "", "version": fresh(filed).version}
    )
    for finding in filed.findings.all():
        at_the_desk.post(address("settle", filed, finding.pk), {"settlement": "נבדק"})
    page = at_the_desk.get(address("review", filed))
    assert "218,348" in page.text
    assert "העברה לאישור" in page.text

    done = at_the_desk.post(
        address("propose", filed), {"amount": "218348", "reasons": "", "version": fresh(filed).version}
    )

    assert done.status_code == 302
    assert fresh(filed).state == ClaimState.PENDING_APPROVAL.value


def test_what_was_typed_is_kept_and_the_reason_stands_at_its_field(at_the_desk, in_review):
    given = {"amount": "200000", "reasons": "כי כך", "version": in_review.version}

    page = at_the_desk.post(address("propose", in_review), given)

    assert page.status_code == 422
    assert "כי כך" in page.text
    assert page.context["f"]["proposal"].errors.keys() == {"reasons"}


def test_a_stale_page_changes_nothing_and_says_so(at_the_desk, in_review):
    given = {"amount": "218348", "reasons": "", "version": in_review.version - 1}

    page = at_the_desk.post(address("propose", in_review), given)

    assert page.status_code == 422
    assert fresh(in_review).state == ClaimState.IN_REVIEW.value


@pytest.mark.req("CMP-2.3-b")
def test_the_manager_approves_and_the_clerk_sees_no_such_button(client, manager, clerk, in_review):
    reviewing.propose(claim_id=in_review.pk, by=clerk, at=AT, amount=Decimal(218_348), reasons="")
    client.force_login(clerk)
    assert address("approve", in_review) not in client.get(address("review", in_review)).text
    client.force_login(manager)
    page = client.get(address("review", in_review))

    client.post(address("approve", in_review), {"version": page.context["claim"].version})

    assert fresh(in_review).state == ClaimState.APPROVED.value


def test_a_draft_is_nobodys_of_the_fund(at_the_desk):
    assert at_the_desk.get(address("review", ClaimFactory())).status_code == 404


def test_the_queries_of_the_review_do_not_grow_with_what_happened(at_the_desk, in_review):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            at_the_desk.get(address("review", in_review))
        return len(queries)

    asked()
    few = asked()
    for place in range(5):
        in_review.findings.create(code=f"RED_FLAG_{place}", found_at=AT)
        in_review.history.create(at=AT, event="take", to_state=in_review.state, by_name="בודק")

    assert asked() == few


def test_the_history_names_the_advance_that_time_proposed(at_the_desk, in_review):
    in_review.history.create(
        at=AT, event="propose_advance", to_state=in_review.state, by_name="system", reason="DAY_21_60"
    )

    page = at_the_desk.get(address("review", in_review))

    assert "DAY_21_60" not in page.text
    assert "מקדמה 60%" in page.text
