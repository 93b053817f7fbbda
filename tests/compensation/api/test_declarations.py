"""The employee's declaration over the API: token, number and code, and nothing else."""

from base64 import b64encode

import pytest
from django.urls import reverse

from compensation.rules.codes import ClaimState
from compensation.services import inviting
from tests.compensation.api.asking import said
from tests.compensation.services.test_declaring import code_and_token, declare, rows
from tests.factories.employees import awaiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return awaiting()


def by(row, code=None):
    """The header with the employee's number and the code that was sent to him."""
    pair = f"{row.id_number}:{code or code_and_token(row)[0]}"
    return {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def url(row, name="declaration"):
    return reverse(f"compensation_api:{name}", args=[code_and_token(row)[1]])


@pytest.mark.req("CMP-3.4.2-j")
def test_token_number_and_code_show_the_employees_own_days_alone(client, claim):
    first, second = rows(claim)

    shown = client.get(url(first), headers=by(first)).json()
    without = client.get(url(first))
    of_another = client.get(url(first), headers=by(second))
    unknown = client.get(reverse("compensation_api:declaration", args=["no-such-token"]), headers=by(first))

    assert (shown["name"], [day["on"] for day in shown["days"]]) == (first.name, ["2023-10-08", "2023-10-09"])
    assert (shown["declared_at"], shown["disputed_at"]) == (None, None)
    assert without.status_code == 401
    assert "Basic" in without.headers["WWW-Authenticate"]
    assert (of_another.json()["code"], unknown.status_code) == ("CODE_WRONG", 404)


@pytest.mark.req("CMP-3.4.2-j")
def test_confirming_keeps_the_words_and_the_last_one_files_the_claim(client, claim):
    first, second = rows(claim)

    confirmed = client.post(
        url(first, "confirm_declaration"), {"is_true": True}, headers=by(first), REMOTE_ADDR="192.0.2.9"
    )
    waits = claim.__class__.objects.get(pk=claim.pk).state
    client.post(url(second, "confirm_declaration"), {"is_true": True}, headers=by(second))
    again = client.post(url(second, "confirm_declaration"), {"is_true": True}, headers=by(second))
    read = client.get(url(second), headers=by(second)).json()

    kept = first.declarations.get()
    claim.refresh_from_db()
    assert confirmed.json()["declared_at"]
    assert (kept.text, kept.address) == (confirmed.json()["text"], "192.0.2.9")
    assert (waits, claim.state) == (ClaimState.AWAITING_EMPLOYEE_DECLARATIONS, ClaimState.SUBMITTED)
    assert (again.status_code, again.json()["code"]) == (409, "GEN_BAD_TRANSITION")
    assert {day["answer"] for day in read["days"]} == {"CONFIRMED"}


@pytest.mark.req("CMP-3.4.2-j")
def test_disputing_names_days_and_says_why(client, claim):
    row, other = rows(claim)
    dispute = {"days": ["2023-10-09"], "remark": "עבדתי", "is_true": True}

    def send(**changes):
        body = {name: value for name, value in (dispute | changes).items() if value is not None}
        return client.post(url(row, "dispute_declaration"), body, content_type="application/json", headers=by(row))

    refused = [said(send(remark="")), said(send(days=[])), said(send(days=["2023-10-10"])), said(send(is_true=False))]
    done = send()

    assert refused == [
        [("FIELD_REQUIRED", "remark")],
        [("INVALID_VALUE", "days")],
        [("INVALID_VALUE", "days.0")],
        [("FIELD_REQUIRED", "is_true")],
    ]
    assert [day["answer"] for day in done.json()["days"]] == ["CONFIRMED", "DISPUTED"]
    assert done.json()["disputed_at"]
    assert not other.declarations.exists()


def test_five_wrong_codes_lock_the_link_for_programs_as_for_people(client, claim):
    row = rows(claim)[0]
    code, _token = code_and_token(row)
    wrong = "000000" if code != "000000" else "000001"

    codes = [client.get(url(row), headers=by(row, wrong)).json()["code"] for _ in range(5)]
    locked = client.get(url(row), headers=by(row))

    assert codes == ["CODE_WRONG"] * 4 + ["TOO_MANY_ATTEMPTS"]
    assert locked.status_code == 429


def test_an_older_link_and_one_of_a_claim_that_waits_no_more_do_not_open(client, claim):
    first, second = rows(claim)
    old, header = url(first), by(first)
    inviting.resend(employee_id=first.pk, by=claim.created_by, at=claim.submitted_at)
    declare(second)
    claim.refresh_from_db()
    newer = client.get(old, headers=header)
    confirmed = client.post(old + "confirm/", {"is_true": True}, headers=header)
    claim.state = ClaimState.WITHDRAWN
    claim.save()
    over = client.get(url(first), headers=by(first))

    assert [newer.status_code, confirmed.status_code, over.status_code] == [409, 409, 409]
    assert client.get(url(second), headers=by(second)).json()["declared_at"]
