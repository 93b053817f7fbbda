"""The versions of a computation over the API, adjustments, and the manager's rate."""

from decimal import Decimal

import pytest

from compensation.models import Claim
from compensation.rules.codes import Causation
from compensation.services import computing, reviewing
from tests.compensation.api.asking import get, post, said
from tests.compensation.conftest import AT, fresh
from tests.factories.compensation import ClaimFactory

pytestmark = pytest.mark.django_db
FIGURES = {
    "kind": "regular", "reporting": "monthly",
    "base": {"gross": "1120000"}, "eligibility": {"gross": "360000"},
    "complement": {"reported_inputs": "6500000", "denominator": "12000000"},
    "wages": {"wage_base": "100000", "wage_eligibility": "40000", "reserve_refund_eligibility": "25000",
              "annual_wage_2022": "1200000"},
}  # fmt: skip
ADJUSTMENT = {"period": "base", "amount": "-120000", "reason": "unusual", "text": "עסקה חריגה וחד-פעמית באוקטובר 2022"}


@pytest.fixture
def filed() -> Claim:
    """The example that is printed in the instruction: 43.33%, 329,308."""
    claim = ClaimFactory(filed=True, track="TURNOVER", answers={"figures": FIGURES}, claimed_amount=Decimal(329_308))
    computing.compute(claim, is_claimants=True, by=None, at=AT)
    return claim


@pytest.fixture
def in_review(filed, clerk) -> Claim:
    reviewing.take(claim_id=filed.pk, by=clerk, at=AT)
    reviewing.find_causation(claim_id=filed.pk, by=clerk, at=AT, causation=Causation.PROVED, reasons="")
    return fresh(filed)


@pytest.mark.req("CMP-4.6-ah")
def test_an_adjustment_makes_a_new_version_and_taking_it_back_another(client, in_review, clerk):
    added = post(client, clerk, "adjustments", in_review.number, version=in_review.version, **ADJUSTMENT)
    (kept,) = get(client, clerk, "adjustments", in_review.number).json()
    removed = post(
        client, clerk, "remove_adjustment", in_review.number, kept["id"], version=added.json()["version"]
    ).json()

    versions = get(client, clerk, "computations", in_review.number).json()
    assert (added.status_code, added.json()["computed_amount"]) == (201, "277312")  # 640,000 x 43.33%
    assert (removed["computed_amount"], kept["amount"]) == ("329308", "-120000")
    assert [(one["version"], one["is_claimants"], one["amount"]) for one in versions] == [
        (1, True, "329308"),
        (2, False, "277312"),
        (3, False, "329308"),
    ]
    assert get(client, clerk, "adjustments", in_review.number).json()[0]["removed_at"]


@pytest.mark.req("CMP-4.6-ah")
def test_the_manager_sets_a_rate_and_the_claim_is_computed_by_it(client, in_review, manager):
    answer = post(
        client, manager, "manager_rate", in_review.number, version=in_review.version, rate="0.5000",
        reasons="שיעור ענפי לפי נתוני הלשכה המרכזית לסטטיסטיקה",
    )  # fmt: skip

    assert answer.json()["computed_amount"] == "380000"  # 760,000 x 50%
    assert fresh(in_review).rates.get().by == manager


@pytest.mark.req("CMP-4.6-ah")
def test_a_version_is_read_with_every_input_and_step(client, in_review, clerk):
    found = get(client, clerk, "computation", in_review.number, 1).json()

    assert found["inputs"]["base"] == {"gross": "1120000"}
    assert found["result"]["amount"] == "329308"
    assert {"key", "formula", "value", "clause"} <= found["result"]["steps"][0].keys()
    assert get(client, clerk, "computation", in_review.number, 9).status_code == 404


@pytest.mark.req("CMP-4.6-ah")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_versions_are_read_only(client, in_review, clerk, method):
    client.force_login(clerk)
    for address in ("computations/", "computations/1/"):
        answer = getattr(client, method)(f"/api/v1/compensation/claims/{in_review.number}/{address}")
        assert answer.status_code == 405


@pytest.mark.req("CMP-4.6-ah")
def test_a_claimant_reads_his_own_version_and_not_the_clerks(client, in_review, clerk, claimant):
    post(client, clerk, "adjustments", in_review.number, version=in_review.version, **ADJUSTMENT)

    versions = get(client, claimant, "computations", in_review.number).json()

    assert [(one["version"], one["is_claimants"]) for one in versions] == [(1, True)]
    assert get(client, claimant, "computation", in_review.number, 2).status_code == 404
    assert get(client, claimant, "claim", in_review.number).json()["computation"]["version"] == 1
    assert get(client, claimant, "adjustments", in_review.number).status_code == 403


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"rate": "1.0001"}, ("TUR_BAD_RATE", "rate")),
        ({"reasons": "כי כך"}, ("GEN_REASONS_REQUIRED", "reasons")),
        ({"rate": "a third"}, ("INVALID_VALUE", "rate")),
        ({"version": 1}, ("STALE_VERSION", "")),
    ],
    ids=["over one", "no reasons", "no number", "stale"],
)
def test_a_rate_is_a_reasoned_fraction(client, in_review, manager, change, expected):
    body = {"version": in_review.version, "rate": "0.5", "reasons": "שיעור ענפי לפי נתוני הלשכה"} | change

    answer = post(client, manager, "manager_rate", in_review.number, **body)

    assert answer.status_code in {400, 409}
    assert said(answer) == [expected]
    assert not in_review.rates.exists()


def test_an_amount_of_an_adjustment_is_whole(client, in_review, clerk):
    body = {**ADJUSTMENT, "amount": "0.5"}

    answer = post(client, clerk, "adjustments", in_review.number, version=in_review.version, **body)

    assert said(answer) == [("INVALID_VALUE", "amount")]
    assert not in_review.adjustments.exists()
