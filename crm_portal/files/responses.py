"""Serve a clean copy. Whether the user may have it is for the calling view to say."""

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from crm_portal.errors import Code, refuse

from .models import StoredFile
from .rules.kinds import INLINE, Kind
from .rules.states import SanitisationState
from .storages import clean

# Nothing in the file may run, load or submit anything, even if something survived the cleaning.
SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
)


def clean_file(stored: StoredFile) -> HttpResponseBase:
    """
    Answer with the clean copy: shown by the browser when that is safe, downloaded otherwise (CRM-4.5-d).

    :raises Refused: FILE_PENDING while it is checked; OUT_OF_SCOPE when it failed, for such a file is never served
    """
    if stored.state == SanitisationState.PENDING.value:
        raise refuse(Code.FILE_PENDING, clause="4.5")
    if stored.state != SanitisationState.CLEAN.value:
        raise refuse(Code.OUT_OF_SCOPE, clause="4.5")
    kind = Kind(stored.content_type)
    response = FileResponse(clean().open(stored.clean_copy))
    response["Content-Type"] = "text/plain; charset=utf-8" if kind is Kind.TEXT else kind.value
    response["Content-Disposition"] = content_disposition_header(kind not in INLINE, stored.name) or "attachment"
    response["Content-Length"] = str(stored.clean_size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
