"""More time to file, asked and decided over the API."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from compensation.models import FilingExtension
from tests.compensation.api.asking import get, post, said
from tests.factories.compensation import ProgrammeFactory
from tests.factories.files import pdf
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
WORDS = "הוכח כי מנהל העסק אושפז לכל אורך התקופה"


@pytest.fixture
def customer(db):
    ProgrammeFactory(is_current=True)
    return CustomerFactory()


def ask(client, user, customer, **changes):
    wanted = (timezone.localdate() + timedelta(days=30)).isoformat()
    evidence = SimpleUploadedFile("a.pdf", pdf("אשפוז"), "application/pdf")
    given = {"customer": customer.id_number, "reason": "אשפוז", "wanted_until": wanted, "evidence": evidence, **changes}
    client.force_login(user)
    return client.post(reverse("compensation_api:extensions"), given)


@pytest.mark.req("CMP-8.2-c")
def test_more_time_is_asked_with_evidence_and_granted_by_the_manager(client, customer, clerk, manager):
    asked = ask(client, customer.user, customer)
    number, until = asked.json()["id"], asked.json()["wanted_until"]
    by_clerk = post(client, clerk, "grant_extension", number, until=until, reasons=WORDS)
    granted = post(client, manager, "grant_extension", number, until=until, reasons=WORDS)

    assert (asked.status_code, asked.json()["state"], asked.json()["is_late"]) == (201, "PENDING", True)
    assert (by_clerk.status_code, by_clerk.json()["code"]) == (403, "PERMISSION_DENIED")  # after the last day
    assert (granted.json()["state"], granted.json()["granted_until"]) == ("GRANTED", until)


@pytest.mark.req("CMP-8.2-c")
def test_more_time_is_refused_with_reasons(client, customer, manager):
    number = ask(client, customer.user, customer).json()["id"]

    assert said(post(client, manager, "refuse_extension", number)) == [("FIELD_REQUIRED", "reasons")]
    assert post(client, manager, "refuse_extension", number, reasons=WORDS).json()["state"] == "REFUSED"


@pytest.mark.req("CMP-8.2-c")
def test_nobody_asks_for_others_or_sees_what_they_asked(client, customer, stranger, clerk):
    assert said(ask(client, stranger, customer)) == [("GEN_NOT_AUTHORISED", "customer")]
    assert ask(client, clerk, customer).status_code == 403
    assert not FilingExtension.objects.exists()
    number = ask(client, customer.user, customer).json()["id"]

    for user, expected in ((customer.user, [number]), (clerk, [number]), (stranger, [])):
        assert [row["id"] for row in get(client, user, "extensions", state="PENDING").json()["results"]] == expected
    assert post(client, customer.user, "grant_extension", number, until="2030-01-01").status_code == 403


def test_what_is_missing_is_named(client, customer):
    answer = ask(client, customer.user, customer, evidence="", reason="")

    assert {field for _code, field in said(answer)} == {"evidence", "reason"}
