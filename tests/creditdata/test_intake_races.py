"""Two workers on one batch, and two supplies of one key at once: exactly one wins (CRD-0-v)."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from creditdata.models import IntakeBatch, IntakeRow, OriginalRecord, Record
from creditdata.rules.intake import BatchStatus
from creditdata.services import intake, reference, supplies
from creditdata.services.chains import verify_chain
from tests.factories.creditdata import LicenseeFactory, MembershipFactory, SourceAgreementFactory

from .supplying import AT, counters, order, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def parties():
    reference.load(overwrite=False)
    licensee = LicenseeFactory()
    receiver = SourceAgreementFactory(licensee=licensee).source
    return licensee, receiver, MembershipFactory(licensee=licensee).user


def at_once(*work):
    """Run each in a thread and a connection of its own, all starting together."""
    barrier = threading.Barrier(len(work))

    def run(one):
        try:
            barrier.wait()
            return one()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.mark.req("CRD-0-v")
def test_two_workers_on_one_batch_take_each_row_once(parties, monkeypatch):
    licensee, receiver, clerk = parties
    monkeypatch.setattr(intake, "ROWS", 5)
    batch = sent(licensee, receiver, clerk, [order(n) for n in range(40)])
    found = at_once(lambda: intake.read(batch, at=AT), lambda: intake.read(batch, at=AT))
    batch.refresh_from_db()
    assert (batch.status, counters(batch)) == (BatchStatus.DONE, (40, 40, 0, 0, 0))
    assert sum(isinstance(one, intake.Lost) for one in found) == 1
    assert IntakeRow.objects.for_licensee(licensee).count() == Record.objects.for_licensee(licensee).count() == 40


@pytest.mark.req("CRD-0-v")
def test_two_batches_with_the_same_rows_make_each_record_once_and_one_chain(parties):
    licensee, receiver, clerk = parties
    rows = [order(n) for n in range(30)]
    batches = [sent(licensee, receiver, clerk, rows), sent(licensee, receiver, clerk, list(reversed(rows)))]
    found = at_once(*(lambda batch=batch: intake.read(batch, at=AT) for batch in batches))
    assert found == [None, None]
    fates = sorted((batch.accepted, batch.duplicate) for batch in IntakeBatch.objects.for_licensee(licensee))
    assert [sum(one) for one in fates] == [30, 30]
    assert Record.objects.for_licensee(licensee).count() == OriginalRecord.objects.for_licensee(licensee).count() == 30
    assert verify_chain(licensee_id=licensee.pk, at=AT).fault_count == 0


@pytest.mark.req("CRD-0-v")
def test_the_same_file_sent_twice_at_once_is_one_batch(parties):
    licensee, receiver, clerk = parties
    found = at_once(*[lambda: sent(licensee, receiver, clerk, [order(1)])] * 2)
    assert found[0] == found[1]
    assert IntakeBatch.objects.for_licensee(licensee).count() == 1


@pytest.mark.req("CRD-0-v")
def test_two_watchdogs_at_once_open_one_incident(parties):
    from datetime import timedelta

    assert sorted(at_once(*[lambda: supplies.check_supplies(at=AT + timedelta(days=60))] * 2)) == [0, 1]
