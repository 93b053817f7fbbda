"""The branches of a draft as a spreadsheet: the template to download, and the upload (CMP-2.6-i)."""

from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import note_refused
from crm_portal.worktime.rules.periods import day_of

from ..forms.employees import UploadForm
from ..models import Claim
from ..rules.access import Action
from ..rules.codes import ClaimState
from ..rules.wizard import WizardStep
from ..selectors import drafts
from ..selectors.branch_files import write_template
from ..services import importing
from .employee_files import XLSX
from .own_claims import own_claim
from .who import user_of


@require_GET
@may(Action.FILE)
def template(request: HttpRequest, number: str) -> HttpResponse:
    """The empty list to fill in."""
    claim, out = _draft(request, number), BytesIO()
    write_template(out, drafts.programme_of_claim(claim, day_of(timezone.now())))
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="branches-{claim.number}.xlsx"'
    return response


@never_cache
@may(Action.FILE)
@require_http_methods(["GET", "POST"])
def branches(request: HttpRequest, number: str) -> HttpResponseBase:
    """The list as it is, and the upload: the whole list is taken, or every wrong cell shown."""
    claim, at = _draft(request, number), timezone.now()
    if request.method == "GET":
        return _show(request, claim, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        note_refused(request, form, at, target=("claim", claim.pk))
        return _show(request, claim, form, status=422)
    try:
        result = importing.import_branches(
            claim_id=claim.pk, by=user_of(request), at=at, content=form.cleaned_data["file"]
        )
    except Refused as refused:
        for sentence in sentences(refused):
            form.add_error("file", sentence)
        return _show(request, claim, form, status=422)
    if result.problems:
        return _show(request, claim, form, status=422, problems=result.problems)
    said = ngettext("One branch was brought in.", "%(count)s branches were brought in.", result.count)
    to = reverse("compensation:step", args=[claim.number, WizardStep.BUSINESS.value])
    return pages.done(request, said % {"count": result.count}, to=to)


def _draft(request: HttpRequest, number: str) -> Claim:
    """A draft whose step of the business may be opened; else there is nothing here."""
    claim = own_claim(request, number)
    if claim.state != ClaimState.DRAFT.value or not drafts.may_open(WizardStep.BUSINESS, claim):
        raise Http404
    return claim


def _show(request: HttpRequest, claim: Claim, form: UploadForm, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"claim": claim, "form": form, "branches": list(claim.branches.order_by("pk")), **more}
    return pages.show(request, "compensation/wizard/branches.html", context, status=status)
