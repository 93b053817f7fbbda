import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from crm_portal.audit.models import AuditEvent
from crm_portal.files.models import StoredFile
from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.sanitising.sandbox import Killed
from crm_portal.files.sanitising.scanner import ScannerUnavailable
from crm_portal.files.services import settling
from crm_portal.files.services.receiving import receive
from crm_portal.files.services.settling import settle
from crm_portal.files.signals import file_settled
from crm_portal.files.storages import clean, quarantine
from crm_portal.files.tasks import scan_pending_files
from crm_portal.worktime.services.sweeping import SweepResult
from tests.factories.files import EICAR, bytes_of, locked_pdf, office, pdf, picture, upload

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)


@pytest.fixture
def heard():
    """What the rooms above were told, and that they were told inside a transaction."""
    told = []

    def hear(*, file, at, **_later):
        told.append((file.pk, file.state, at, connection.in_atomic_block))

    file_settled.connect(hear)
    yield told
    file_settled.disconnect(hear)


def received(name="a.pdf", content=None, at=AT):
    return receive(upload=upload(name, content), by=None, at=at)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.PDF", pdf(), "application/pdf"),
        ("a.jpeg", picture("JPEG"), "image/jpeg"),
        ("a.tif", picture("TIFF"), "image/tiff"),
        ("a.docx", office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.csv", "שם,סכום\n".encode("cp1255"), "text/plain"),
    ],
)
def test_a_good_file_becomes_clean_with_a_copy_and_its_original_stays(heard, name, content, content_type):
    stored = received(name, content)

    assert scan_pending_files(LATER) == SweepResult(done=1)

    stored.refresh_from_db()
    assert (stored.state, stored.content_type, stored.settled_at) == ("clean", content_type, LATER)
    assert clean().size(stored.clean_copy) == stored.clean_size
    assert bytes_of(quarantine(), stored.original) == content
    assert heard == [(stored.pk, "clean", LATER, True)]


def test_text_is_served_in_one_encoding():
    stored = received("a.txt", "שלום".encode("cp1255"))

    settle(file_id=stored.pk, at=LATER)

    stored.refresh_from_db()
    assert bytes_of(clean(), stored.clean_copy) == "שלום".encode()


@pytest.mark.req("CRM-5.2.11-a", "CRM-2-d")
@pytest.mark.parametrize(
    ("name", "content", "failure"),
    [
        ("a.txt", EICAR, "malware"),
        ("a.pdf", locked_pdf(), "encrypted"),
        ("a.pdf", b"%PDF-1.7 garbage", "unreadable"),
        ("a.docx", office(**{"word/vbaProject.bin": b"x"}), "macros"),
        ("a.gif", picture("GIF") + office(), "polyglot"),
    ],
)
def test_a_bad_file_fails_and_its_name_hash_uploader_and_reason_stay(heard, name, content, failure):
    stored = received(name, content)
    before = (stored.name, stored.size, stored.sha256, stored.uploaded_by_id, stored.uploaded_at)

    scan_pending_files(LATER)

    stored.refresh_from_db()
    assert (stored.state, stored.failure, stored.clean_copy) == ("failed", failure, "")
    assert (stored.name, stored.size, stored.sha256, stored.uploaded_by_id, stored.uploaded_at) == before
    assert quarantine().exists(stored.original)
    assert not clean().exists(stored.original)
    assert heard == [(stored.pk, "failed", LATER, True)]
    assert AuditEvent.objects.get(action="file.settle").after["failure"] == failure


def test_a_second_run_does_nothing_more(heard):
    stored = received()
    settle(file_id=stored.pk, at=LATER)

    settle(file_id=stored.pk, at=LATER + timedelta(hours=1))

    assert scan_pending_files(LATER) == SweepResult()
    assert len(heard) == 1
    stored.refresh_from_db()
    assert stored.settled_at == LATER


def test_a_file_that_comes_later_is_not_yet_due():
    received(at=LATER)

    assert scan_pending_files(AT) == SweepResult()


def test_when_a_room_above_fails_the_file_stays_pending_and_is_done_by_the_next_run(heard):
    def break_down(**_told):
        raise RuntimeError("not now")

    stored = received()
    file_settled.connect(break_down)
    try:
        assert scan_pending_files(LATER) == SweepResult(failed=1)
    finally:
        file_settled.disconnect(break_down)
    stored.refresh_from_db()
    assert stored.state == "pending"

    assert scan_pending_files(LATER) == SweepResult(done=1)
    stored.refresh_from_db()
    assert stored.state == "clean"
    assert clean().exists(stored.clean_copy)


def test_while_the_scanner_is_out_of_reach_a_file_waits(settings, heard):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    stored = received()

    assert scan_pending_files(LATER) == SweepResult(failed=1)
    with pytest.raises(ScannerUnavailable):
        settle(file_id=stored.pk, at=AT + timedelta(days=30))  # however long it takes
    stored.refresh_from_db()
    assert (stored.state, heard) == ("pending", [])

    settings.CLAMD_URL = ""
    assert scan_pending_files(LATER) == SweepResult(done=1)


def test_one_bad_row_does_not_stop_the_others():
    lost = received()
    quarantine().delete(lost.original)
    good = received("b.pdf")

    assert scan_pending_files(LATER) == SweepResult(done=2)

    lost.refresh_from_db()
    good.refresh_from_db()
    assert (lost.state, lost.failure, good.state) == ("failed", "missing", "clean")


def killed(*_arguments):
    raise Killed("SIGKILL")


def test_a_check_that_is_killed_is_tried_again_but_not_for_ever(monkeypatch):
    stored = received()
    monkeypatch.setattr(settling, "sanitise", killed)

    with pytest.raises(Killed):
        settle(file_id=stored.pk, at=AT + timedelta(minutes=59))
    stored.refresh_from_db()
    assert stored.state == "pending"

    settle(file_id=stored.pk, at=AT + timedelta(minutes=60))
    stored.refresh_from_db()
    assert (stored.state, stored.failure) == ("failed", "crashed")


def test_a_crash_of_the_check_settles_the_file_as_failed(monkeypatch):
    def crash(*_arguments):
        raise Unclean(Failure.CRASHED, "status -11")

    monkeypatch.setattr(settling, "sanitise", crash)
    received()

    assert scan_pending_files(LATER) == SweepResult(done=1)
    assert scan_pending_files(LATER) == SweepResult()
    assert StoredFile.objects.get().failure == "crashed"


@pytest.mark.django_db(transaction=True)
def test_two_workers_settle_a_file_once(heard):
    stored = received()
    results = []

    def work():
        results.append(scan_pending_files(LATER))
        connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(result.done for result in results) == 1
    assert [told[:2] for told in heard] == [(stored.pk, "clean")]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_middle_leaves_the_file_to_the_next_run(heard):
    stored = received()
    with transaction.atomic():
        settle(file_id=stored.pk, at=LATER)
        transaction.set_rollback(True)  # as when it dies after the clean copy was written, before the commit

    stored.refresh_from_db()
    assert stored.state == "pending"
    assert scan_pending_files(LATER) == SweepResult(done=1)
    stored.refresh_from_db()
    assert (stored.state, clean().exists(stored.clean_copy)) == ("clean", True)
