"""Sealing the audit into a chain, and finding what was changed behind it."""

import hashlib
import json
import threading
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from crm_portal.audit.context import Origin, coming_from
from crm_portal.audit.models import AuditEvent, AuditLink
from crm_portal.audit.rules.chain import GENESIS
from crm_portal.audit.selectors import chain
from crm_portal.audit.selectors.chain import Fault, Finding, findings
from crm_portal.audit.services import sealing
from crm_portal.audit.services.recording import record
from crm_portal.audit.services.sealing import seal
from tests.factories.people import UserFactory

AT = timezone.now()
pytestmark = pytest.mark.django_db(transaction=True)


def events(count):
    return [record("inquiry.open", by=None, at=AT, target_type="inquiry", after={"פתוחה": 1}).pk for _ in range(count)]


def forge(sql):
    """What somebody does who owns the database and switches the triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = replica; {sql}")


def sealed():
    return list(AuditLink.objects.order_by("sequence").values_list("event_id", flat=True))


@contextmanager
def elsewhere():
    """Another connection with an open transaction that has written an event; it commits at the end."""
    written, go_on = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            events(1)
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    written.wait(10)
    try:
        yield
    finally:
        go_on.set()
        thread.join()


def test_events_are_sealed_once_in_the_order_of_their_ids():
    first = events(3)
    assert (seal(at=AT), seal(at=AT)) == (3, 0)
    second = events(2)
    assert seal(at=AT) == 2

    assert sealed() == first + second
    assert list(AuditLink.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
    assert list(findings()) == []


def test_a_large_backlog_is_sealed_in_batches(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    monkeypatch.setattr(sealing, "_UNSEALED", sealing._UNSEALED.replace("10000", "4"))
    ids = events(10)

    assert seal(at=AT) == 10

    assert sealed() == ids
    assert list(findings()) == []


def test_the_chain_can_be_recomputed_without_the_portal():
    with coming_from(Origin("2001:db8::5", "request-1")):
        event = record(
            "inquiry.wait", by=UserFactory(), at=AT, before={"status": "פתוחה"}, after={"b": 1.50, "a": None}
        )
    seal(at=AT)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Tokyo'")
        cursor.execute("SELECT extract(epoch FROM at)::text FROM audit_auditevent")
        epoch = cursor.fetchone()[0]
    row = [
        event.pk, "@epoch", event.action, event.outcome, event.code, event.actor_id, event.actor_name,
        event.actor_roles, event.target_type, event.target_id, event.target_label, event.before,
        {"a": None, "b": 1.5}, event.origin, event.request_id,
    ]  # fmt: skip
    text = json.dumps(row, ensure_ascii=False).replace('"@epoch"', epoch)
    row_hash = hashlib.sha256(text.encode()).digest()
    number = (1).to_bytes(8, "big") + event.pk.to_bytes(8, "big")
    link = AuditLink.objects.get()
    assert bytes(link.row_hash) == row_hash
    assert bytes(link.link_hash) == hashlib.sha256(GENESIS + number + row_hash).digest()


def test_every_column_of_an_event_is_sealed():
    for field in AuditEvent._meta.concrete_fields:
        assert f"event.{field.column}" in chain.ROW_HASH, field.column


@pytest.mark.req("CRM-2-b")
@pytest.mark.parametrize(
    ("forgery", "fault"),
    [
        ("UPDATE audit_auditevent SET actor_name = 'somebody else' WHERE id = {id}", Fault.CHANGED),
        ("UPDATE audit_auditevent SET at = at + interval '1 microsecond' WHERE id = {id}", Fault.CHANGED),
        ("UPDATE audit_auditevent SET after = '{{}}' WHERE id = {id}", Fault.CHANGED),
        ("UPDATE audit_auditevent SET origin = '203.0.113.9' WHERE id = {id}", Fault.CHANGED),
        ("DELETE FROM audit_auditevent WHERE id = {id}", Fault.DELETED),
        ("UPDATE audit_auditlink SET row_hash = link_hash WHERE event_id = {id}", Fault.CHANGED),
        ("UPDATE audit_auditlink SET link_hash = row_hash WHERE event_id = {id}", Fault.LINK_CHANGED),
        ("DELETE FROM audit_auditlink WHERE event_id = {id}", Fault.INSERTED),
    ],
)
@pytest.mark.parametrize("place", [0, 2], ids=["the first row", "a row in the middle"])
def test_a_forged_row_is_found_and_named(forgery, fault, place):
    ids = events(5)
    seal(at=AT)

    forge(forgery.format(id=ids[place]))

    assert Finding(ids[place], fault) in list(findings())


@pytest.mark.req("CRM-2-b")
def test_a_row_put_in_later_is_found_even_when_it_takes_a_free_id():
    events(2)
    with transaction.atomic():
        (gap,) = events(1)
        transaction.set_rollback(True)
    ids = events(2)
    seal(at=AT)

    forge(
        f"INSERT INTO audit_auditevent SELECT (jsonb_populate_record(event, jsonb_build_object('id', {gap}))).*"
        f" FROM audit_auditevent AS event WHERE id = {ids[0]}"
    )
    assert seal(at=AT) == 0

    assert list(findings()) == [Finding(gap, Fault.INSERTED)]


def test_a_row_changed_together_with_its_own_link_breaks_the_next_link():
    ids = events(3)
    seal(at=AT)

    forge(
        f"UPDATE audit_auditevent SET action = 'other' WHERE id = {ids[1]};"
        f"UPDATE audit_auditlink AS link SET row_hash = {chain.ROW_HASH} FROM audit_auditevent AS event"
        f" WHERE event.id = link.event_id AND event.id = {ids[1]};"
    )

    assert list(findings()) == [Finding(ids[1], Fault.LINK_CHANGED)]


def test_removing_the_newest_rows_with_their_links_shows_against_a_head_kept_elsewhere(capsys):
    ids = events(5)
    seal(at=AT)
    call_command("verify_audit")
    head = capsys.readouterr().out.strip().rpartition(" ")[2]
    call_command("verify_audit", "--head", head)

    forge(f"DELETE FROM audit_auditevent WHERE id >= {ids[3]}; DELETE FROM audit_auditlink WHERE event_id >= {ids[3]}")

    with pytest.raises(CommandError):
        call_command("verify_audit", "--head", head)
    assert "the newest rows were removed" in capsys.readouterr().out


def test_a_row_whose_transaction_is_open_holds_the_seal_until_it_is_settled(monkeypatch):
    monkeypatch.setattr(sealing, "PATIENCE_SECONDS", 0.1)
    with elsewhere():
        later = events(1)
        assert seal(at=AT) == 0

    assert seal(at=AT) == 2
    assert sealed()[1] == later[0]
    assert list(findings()) == []


def test_the_seal_waits_a_moment_for_a_transaction_that_is_about_to_end():
    with elsewhere():
        done = []

        def work():
            done.append(seal(at=AT))
            connection.close()

        thread = threading.Thread(target=work)
        thread.start()
    thread.join()

    assert done == [1]


def test_two_workers_do_not_seal_at_once():
    events(3)
    results = []

    def work():
        results.append(seal(at=AT))
        connection.close()

    with transaction.atomic():
        assert sealing._alone()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

    assert results == [0]
    assert seal(at=AT) == 3


def test_parallel_writers_and_sealers_leave_a_whole_chain():
    together = threading.Barrier(4)

    def write():
        together.wait()
        for _ in range(40):
            with transaction.atomic():
                events(2)
        connection.close()

    def work():
        together.wait()
        for _ in range(20):
            seal(at=AT)
        connection.close()

    threads = [threading.Thread(target=job) for job in (write, write, work, work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(at=AT)

    assert sealed() == list(AuditEvent.objects.order_by("id").values_list("id", flat=True))
    assert len(sealed()) == 160
    assert list(findings()) == []


def test_an_empty_audit_is_whole(capsys):
    call_command("seal_audit")
    call_command("verify_audit")

    assert capsys.readouterr().out.splitlines()[0] == "seal_audit 0 0"


@pytest.mark.req("CRM-2-b")
def test_the_command_counts_what_is_whole_and_names_what_is_not(capsys):
    ids = events(4)
    call_command("seal_audit", at=AT)
    events(1)
    call_command("verify_audit")
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "seal_audit 4 0"
    assert out[1].startswith("4 sealed, verified in ")
    assert out[2] == "1 not sealed yet"

    forge(f"DELETE FROM audit_auditevent WHERE id IN ({ids[1]}, {ids[3]})")

    with pytest.raises(CommandError, match="2 findings"):
        call_command("verify_audit")
    assert capsys.readouterr().out.splitlines()[:2] == [
        f"first: event {ids[1]} deleted",
        f"event {ids[3]} deleted",
    ]
