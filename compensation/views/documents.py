"""Open a file of a claim."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.files.responses import clean_file
from crm_portal.people.permissions import may

from ..rules.access import Action
from .review import found
from .who import user_of


@require_GET
@may(Action.VIEW)
def document(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """The clean copy of a document, for the fund."""
    claim = found(request, number)
    opened = get_object_or_404(claim.documents.select_related("file"), pk=pk, file__state="clean")
    what = {"document": opened.pk, "file": opened.file.name}
    record_read("claim.open_document", by=user_of(request), at=timezone.now(), target=claim, what=what)
    return clean_file(opened.file)
