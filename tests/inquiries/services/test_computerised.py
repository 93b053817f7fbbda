"""The computerised file of real estate: once the fields are filled everything is written there, each thing once."""

import json
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from crm_portal.files.services.settling import settle
from crm_portal.registers.adapters.computerised_file import Entry, LocalComputerisedFile
from crm_portal.worktime.services import timing
from inquiries.models import ComputerisedFileEntry
from inquiries.services import answering, attaching, corresponding
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, fresh, later, real_estate

FILLED = {"assessment_number": "900000111", "tax_type": "מס שבח", "area": "תל אביב"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.COMPUTERISED_FILE_FOLDER = tmp_path / "computerised"
    return settings.COMPUTERISED_FILE_FOLDER


@pytest.fixture
def down(settings, tmp_path) -> Path:
    """The marker that makes the computerised file unreachable while it lies there; the other registers answer."""
    settings.REGISTERS_FOLDER = shutil.copytree(settings.REGISTERS_FOLDER, tmp_path / "registers")
    return settings.REGISTERS_FOLDER / "computerised_file.down"


def written(folder) -> list[dict]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]


def fill(inquiry, **fields):
    return answering.save(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), **(fields or FILLED))


def push(at):
    return timing.run(timing.timers()["push_computerised_file"], at=at)


@pytest.mark.django_db
@pytest.mark.req("CRM-6.6-j")
def test_the_inquiry_its_messages_and_shown_files_are_written(folder):
    inquiry = real_estate(description="בירור שומה")
    fill(inquiry)
    corresponding.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text="השומה נבדקה")
    for name, shown in (("shown.pdf", True), ("hidden.pdf", False)):
        attached = attaching.attach(
            inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), upload=files.upload(name),
            show_on_internet=shown, note="שומה",
        )  # fmt: skip
        settle(file_id=attached.file_id, at=later(inquiry))

    push(later(inquiry))

    entries = written(folder)
    assert {entry["assessment_number"] for entry in entries} == {"900000111"}
    texts = {entry["content"].get("text") or entry["content"]["name"] for entry in entries}
    assert texts == {"בירור שומה", "השומה נבדקה", "shown.pdf"}
    assert not ComputerisedFileEntry.objects.filter(written_at=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{"assessment_number": "900000111"}, {"assessment_number": "-", "tax_type": "-", "area": "-"}],
    ids=["not all filled", "no such assessment"],
)
def test_without_a_whole_key_nothing_is_written(folder, fields):
    inquiry = real_estate()
    fill(inquiry, **fields)

    push(later(inquiry))

    assert not ComputerisedFileEntry.objects.exists()


@pytest.mark.django_db
def test_another_tax_system_has_no_computerised_file():
    inquiry = InquiryFactory(in_treatment=True)
    fill(inquiry)

    assert not ComputerisedFileEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.req("CRM-6.6-j")
def test_a_second_run_and_a_worker_that_died_after_writing_leave_one_entry(folder):
    inquiry = real_estate()
    fill(inquiry)
    row = ComputerisedFileEntry.objects.get()
    LocalComputerisedFile().write(
        row.key, Entry(row.key, "900000111", "מס שבח", "תל אביב")
    )  # and died before the commit

    push(later(inquiry))
    push(later(inquiry))

    row.refresh_from_db()
    assert len(written(folder)) == 1
    assert (row.attempts, row.next_attempt_at) == (1, None)
    assert row.written_at is not None


@pytest.mark.django_db
@pytest.mark.req("CRM-6.6-j")
def test_a_file_that_cannot_be_reached_is_tried_again_ever_more_rarely_and_never_given_up(folder, down):
    inquiry = real_estate()
    fill(inquiry)
    at = later(inquiry)
    down.touch()
    waits = []
    for _ in range(7):
        push(at)
        row = ComputerisedFileEntry.objects.get()
        waits.append(row.next_attempt_at - at)
        push(row.next_attempt_at - timedelta(seconds=1))  # not yet due
        at = row.next_attempt_at

    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    assert waits == [minute, 5 * minute, 30 * minute, 4 * hour, 24 * hour, 24 * hour, 24 * hour]
    assert (ComputerisedFileEntry.objects.get().attempts, written(folder)) == (7, [])
    down.unlink()
    push(at)

    assert len(written(folder)) == 1


@pytest.mark.django_db
def test_a_corrected_assessment_brings_everything_into_the_right_file(folder):
    inquiry = real_estate()
    fill(inquiry)
    push(later(inquiry))
    fill(inquiry, assessment_number="900000222")
    fill(inquiry, assessment_number="900000333")  # before anything was written under 222

    push(later(inquiry))

    assert sorted(entry["assessment_number"] for entry in written(folder)) == ["900000111", "900000333"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_each_entry_once(folder):
    inquiry = real_estate()
    fill(inquiry)
    corresponding.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text="א")
    at, start = later(inquiry), threading.Barrier(2)

    def work():
        start.wait(timeout=10)
        push(at)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)

    assert len(written(folder)) == 2
    assert list(ComputerisedFileEntry.objects.values_list("attempts", flat=True)) == [1, 1]


@pytest.mark.django_db
@pytest.mark.req("CRM-6.6-j")
def test_the_real_estate_box_shows_how_far_it_has_come(client, down):
    inquiry = real_estate()
    fill(inquiry)
    client.force_login(inquiry.clerk)
    address = f"/inquiries/{inquiry.number}/"

    assert "בדרך לתיק הממוחשב" in client.get(address).text
    down.touch()
    push(later(inquiry))
    assert "ממתין לתיק הממוחשב" in client.get(address).text
    down.unlink()
    push(later(inquiry, days=2))

    assert "בתיק הממוחשב" in client.get(address).text
    assert fresh(inquiry).is_active
