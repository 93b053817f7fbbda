"""A claim filed over the API from its beginning, by the commands of the wizard: in parts, all hits at once."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from compensation.models import Claim
from compensation.rules.codes import ClaimState
from compensation.rules.wizard import WizardStep
from tests.compensation.api.asking import get, post, said
from tests.compensation.claimants import FILED_AT, SAID, SEED, begun, choose, complete, located, owner, programme, save
from tests.factories.files import pdf
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
PLACE = {
    "business_town": "נתיבות", "registered_town": "נתיבות", "has_branches": False, "kind": "REGULAR",
    "sector": "GENERAL", "reporting": "MONTHLY",
}  # fmt: skip
CHOICE = {"regime": "TEMPORARY_ORDER", "track": "TURNOVER", "declaration": "אני מצהיר", "knows_of_advance": True}
REST = {
    "facts": SAID, "figures": SEED, "bank": "12", "bank_branch": "600", "bank_account": "123456",
    "declares_causation": True, "declares_truth": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def within_the_window():
    with time_machine.travel(FILED_AT, tick=False):
        yield


def patch(client, user, claim, **body):
    client.force_login(user)
    address = reverse("compensation_api:claim", args=[claim.number])
    body = {"version": fresh(claim).version, **body}
    return client.patch(address, body, content_type="application/json")


def fresh(claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.req("CMP-2.3-i")
def test_a_claim_is_begun_filled_computed_and_filed_over_the_api(client):
    programme()
    customer = CustomerFactory()
    user = customer.user
    begins = post(client, user, "claims", customer=customer.id_number)
    claim = Claim.objects.get()
    assert (begins.status_code, begins.json()["number"], begins.json()["state"]) == (201, claim.number, "DRAFT")

    placed = patch(client, user, claim, **PLACE)
    assert {one["track"] for one in placed.json()["draft"]["tracks"] if one["is_open"]} >= {"TURNOVER", "WAGE"}
    chosen = post(client, user, "choose_track", claim.number, version=fresh(claim).version, **CHOICE)
    assert chosen.json()["track"] == "TURNOVER"
    told = patch(client, user, claim, **REST)
    assert told.json()["draft"]["figures"] == SEED

    computed = post(client, user, "compute", claim.number).json()
    assert (computed["result"]["amount"], computed["invalid"], computed["against"]) == ("329308", [], [])
    filed = post(client, user, "submit", claim.number, version=fresh(claim).version, submission_key="k1")

    assert (filed.status_code, filed.json()["state"]) == (200, "SUBMITTED")
    assert (filed.json()["claimed_amount"], filed.json()["draft"]) == ("329308", None)
    again = post(client, user, "submit", claim.number, version=1, submission_key="k1")
    assert (again.status_code, fresh(claim).notices.count()) == (200, 1)


@pytest.mark.req("CMP-2.3-a")
def test_everything_that_forbids_to_submit_is_in_one_answer(client):
    claim = begun()
    answer = post(client, owner(claim), "submit", claim.number, version=claim.version, submission_key="k1")

    assert {"business_town", "track", "bank_account", "declares_causation"} <= {field for _code, field in said(answer)}
    assert all(one["message"] for one in answer.json()["errors"])
    assert fresh(claim).state == ClaimState.DRAFT.value


def test_a_draft_is_computed_with_what_cannot_be_read_and_nothing_is_kept(client):
    claim = complete(begun())
    patch(client, owner(claim), claim, figures={**SEED, "base": {"gross": "-1"}})
    before = fresh(claim)
    answer = post(client, owner(claim), "compute", claim.number).json()

    assert answer["result"] is None
    assert [(one["code"], one["field"]) for one in answer["invalid"]] == [("TUR_BAD_AMOUNT", "base.gross")]
    assert (fresh(claim).version, fresh(claim).computations.count()) == (before.version, 0)


@pytest.mark.req("CMP-1.8-a")
@pytest.mark.parametrize(
    ("part", "path"),
    [
        ({"figures": {**SEED, "manager_rate": "1"}}, "figures.manager_rate"),
        ({"figures": {**SEED, "base": {"gross": "1", "manager_adjustment": "-5"}}}, "figures.base.manager_adjustment"),
        ({"figures": {"amount": "2500000"}}, "figures.amount"),
        ({"figures": {"base": {"gross": {"a": {"b": {"c": "1"}}}}}}, "figures.base.gross.a.b"),
        ({"facts": {**SAID, "flags": []}}, "facts.flags"),
        ({"facts": {**SAID, "opened_on": {"year": 2023}}}, "facts.opened_on"),
    ],
    ids=["rate", "adjustment", "amount", "nested", "fact", "nested fact"],
)
def test_what_only_the_fund_determines_is_no_figure_of_a_claimant(client, part, path):
    claim = choose(located(begun()))
    answer = patch(client, owner(claim), claim, **part)

    assert ("INVALID_VALUE", path) in said(answer)
    assert "figures" not in fresh(claim).answers


def test_towns_that_no_list_knows_are_all_named_and_nothing_is_kept(client):
    claim = begun()
    wrong = {"business_town": "אטלנטיס", "branches": [{"name": "א", "town": "נתיבות"}, {"name": "ב", "town": "נרניה"}]}
    answer = patch(client, owner(claim), claim, **wrong)

    assert said(answer) == [("GEN_UNKNOWN_TOWN", "business_town"), ("GEN_UNKNOWN_TOWN", "branches.1.town")]
    assert fresh(claim).version == claim.version


def test_who_comes_second_is_told_so(client):
    claim = begun()
    patch(client, owner(claim), claim, **PLACE)
    late = patch(client, owner(claim), claim, version=claim.version, email="late@example.org")

    assert (late.status_code, late.json()["code"]) == (409, "STALE_VERSION")
    assert fresh(claim).claimant.email != "late@example.org"


def test_a_document_is_attached_to_its_line_of_the_checklist(client):
    claim = complete(begun())
    save(claim, WizardStep.BUSINESS, columns={"kind": "EXEMPT_DEALER"})
    client.force_login(owner(claim))
    shown = get(client, owner(claim), "claim", claim.number).json()["draft"]["checklist"]
    line = next(one for one in shown if one["requirement"] == "profit_and_loss")
    file = SimpleUploadedFile("pl.pdf", pdf(), "application/pdf")
    given = {"requirement": line["requirement"], "year": line["year"] or "", "is_certified": "true", "file": file}
    answer = client.post(reverse("compensation_api:documents", args=[claim.number]), given)

    assert answer.status_code == 200, answer.json()
    checklist = answer.json()["draft"]["checklist"]
    assert "pl.pdf" in [one["file"] for one in checklist if one["requirement"] == "profit_and_loss"]


@pytest.mark.req("CMP-3.4.2-f")
def test_nobody_begins_changes_files_or_deletes_for_others(client, clerk):
    claim = complete(begun())
    stranger = CustomerFactory().user
    number = claim.claimant.customer.id_number

    assert said(post(client, stranger, "claims", customer=number)) == [("GEN_NOT_AUTHORISED", "customer")]
    assert post(client, clerk, "claims", customer=number).status_code == 403
    assert patch(client, stranger, claim, email="a@example.org").status_code == 404
    for name in ("compute", "submit", "withdraw", "choose_track"):
        assert post(client, stranger, name, claim.number, version=claim.version).status_code == 404, name
        assert post(client, clerk, name, claim.number, version=claim.version).status_code == 403, name
    assert client.delete(reverse("compensation_api:claim", args=[claim.number])).status_code == 403
    client.force_login(stranger)
    assert client.delete(reverse("compensation_api:claim", args=[claim.number])).status_code == 404
    assert fresh(claim).version == claim.version


@pytest.mark.req("CMP-8.1.5-a")
def test_a_draft_is_deleted_and_a_claim_withdrawn_only_when_it_is_confirmed(client, filed, claimant):
    draft = begun()
    client.force_login(owner(draft))
    assert client.delete(reverse("compensation_api:claim", args=[draft.number])).status_code == 204
    assert not Claim.objects.filter(pk=draft.pk).exists()

    asked = {"version": filed.version}
    refused = post(client, claimant, "withdraw", filed.number, **asked, confirmed=False)
    assert said(refused) == [("CONFIRMATION_REQUIRED", "confirmed")]
    done = post(client, claimant, "withdraw", filed.number, **asked, confirmed=True)
    assert (done.status_code, done.json()["state"]) == (200, "WITHDRAWN")
    assert client.delete(reverse("compensation_api:claim", args=[filed.number])).status_code in {400, 409, 422}
