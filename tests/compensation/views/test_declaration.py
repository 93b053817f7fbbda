"""The employee's page: a link, a code, his own days and nothing else (CMP-3.4.2-i)."""

import pytest
from django.urls import reverse

from compensation.rules import declaring
from compensation.rules.codes import ClaimState
from compensation.services import inviting
from tests.compensation.services.test_declaring import code_and_token, rows
from tests.factories.employees import awaiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return awaiting()


def link_of(row):
    return reverse("claim_employees:declaration", args=[code_and_token(row)[1]])


def opened(client, row):
    code, _token = code_and_token(row)
    return client.post(link_of(row), {"id_number": row.id_number, "code": code})


@pytest.mark.req("CMP-3.4.2-i")
def test_an_employee_opens_with_number_and_code_and_sees_his_own_days_alone(client, claim):
    first, second = rows(claim)

    before = client.get(link_of(first))
    opened(client, first)
    page = client.get(link_of(first))

    assert first.name not in before.content.decode()
    assert [day.row_id for day in page.context["days"]] == [first.pk, first.pk]
    assert second.name not in page.content.decode()


def test_a_session_opened_for_one_link_does_not_open_another(client, claim):
    first, second = rows(claim)
    opened(client, first)

    page = client.get(link_of(second))

    assert "days" not in page.context


@pytest.mark.req("CMP-3.4.2-i")
def test_he_confirms_with_one_press_and_the_link_then_says_thank_you(client, claim):
    row = rows(claim)[0]
    opened(client, row)
    days = [str(day.pk) for day in row.days.all()]

    client.post(link_of(row), {"day": days, "is_true": "on"}, REMOTE_ADDR="192.0.2.7")
    page = client.get(link_of(row))

    kept = row.declarations.get()
    assert kept.address == "192.0.2.7"
    assert str(claim.claimant.customer) in kept.text
    assert page.context["why"] == "declared"


def test_one_button_disputes_every_day(client, claim):
    row = rows(claim)[0]
    opened(client, row)
    days = [str(day.pk) for day in row.days.all()]

    client.post(link_of(row), {"day": days, "is_true": "on", "none": "1", "remark": "עבדתי כרגיל"})

    assert [day.is_disputed for day in row.days.all()] == [True, True]


def test_a_declaration_that_is_not_confirmed_as_true_is_refused_and_the_words_are_kept(client, claim):
    row = rows(claim)[0]
    opened(client, row)

    page = client.post(link_of(row), {"remark": "עבדתי"})

    assert page.status_code == 422
    assert "עבדתי" in page.content.decode()
    assert not row.declarations.exists()


@pytest.mark.parametrize("number", ["", "12"], ids=["nothing", "another number"])
def test_a_wrong_number_says_no_more_than_a_wrong_code(client, claim, number):
    row = rows(claim)[0]
    code, _token = code_and_token(row)

    page = client.post(link_of(row), {"id_number": number, "code": code})

    assert page.status_code == 422
    assert "days" not in page.context


def test_links_that_no_longer_open_say_why(client, claim):
    first, second = rows(claim)
    old = link_of(first)
    inviting.resend(employee_id=first.pk, by=claim.created_by, at=claim.submitted_at)

    newer, unknown = client.get(old), client.get(reverse("claim_employees:declaration", args=["no-such-token"]))
    claim.state = ClaimState.WITHDRAWN
    claim.save()
    over = client.get(link_of(second))

    assert (newer.status_code, newer.context["why"]) == (410, "newer")
    assert (unknown.status_code, unknown.context["why"]) == (404, "unknown")
    assert (over.status_code, over.context["why"]) == (410, "over")


def test_an_address_of_the_network_is_held_to_so_many_tries_an_hour(client, claim, monkeypatch):
    row = rows(claim)[0]
    monkeypatch.setattr(declaring, "MOST_FROM_ADDRESS", 0)

    page = opened(client, row)

    assert page.status_code == 422
    assert not row.invitations.get().tries
