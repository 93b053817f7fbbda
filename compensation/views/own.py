"""The claimant's area: his claims, one claim, his answers, the address for service, and the withdrawal."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm_portal.audit.services.recording import record_read
from crm_portal.errors import Refused
from crm_portal.files.responses import clean_file
from crm_portal.people.permissions import may
from crm_portal.people.phones import national
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.own import AnswerForm, ContactForm, DocumentForm, QuestionForm, WithdrawForm
from ..models import DetailsRequest
from ..rules.access import Action
from ..rules.codes import ClaimState
from ..rules.wizard import WizardStep
from ..selectors import own
from ..services import asking, claimants, documents, withdrawing
from .own_claims import own_claim
from .who import user_of
from .wizard_steps import STEPS

KEY_LENGTH = 32


@require_GET
@may(Action.VIEW_OWN)
def claims(request: HttpRequest) -> HttpResponse:
    """The claims of everybody for whom the user files."""
    found = own.claims_of(user_of(request), timezone.localdate())
    return pages.show(request, "compensation/own/list.html", {"claims": found})


@never_cache
@require_GET
@may(Action.VIEW_OWN)
def claim(request: HttpRequest, number: str) -> HttpResponseBase:
    """One claim; a draft is gone on with."""
    found = own_claim(request, number)
    if found.state == ClaimState.DRAFT.value:
        return redirect("compensation:step", number, found.step or WizardStep.IDENTITY.value)
    return _show(request, number)


def _show(
    request: HttpRequest, number: str, *, status: int = 200, answer: AnswerForm | None = None, demand: int | None = None
) -> HttpResponse:
    found = own_claim(request, number)
    page = own.page_of(found, timezone.localdate(), (get_language() or "he")[:2])
    context: dict[str, Any] = {
        "page": page, "claim": found, "answer": answer or AnswerForm(), "answered": demand, "branches": page.branches,
        "lines": page.lines, "withholding": page.withholding, "certificate": page.certificate,
    }  # fmt: skip
    return pages.show(request, "compensation/own/claim.html", context, status=status)


@require_POST
@may(Action.ANSWER_DETAILS)
def answer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Answer a demand for details, with files."""
    found = own_claim(request, number)
    demand = get_object_or_404(DetailsRequest, pk=pk, claim=found)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            documents.answer_demand(request_id=demand.pk, by=user_of(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            explain(form, refused, {"answer": "text"})
        else:
            said = _("Your answer was received. The time goes on when the fund finds it complete.")
            return pages.done(request, said, to=reverse("compensation:own_claim", args=[number]))
    else:
        note_refused(request, form, timezone.now(), target=("claim", found.pk))
    return _show(request, number, status=422, answer=form, demand=demand.pk)


@require_POST
@may(Action.FILE)
def upload(request: HttpRequest, number: str) -> HttpResponseBase:
    """Attach a document to a line of the checklist."""
    found, form = own_claim(request, number), DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            documents.upload(
                claim_id=found.pk, requirement=given["requirement"], year=given["year"], upload=given["files"],
                is_certified=given["is_certified"], by=user_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            return _documents(request, number, sentences(refused))
    else:
        note_refused(request, form, timezone.now(), target=("claim", found.pk))
        return _documents(request, number, [str(error) for errors in form.errors.values() for error in errors])
    return pages.done(
        request, _("The document was attached."), to=reverse("compensation:step", args=[number, "documents"])
    )


def _documents(request: HttpRequest, number: str, refused: list[str]) -> HttpResponse:
    """The step of the documents with what was refused on top."""
    page = STEPS[WizardStep.DOCUMENTS](own_claim(request, number), user_of(request), timezone.now())
    context = {**page.context(page.drawn(None, tab="")), "claim": page.claim, "hold": refused}
    return pages.show(request, page.template, context, status=422)


@require_POST
@may(Action.FILE)
def remove_document(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Take a document out of a draft."""
    found = get_object_or_404(own_claim(request, number).documents, pk=pk)
    documents.remove(document_id=found.pk, by=user_of(request), at=timezone.now())
    return pages.done(
        request, _("The document was removed."), to=reverse("compensation:step", args=[number, "documents"])
    )


@require_GET
@may(Action.VIEW_OWN)
def document(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """The clean copy of one's own document."""
    found = own_claim(request, number)
    opened = get_object_or_404(found.documents.select_related("file"), pk=pk, file__state="clean")
    what = {"document": opened.pk, "file": opened.file.name}
    record_read("claim.open_document", by=user_of(request), at=timezone.now(), target=found, what=what)
    return clean_file(opened.file)


@never_cache
@may(Action.VIEW_OWN)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """The address for service, which the claimant keeps up to date (CMP-9.8-a)."""
    found = own_claim(request, number)
    claimant = found.claimant
    now = {"email": claimant.email, "mobile": national(claimant.mobile) if claimant.mobile else ""}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        claimants.keep_contact(claimant_id=claimant.pk, by=user_of(request), at=timezone.now(), **form.cleaned_data)
        said = _("Saved. Notices go there from now on.")
        return pages.done(request, said, to=reverse("compensation:own_claim", args=[number]))
    if request.method == "POST":
        note_refused(request, form, timezone.now(), target=("claim", found.pk))
    context = {"form": form, "claim": found}
    return pages.show(request, "compensation/own/contact.html", context, status=422 if form.is_bound else 200)


@never_cache
@may(Action.FILE)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask whether to withdraw, with the warning that it is final; and withdraw (CMP-8.1.5-a)."""
    found = own_claim(request, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw(claim_id=found.pk, by=user_of(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(
                request, _("The claim was withdrawn."), to=reverse("compensation:own_claim", args=[number])
            )
    context = {"form": form, "claim": found}
    return pages.show(request, "compensation/own/withdraw.html", context, status=422 if form.is_bound else 200)


@never_cache
@may(Action.VIEW_OWN)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """A question about the claim: an inquiry tied to it (CMP-8.3-a)."""
    found = own_claim(request, number)
    sent = request.method == "POST"
    initial = {"submission_key": get_random_string(KEY_LENGTH)}
    form = QuestionForm(request.POST, request.FILES) if sent else QuestionForm(initial=initial)
    if sent and form.is_valid():
        try:
            asked = asking.ask(claim_id=found.pk, by=user_of(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            explain(form, refused, {"description": "text"})
        else:
            said = _("Your question was sent. The answer will come to your inquiries.")
            return pages.done(request, said, to=reverse("personal:inquiry", args=[asked.number]))
    elif sent:
        note_refused(request, form, timezone.now(), target=("claim", found.pk))
    context = {"form": form, "claim": found}
    return pages.show(request, "compensation/own/ask.html", context, status=422 if form.is_bound else 200)
