import os
import tempfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction

from crm_portal.files.sanitising.sandbox import WORKPLACE
from crm_portal.files.services.receiving import receive
from crm_portal.files.services.settling import settle
from crm_portal.files.storages import clean, quarantine
from crm_portal.files.tasks import sweep_orphan_files
from crm_portal.worktime.services.sweeping import SweepResult
from tests.factories.files import upload

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder_for_checks(tmp_path, monkeypatch):
    (tmp_path / "checks").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "checks"))


@pytest.fixture(autouse=True)
def machine():
    """The machine's clock: the day after, unless a test sets it."""
    with time_machine.travel(AT + timedelta(days=1), tick=False) as clock:
        yield clock


def aged(storage, name, at):
    os.utime(storage.path(name), (at.timestamp(), at.timestamp()))


def test_the_blob_of_an_upload_that_was_rolled_back_is_removed_when_it_is_old():
    with transaction.atomic():
        orphan = receive(upload=upload(), by=None, at=AT).original
        transaction.set_rollback(True)
    aged(quarantine(), orphan, AT)

    assert sweep_orphan_files(AT + timedelta(hours=1)) == SweepResult()  # its transaction may still be open
    assert sweep_orphan_files(AT + timedelta(hours=7)) == SweepResult(done=1)

    assert not quarantine().exists(orphan)


def test_what_a_row_names_stays_and_so_does_what_is_not_ours():
    stored = receive(upload=upload(), by=None, at=AT)
    settle(file_id=stored.pk, at=AT)
    stored.refresh_from_db()
    strange = quarantine().save("2026/11/23/readme.txt", ContentFile(b"x"))
    for storage, name in ((quarantine(), stored.original), (clean(), stored.clean_copy), (quarantine(), strange)):
        aged(storage, name, AT)

    assert sweep_orphan_files(AT + timedelta(days=1)) == SweepResult()

    assert quarantine().exists(stored.original)
    assert clean().exists(stored.clean_copy)
    assert quarantine().exists(strange)


def test_the_folder_of_a_check_that_was_killed_is_removed_when_it_is_old(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, other = tmp_path / f"{WORKPLACE}x", tmp_path / "other"
    for folder in (left, other):
        folder.mkdir()
        (folder / "original").write_bytes(b"x")
        os.utime(folder, (AT.timestamp(), AT.timestamp()))

    assert sweep_orphan_files(AT + timedelta(hours=5)) == SweepResult()
    assert sweep_orphan_files(AT + timedelta(hours=7)) == SweepResult(done=1)

    assert not left.exists()
    assert other.exists()


def test_a_run_for_a_later_day_leaves_what_is_under_way_now(tmp_path, machine):
    machine.move_to(AT + timedelta(minutes=1))
    under_check = tmp_path / "checks" / f"{WORKPLACE}x"
    under_check.mkdir()
    with transaction.atomic():
        uploading = receive(upload=upload(), by=None, at=AT).original
        transaction.set_rollback(True)
    aged(quarantine(), uploading, AT)
    os.utime(under_check, (AT.timestamp(), AT.timestamp()))

    assert sweep_orphan_files(AT + timedelta(days=2)) == SweepResult()

    assert under_check.exists()
    assert quarantine().exists(uploading)
