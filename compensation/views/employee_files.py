"""The calculation sheet as a spreadsheet: the template to download, and the upload (CMP-3.3.1-d)."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import note_refused

from ..forms.employees import UploadForm
from ..rules.access import Action
from ..selectors.sheet_files import write_template
from ..services import employees, importing
from .employees import found, show
from .who import user_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@may(Action.FILE)
def template(request: HttpRequest, number: str) -> HttpResponse:
    """The empty sheet to fill in."""
    claim, out = found(request, number), BytesIO()
    write_template(out, employees.programme_of(claim, timezone.now()))
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="employees-{claim.number}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
@may(Action.FILE)
def upload(request: HttpRequest, number: str) -> HttpResponseBase:
    """Take the whole sheet, or show every cell that is wrong."""
    claim = found(request, number)
    if request.method == "GET":
        return redirect("claim_employees:sheet", number)
    form, at = UploadForm(request.POST, request.FILES), timezone.now()
    if not form.is_valid():
        note_refused(request, form, at, target=("claim", claim.pk))
        return show(request, claim, status=422, upload=form)
    try:
        result = importing.import_sheet(
            claim_id=claim.pk, by=user_of(request), at=at, content=form.cleaned_data["file"]
        )
    except Refused as refused:
        for sentence in sentences(refused):
            form.add_error("file", sentence)
        return show(request, claim, status=422, upload=form)
    if result.problems:
        return show(request, claim, status=422, upload=form, problems=result.problems)
    said = ngettext("One employee was brought in.", "%(count)s employees were brought in.", result.count)
    return pages.done(request, said % {"count": result.count}, to=reverse("claim_employees:sheet", args=[claim.number]))
