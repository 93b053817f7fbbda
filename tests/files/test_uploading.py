from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from crm_portal.errors import Refused
from crm_portal.files.services.receiving import receive


@pytest.mark.django_db
def test_of_an_endless_upload_no_more_is_written_than_may_be_accepted(settings):
    settings.FILE_MAX_MB, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1, 1000
    request = RequestFactory().post("/", {"files": SimpleUploadedFile("a.txt", b"x" * 5_000_000)})

    upload = request.FILES["files"]

    assert upload.size == 5_000_000
    assert upload.file.seek(0, 2) < 1_200_000
    with pytest.raises(Refused) as refused:
        receive(upload=upload, by=None, at=datetime(2026, 11, 23, tzinfo=UTC))
    assert refused.value.refusals[0].details["failure"] == "too_large"
    request.close()


def test_an_upload_of_the_allowed_size_arrives_whole(settings):
    settings.FILE_MAX_MB, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1, 1000
    content = bytes(range(256)) * 4096
    request = RequestFactory().post("/", {"files": SimpleUploadedFile("a.txt", content)})

    assert request.FILES["files"].read() == content
    request.close()
