"""Claims listed and read over the API: who sees which, and how much of one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compensation.services import details
from crm_portal.audit.models import AuditEvent
from tests.compensation.api.asking import get, said
from tests.compensation.conftest import AT
from tests.factories.compensation import ClaimFactory

pytestmark = pytest.mark.django_db


def numbers(answer):
    return [row["number"] for row in answer.json()["results"]]


@pytest.mark.req("CMP-2.3-i")
@pytest.mark.parametrize("who", ["claimant", "representative", "clerk", "manager", "auditor"])
def test_whoever_may_see_a_claim_finds_it_in_the_list_and_reads_it(client, request, filed, who):
    user = request.getfixturevalue(who)

    assert numbers(get(client, user, "claims")) == [filed.number]
    answer = get(client, user, "claim", filed.number)

    assert (answer.status_code, answer.headers["ETag"]) == (200, f'"{filed.version}"')
    assert (answer.json()["state"], answer.json()["state_label"]) == ("SUBMITTED", "הוגשה")
    assert (answer.json()["claimed_amount"], answer.json()["filed_on"]) == ("218348", "2023-11-20")
    assert AuditEvent.objects.filter(action="claim.view", actor=user, target_id=str(filed.pk)).exists()


@pytest.mark.req("CMP-2.3-i")
@pytest.mark.parametrize("who", ["stranger", "former_representative"])
def test_a_claim_of_others_is_neither_listed_nor_found(client, request, filed, who):
    user = request.getfixturevalue(who)

    assert numbers(get(client, user, "claims")) == []
    for name in ("claim", "computations"):
        assert get(client, user, name, filed.number).status_code == 404


@pytest.mark.req("CMP-2.3-i")
def test_a_draft_is_its_claimants_alone(client, claimant, clerk, filed):
    draft = ClaimFactory(claimant=filed.claimant)

    assert set(numbers(get(client, claimant, "claims"))) == {draft.number, filed.number}
    assert numbers(get(client, clerk, "claims")) == [filed.number]
    assert get(client, clerk, "claim", draft.number).status_code == 404


def test_a_claim_tells_its_clocks_stops_and_demands(client, claimant, in_review, clerk):
    demand = details.request_details(
        claim_id=in_review.pk, by=clerk, at=AT, text="נא לצרף טופס 102", due_on=date(2024, 2, 20)
    )

    shown = get(client, claimant, "claim", in_review.number).json()

    assert {(clock["key"], clock["clause"]) for clock in shown["clocks"]} == {
        ("advance_60", "8.4.3"),
        ("advance_10", "8.4.4"),
        ("decision", "8.4.1"),
    }
    assert shown["stops"] == [{"from_on": "2024-01-10", "until_on": None}]
    assert [(one["id"], one["text"]) for one in shown["details_requests"]] == [(demand.pk, "נא לצרף טופס 102")]


def test_what_the_review_found_is_for_the_fund_alone(client, claimant, clerk, in_review):
    in_review.findings.create(code="GEN_DOC_MISSING", where="documents", details={"item": "טופס 102"}, found_at=AT)
    of_review = {"findings", "computed_amount", "proposed_amount", "proposed_reasons", "causation", "clerk"}

    fund, own = (get(client, user, "claim", in_review.number).json() for user in (clerk, claimant))

    assert of_review <= fund.keys()
    assert not of_review & own.keys()
    assert [(one["code"], one["message"]) for one in fund["findings"]] == [
        ("GEN_DOC_MISSING", "חסר מסמך נדרש: טופס 102")
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "SUBMITTED"}, ["early", "late"]),
        ({"state": "PAID"}, []),
        ({"track": "AGRICULTURE"}, ["early", "late"]),
        ({"town": "קריית-שמונה"}, ["late"]),
        ({"due_before": "2024-07-20"}, ["early"]),
        ({"due_before": "2024-07-21"}, ["early", "late"]),
    ],
    ids=str,
)
def test_the_list_is_narrowed(client, clerk, query, expected):
    ClaimFactory(filed=True, number="late", business_town="קרית שמונה")
    ClaimFactory(filed=True, number="early", decision_due_on=date(2024, 7, 19))

    answer = get(client, clerk, "claims", **query)

    assert sorted(numbers(answer)) == expected
    assert answer.json()["total"] == len(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "GONE", "due_before": "soon"}, {("INVALID_VALUE", "state"), ("INVALID_VALUE", "due_before")}),
        ({"town": "אטלנטיס"}, {("GEN_UNKNOWN_TOWN", "town")}),
    ],
    ids=["several", "town"],
)
def test_a_filter_that_cannot_be_read_is_refused_at_its_name(client, clerk, query, expected):
    answer = get(client, clerk, "claims", **query)

    assert answer.status_code == 400
    assert set(said(answer)) == expected


def test_the_list_goes_on_at_its_next_address_and_asks_no_more_for_many(client, clerk):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            get(client, clerk, "claims")
        return len(captured)

    made = [ClaimFactory(filed=True).number]
    queries()
    few = queries()
    made += [ClaimFactory(filed=True).number for _ in range(26)]
    assert queries() == few

    first = get(client, clerk, "claims", state="SUBMITTED").json()
    rest = client.get(first["next"]).json()

    shown = [row["number"] for page in (first, rest) for row in page["results"]]
    assert (len(first["results"]), first["total"], rest["next"]) == (25, 27, None)
    assert sorted(shown) == sorted(made)
