"""The law asked over the API: assessments without a trace, the matrix, and towns in any spelling."""

import pytest

from compensation.models import Computation
from crm_portal.people.rules.roles import Role
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db
ASSESSMENTS = "/api/v1/compensation/assessments/"
ELIGIBILITY = "/api/v1/compensation/eligibility/"
CASE = {"id": "a-1", "track": "agriculture", "inputs": {"field_workers": 17}}


@pytest.fixture
def api(client):
    client.force_login(UserFactory(roles=[Role.COMPENSATION_CLERK]))
    return client


def post(client, body):
    return client.post(ASSESSMENTS, body, content_type="application/json")


def test_an_assessment_answers_with_figures_steps_and_findings_and_stores_nothing(api):
    answer = post(api, CASE)

    assert answer.status_code == 200
    assert answer.json()["id"] == "a-1"
    found = answer.json()["result"]
    assert (found["amount"], found["allowed"], found["findings"]) == ("218348", True, [])
    assert found["steps"][-1] == {
        "key": "agr_amount",
        "label": {"he": "הפיצוי, עד התקרה", "en": "Compensation, up to the cap"},
        "formula": "min(A, cap)",
        "values": {"A": "218348", "cap": "3000000"},
        "value": "218348",
        "unit": "ils",
        "clause": "5.3",
    }
    assert not Computation.objects.exists()


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        pytest.param({**CASE, "inputs": {"field_workers": -1}}, "AGR_BAD_COUNT", "field_workers", id="negative"),
        pytest.param({**CASE, "inputs": {"field_worker": 1}}, "INVALID_VALUE", "field_worker", id="unknown fact"),
        pytest.param({**CASE, "inputs": []}, "INVALID_VALUE", "inputs", id="inputs are a list"),
        pytest.param({**CASE, "track": "gold"}, "INVALID_VALUE", "track", id="no such track"),
        pytest.param({**CASE, "id": None}, "FIELD_REQUIRED", "id", id="no id"),
        pytest.param({"id": 1, "track": "red"}, "FIELD_REQUIRED", "inputs", id="no inputs"),
        pytest.param({**CASE, "programme": "none"}, "INVALID_VALUE", "programme", id="no such programme"),
        pytest.param([CASE], "INVALID_VALUE", "case", id="a list"),
        pytest.param(
            {**CASE, "inputs": {"fields": [{"town": "אטלנטיס"}]}}, "GEN_UNKNOWN_TOWN", "fields.0.town", id="no town"
        ),
    ],
)
def test_a_case_that_cannot_be_read_is_a_problem_document(api, body, code, field):
    answer = post(api, body)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [(one["code"], one["field"]) for one in answer.json()["errors"]] == [(code, field)]
    assert answer.json()["code"] == code
    assert answer.json()["errors"][0]["message"]


def test_what_is_not_json_is_refused(api):
    assert post(api, "{NaN").status_code == 400


def test_whoever_has_not_signed_in_may_ask_what_the_law_says(client):
    assert post(client, CASE).status_code == 200


@pytest.mark.req("CMP-2.6-a")
def test_a_claimant_asks_for_the_matrix_by_towns(client):
    client.force_login(CustomerFactory().user)

    found = client.get(ELIGIBILITY, {"town": "אשדוד"}).json()

    assert (found["location_row"], found["wage"]) == ("SECOND_SCHEDULE", "ELIGIBLE_CHILDCARE_CONDITION")
    assert (found["red"], found["fixed_costs"], found["reason"]) == ("NOT_ELIGIBLE", "ELIGIBLE", None)


@pytest.mark.req("CMP-2.6-o")
@pytest.mark.parametrize(
    ("query", "row"),
    [
        ({"town": "תל אביב", "has_branches": "true"}, "REST_WITH_BRANCH"),
        ({"town": "תל אביב", "has_branches": "false"}, "REST"),
        ({"town": "תל אביב", "employee_towns": "חיפה, אשדוד"}, "REST_WITH_EMPLOYEE_RESIDENT"),
        ({"town": "תל אביב", "employee_towns": ["חיפה", "אשדוד"]}, "REST_WITH_EMPLOYEE_RESIDENT"),
        ({"town": "תל אביב", "branch_towns": "חיפה"}, "REST"),
    ],
)
def test_branches_and_employees_open_a_row(api, query, row):
    assert api.get(ELIGIBILITY, query).json()["location_row"] == row


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({}, "FIELD_REQUIRED", "town"),
        ({"town": "אטלנטיס"}, "GEN_UNKNOWN_TOWN", "town"),
        ({"town": "אשדוד", "has_branches": "maybe"}, "INVALID_VALUE", "has_branches"),
        ({"town": "אשדוד", "employee_towns": "אטלנטיס"}, "GEN_UNKNOWN_TOWN", "employee_towns.0.town"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_at_its_field(api, query, code, field):
    answer = api.get(ELIGIBILITY, query)

    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["errors"][0]["field"]) == (code, field)


@pytest.mark.req("CMP-annexA-b")
@pytest.mark.parametrize("spelled", ["קריית שמונה", "קרית  שמונה", " קרית-שמונה "])
def test_a_town_is_resolved_from_any_spelling(api, spelled):
    found = api.get("/api/v1/compensation/towns/resolve/", {"name": spelled}).json()

    assert (found["name"], found["row"], found["schedules"]) == ("קרית שמונה", "EVACUATED", ["C", "D", "E"])


def test_towns_are_listed_by_annex(api):
    found = api.get("/api/v1/compensation/towns/", {"schedule": "A"}).json()

    assert len(found) == 108
    assert all("A" in town["schedules"] for town in found)
    assert api.get("/api/v1/compensation/towns/resolve/", {"name": "  "}).status_code == 400
