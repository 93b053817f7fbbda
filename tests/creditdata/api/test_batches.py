"""Batches for programs: the same validator, the same fate (CRD-0-g to 0-i, 0-k)."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from creditdata.models import IntakeBatch
from creditdata.rules.codes import SourceType
from creditdata.services import intake, supplies
from crm_portal.people.models import RoleGrant
from tests.factories.creditdata import SourceFactory

from ..supplying import AT, order, written

pytestmark = pytest.mark.django_db

URL = "/api/v1/creditdata/batches/"


@pytest.fixture
def sender(client, integrator):
    """A program of the Official Receiver."""
    RoleGrant.objects.create(user=integrator, role="source_integrator", scope="own", level=0)
    client.force_login(integrator)
    return client


@pytest.fixture
def stated(licensee, receiver):
    return {
        "source": receiver.code, "licensee": licensee.licence.number, "kind": "RECEIVING_ORDER",
        "made_available_on": "2026-03-01", "as_of": "2026-02-27",
    }  # fmt: skip


def post(sender, body, **headers):
    return sender.post(URL, json.dumps(body), content_type="application/json", headers=headers)


def read(licensee) -> IntakeBatch:
    while intake.read_next(at=IntakeBatch.objects.for_licensee(licensee).latest("received_at").received_at):
        pass
    return IntakeBatch.objects.for_licensee(licensee).latest("received_at")


@pytest.mark.req("CRD-0-g")
def test_rows_and_files_end_in_the_same_validator(sender, stated, licensee):
    bad = order(2, order_date="2002-02-01")
    answer = post(sender, {**stated, "rows": [{**order(1), "cancelled": False}, bad]})
    assert answer.status_code == 201
    upload = SimpleUploadedFile("orders.csv", written([order(1), bad]))
    assert sender.post(URL, {**stated, "file": upload}).status_code == 201
    read(licensee)
    by_format = {batch.format: (batch.accepted, batch.duplicate, batch.rejected) for batch in
                 IntakeBatch.objects.for_licensee(licensee)}  # fmt: skip
    assert by_format == {"json": (1, 0, 1), "csv": (0, 1, 1)}


@pytest.mark.req("CRD-0-h")
def test_the_answer_has_the_counters_and_each_row_its_reasons(sender, stated, licensee):
    pk = post(sender, {**stated, "rows": [order(1), order(2, order_date="2002-02-01")]}).json()["id"]
    read(licensee)
    found = sender.get(f"{URL}{pk}/").json()
    assert (found["status"], found["rows_read"], found["accepted"], found["rejected"]) == ("DONE", 2, 1, 1)
    rows = sender.get(f"{URL}{pk}/rows/", {"status": "REJECTED"}).json()
    assert rows["next"] is None
    assert rows["results"][0]["number"] == 2
    assert rows["results"][0]["problems"] == [
        {
            "field": "order_date", "code": "RO_ORDER_NOT_AFTER_2002_02_01",
            "message": "צו הכינוס לא ניתן אחרי 1.2.2002.",
        }
    ]  # fmt: skip


@pytest.mark.req("CRD-0-h")
def test_rows_come_in_pages(sender, stated, licensee):
    pk = post(sender, {**stated, "rows": [order(n) for n in range(150)]}).json()["id"]
    read(licensee)
    first = sender.get(f"{URL}{pk}/rows/").json()
    second = sender.get(first["next"]).json()
    assert [row["number"] for row in first["results"] + second["results"]] == list(range(1, 151))
    assert second["next"] is None


@pytest.mark.req("CRD-0-i")
def test_the_same_idempotency_key_gives_the_first_batch(sender, stated):
    first = post(sender, {**stated, "rows": [order(1)]}, **{"Idempotency-Key": "k-1"})
    again = post(sender, {**stated, "rows": [order(2)]}, **{"Idempotency-Key": "k-1"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


@pytest.mark.req("CRD-0-k")
def test_a_source_sends_for_no_other_and_sees_no_batch_of_another(sender, stated, licensee):
    from tests.factories.creditdata import BatchFactory

    other = SourceFactory()
    assert post(sender, {**stated, "source": other.code, "rows": [order(1)]}).status_code == 404
    foreign = BatchFactory(licensee=licensee, source=other)
    assert sender.get(f"{URL}{foreign.pk}/").status_code == 404
    assert sender.get(f"{URL}{foreign.pk}/rows/").status_code == 404
    answer = post(sender, {**stated, "kind": "LOAN", "rows": []})
    assert answer.json()["code"] == "KIND_NOT_OF_SOURCE"


@pytest.mark.req("CRD-0-d")
def test_a_source_is_told_what_it_did_not_supply_and_nothing_of_others(sender, receiver, source_of):
    source_of(SourceType.EXECUTION_OFFICE, from_on="2025-01-01")
    supplies.check_supplies(at=AT)
    found = sender.get("/api/v1/creditdata/late-supplies/").json()
    assert [(one["source"], one["group"]) for one in found] == [(receiver.code, "ORDERS")]


def test_neither_or_both_of_file_and_rows_are_refused(sender, stated):
    assert post(sender, stated).status_code == 400


def test_somebody_without_the_role_sends_nothing(client, clerk, stated):
    client.force_login(clerk)
    assert post(client, {**stated, "rows": []}).status_code == 403
