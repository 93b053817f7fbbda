import hashlib
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import translation

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Refused
from crm_portal.files.models import StoredFile
from crm_portal.files.services.receiving import receive
from crm_portal.files.storages import clean, quarantine
from crm_portal.sentences import sentence
from tests.factories.files import EICAR, bytes_of, pdf, upload
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_an_upload_goes_to_quarantine_and_waits_there():
    user, content = UserFactory(), pdf()

    stored = receive(upload=upload('דו"ח.pdf', content), by=user, at=AT)

    stored.refresh_from_db()
    assert (stored.name, stored.size, stored.state) == ('דו"ח.pdf', len(content), "pending")
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.uploaded_by, stored.uploaded_at) == (user, AT)
    assert bytes_of(quarantine(), stored.original) == content
    assert not clean().exists(stored.original)
    assert AuditEvent.objects.get().action == "file.receive"


def test_a_large_upload_is_taken_in_pieces():
    large = TemporaryUploadedFile("a.txt", "text/plain", 3_000_000, None)
    large.write(b"0123456789" * 300_000)
    large.seek(0)

    with large:
        stored = receive(upload=large, by=None, at=AT)

    assert stored.sha256 == hashlib.sha256(b"0123456789" * 300_000).hexdigest()
    assert quarantine().size(stored.original) == 3_000_000


def test_quarantine_has_no_address_on_the_web_and_is_closed_to_other_users(settings):
    stored = receive(upload=upload(), by=None, at=AT)
    path = settings.MEDIA_ROOT / "quarantine" / stored.original

    with pytest.raises(ValueError, match="permission"):
        quarantine().url(stored.original)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    for guess in (f"/files/{stored.pk}", f"/media/quarantine/{stored.original}", f"/static/{stored.original}"):
        assert Client().get(guess).status_code in {302, 403, 404}


@pytest.mark.parametrize(
    ("name", "content", "failure", "reason"),
    [
        ("a.pdf", b"", "empty", "הוא ריק"),
        ("a.txt", b"x" * (1024 * 1024 + 1), "too_large", "הוא גדול מ-1 MB"),
        ("a.exe", b"MZ", "not_allowed", "קבצים מסוג זה אינם מתקבלים, אלא רק pdf, png"),
        ("a.docm", b"PK\x03\x04", "not_allowed", "קבצים מסוג זה אינם מתקבלים, אלא רק pdf, png"),
        ("a.zip", b"PK\x03\x04", "not_allowed", "קבצים מסוג זה אינם מתקבלים, אלא רק pdf, png"),
        ("a.html", b"<html>", "not_allowed", "קבצים מסוג זה אינם מתקבלים, אלא רק pdf, png"),
        ("a.svg", b"<svg/>", "not_allowed", "קבצים מסוג זה אינם מתקבלים, אלא רק pdf, png"),
        ("pdf", b"%PDF-", "not_allowed", "קבצים מסוג זה אינם מתקבלים, אלא רק pdf, png"),
        ("invoice\u202efdp.exe", b"MZ", "not_allowed", "קבצים מסוג זה אינם מתקבלים, אלא רק pdf, png"),
        ("a.pdf", b"MZ\x90\x00", "mismatch", "התוכן שלו אינו תואם את הסיומת"),
        ("a.txt", b"<html><script>1</script>", "mismatch", "התוכן שלו אינו תואם את הסיומת"),
        ("a.png", pdf(), "mismatch", "התוכן שלו אינו תואם את הסיומת"),
    ],
)
def test_what_can_be_seen_at_once_is_refused_at_its_field_in_hebrew(settings, name, content, failure, reason):
    settings.FILE_MAX_MB = 1

    with pytest.raises(Refused) as refused:
        receive(upload=upload(name, content), by=None, at=AT)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.fields) == ("FILE_REJECTED", ("files",))
    assert refusal.details["failure"] == failure
    with translation.override("he"):
        assert reason in sentence(refusal)
    assert not StoredFile.objects.exists()
    assert not settings.MEDIA_ROOT.joinpath("quarantine").exists()
    row = AuditEvent.objects.get()
    assert (row.action, row.outcome, row.code) == ("file.receive", "refused", "FILE_REJECTED")


@pytest.mark.parametrize(("size", "passes"), [(1024 * 1024, True), (1024 * 1024 + 1, False)])
def test_a_file_may_be_exactly_as_large_as_allowed(settings, size, passes):
    settings.FILE_MAX_MB = 1

    try:
        receive(upload=upload("a.txt", b"x" * size), by=None, at=AT)
    except Refused:
        assert not passes
    else:
        assert passes


def test_an_infected_file_is_taken_in_since_only_the_check_can_tell():
    assert receive(upload=upload("a.txt", EICAR), by=None, at=AT).state == "pending"


def test_the_list_of_types_may_be_narrowed(settings):
    settings.FILE_TYPES = ["txt"]

    with pytest.raises(Refused):
        receive(upload=upload("a.pdf"), by=None, at=AT)


def test_a_roll_back_takes_the_row_along():
    with transaction.atomic():
        receive(upload=upload(), by=None, at=AT)
        transaction.set_rollback(True)

    assert not StoredFile.objects.exists()
