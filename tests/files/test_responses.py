from datetime import UTC, datetime

import pytest

from crm_portal.errors import Refused
from crm_portal.files.responses import clean_file
from crm_portal.files.services.receiving import receive
from crm_portal.files.services.settling import settle
from tests.factories.files import StoredFileFactory, locked_pdf, office, pdf, picture, upload

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def settled(name, content):
    stored = receive(upload=upload(name, content), by=None, at=AT)
    return settle(file_id=stored.pk, at=AT)


@pytest.mark.req("CRM-4.5-d")
@pytest.mark.parametrize(
    ("name", "content", "content_type", "shown"),
    [
        ("a.pdf", pdf(), "application/pdf", "inline"),
        ("a.png", picture(), "image/png", "inline"),
        ("a.csv", b"a,b\n", "text/plain; charset=utf-8", "inline"),
        ("a.tiff", picture("TIFF"), "image/tiff", "attachment"),
        ("a.docx", office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
    ],
)
def test_the_clean_copy_is_served_with_a_type_that_runs_nothing(name, content, content_type, shown):
    response = clean_file(settled(name, content))

    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith(f"{shown};")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert len(b"".join(response.streaming_content)) == int(response["Content-Length"])
    response.close()


def test_what_is_served_is_the_copy_and_never_the_original():
    original = picture("JPEG", comment=b"a secret comment")

    response = clean_file(settled("a.jpg", original))

    served = b"".join(response.streaming_content)
    response.close()
    assert served != original
    assert b"secret" not in served


def test_a_hebrew_name_arrives_by_the_standard_and_cannot_add_a_header():
    response = clean_file(settled('דו"ח\r\nX: 1.pdf', pdf()))
    response.close()

    assert response["Content-Disposition"] == "inline; filename*=utf-8''%D7%93%D7%95%22%D7%97%20X%3A%201.pdf"


@pytest.mark.req("CRM-4.5-d")
@pytest.mark.parametrize(("state", "code"), [({}, "FILE_PENDING"), ({"failed": True}, "OUT_OF_SCOPE")])
def test_a_file_that_is_not_clean_is_never_served(state, code):
    with pytest.raises(Refused) as refused:
        clean_file(StoredFileFactory(**state))

    assert refused.value.code == code


def test_a_locked_file_is_not_served_after_its_check():
    with pytest.raises(Refused) as refused:
        clean_file(settled("a.pdf", locked_pdf()))

    assert refused.value.code == "OUT_OF_SCOPE"
