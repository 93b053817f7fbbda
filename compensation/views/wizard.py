"""The claim wizard: one page a step, each saved by one command (CMP-8.1.3-c)."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from crm_portal.errors import Code, Refusal, Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentence
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused
from crm_portal.worktime.rules.periods import day_of

from ..forms.wizard.closing import SubmitForm
from ..forms.wizard.identity import StartForm
from ..rules.access import Action
from ..rules.codes import ClaimState
from ..rules.wizard import ORDER, WizardStep, after
from ..selectors import drafts, windows
from ..selectors.claims import customers_of
from ..selectors.programmes import programme_on
from ..services import drafting, filing
from .own_claims import own_claim
from .who import user_of
from .wizard_page import Drawn, StepPage
from .wizard_steps import STEPS, live_amount

TAB_LENGTH = 16


@never_cache
@may(Action.FILE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a claim: for whom, and under which granted check."""
    user, at = user_of(request), timezone.now()
    customers = [(one.pk, f"{one} · {one.shown_number}") for one in customers_of(user, day_of(at)).order_by("pk")[:200]]
    initial = {"customer": customers[0][0]} if len(customers) == 1 else {}
    form = StartForm(request.POST if request.method == "POST" else None, customers=customers, initial=initial)
    if request.method == "POST" and form.is_valid():
        check = request.POST.get("check", "")
        try:
            claim = drafting.start(
                customer_id=form.cleaned_data["customer"],
                by=user,
                at=at,
                check_id=int(check) if check.isdecimal() else None,
            )
        except Refused as refused:
            explain(form, refused)
        else:
            return redirect("compensation:step", claim.number, WizardStep.IDENTITY.value)
    elif request.method == "POST":
        note_refused(request, form, at)
    today, check = day_of(at), request.GET.get("check", request.POST.get("check", ""))
    programme = programme_on(today)
    context = {"form": form, "check": check}
    if not windows.is_open(None, programme, today):
        context["closed_since"] = windows.window_of(None, programme).last_day
    return pages.show(request, "compensation/wizard/new.html", context, status=422 if form.is_bound else 200)


@never_cache
@may(Action.FILE)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, number: str, key: str) -> HttpResponseBase:
    """One step: shown, or saved and led on; what is refused keeps every typed word."""
    claim = own_claim(request, number)
    if claim.state != ClaimState.DRAFT.value:
        return redirect("compensation:own_claim", number)
    now = WizardStep(key) if key in ORDER else ORDER[0]
    if not drafts.may_open(now, claim):
        return redirect("compensation:step", number, claim.step or ORDER[0].value)
    page = STEPS[now](claim, user_of(request), timezone.now())
    if request.method == "GET":
        return _show(request, page, page.drawn(None, tab=get_random_string(TAB_LENGTH)))
    drawn = page.drawn(request.POST, tab=request.POST.get("tab", ""))
    if drawn.is_valid():
        try:
            page.save(drawn, version=_version(request))
        except Refused as refused:
            return _refused(request, page, drawn, refused)
        if (hold := page.holds(own_claim(request, number))) is not None:
            return _show(request, page, drawn, status=422, hold=hold)
        here = "more" in request.POST
        to = now if here else after(now)
        return redirect("compensation:step", number, to.value)
    note_refused(request, drawn.form, timezone.now(), target=("claim", claim.pk))
    return _show(request, page, drawn, status=422)


def _refused(request: HttpRequest, page: StepPage, drawn: Drawn, refused: Refused) -> HttpResponse:
    """Say it at its field; after a conflict the page carries the newer version, so that it can be sent again."""
    if refused.code is Code.STALE_VERSION:
        page.claim = own_claim(request, page.claim.number)
        newer = request.POST.copy()
        newer["version"] = str(page.claim.version)
        drawn = page.drawn(newer, tab=request.POST.get("tab", ""))
        drawn.is_valid()
        told = _("The claim was changed on another page or device. What you typed is kept: check it and save again.")
        drawn.form.add_error(None, told)
        return _show(request, page, drawn, status=409)
    explain(drawn.form, refused, page.names)
    return _show(request, page, drawn, status=422)


def _show(
    request: HttpRequest, page: StepPage, drawn: Drawn, *, status: int = 200, hold: list[Refusal] | None = None
) -> HttpResponse:
    context = {**page.context(drawn), "hold": [sentence(one) for one in hold or []], "claim": page.claim}
    return pages.show(request, page.template, context, status=status)


@never_cache
@may(Action.FILE)
@require_POST
def amount(request: HttpRequest, number: str) -> HttpResponse:
    """The live amount of what stands in the form, which is kept on the way (HTMX)."""
    claim = own_claim(request, number)
    if claim.state != ClaimState.DRAFT.value or not drafts.may_open(WizardStep.FIGURES, claim):
        return HttpResponse(status=204)
    return live_amount(request, claim, user_of(request), timezone.now(), _version(request))


@never_cache
@may(Action.FILE)
@require_POST
def autosave(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Keep the good fields of a step while somebody types (HTMX)."""
    claim, now = own_claim(request, number), timezone.now()
    if key not in ORDER or claim.state != ClaimState.DRAFT.value:
        return HttpResponse(status=204)
    page = STEPS[WizardStep(key)](claim, user_of(request), now)
    drawn = page.drawn(request.POST, tab=request.POST.get("tab", ""))
    drawn.is_valid()
    try:
        saved = page.keep(drawn, version=_version(request))
    except Refused as refused:
        words = [sentence(one) for one in refused.refusals]
        return pages.show(request, "compensation/wizard/_saved.html", {"refused": words}, status=409)
    return pages.show(request, "compensation/wizard/_saved.html", {"kept_at": now, "version": saved.version})


@never_cache
@may(Action.FILE)
@require_POST
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """File the claim. A second click with the same key is the first one."""
    claim, at = own_claim(request, number), timezone.now()
    form = SubmitForm(request.POST)
    if form.is_valid():
        try:
            filed = filing.submit(
                claim_id=claim.pk,
                by=user_of(request),
                at=at,
                submission_key=form.cleaned_data["submission_key"],
                version=form.cleaned_data["version"],
            )
        except Refused as refused:
            claim = own_claim(request, number)
            if claim.state != ClaimState.DRAFT.value:
                return redirect("compensation:own_claim", number)
            page = STEPS[WizardStep.SUMMARY](claim, user_of(request), at)
            drawn = page.drawn(None, tab="")
            changed = list(refused.refusals) if refused.code is Code.STALE_VERSION else []  # the rest the page lists
            return _show(request, page, drawn, status=422, hold=changed)
        return pages.done(
            request, _("Your claim was filed."), to=reverse("compensation:own_claim", args=[filed.number])
        )
    return redirect("compensation:step", number, WizardStep.SUMMARY.value)


@never_cache
@may(Action.FILE)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, number: str) -> HttpResponse:
    """Ask, and delete a draft."""
    claim = own_claim(request, number)
    if claim.state != ClaimState.DRAFT.value:
        return redirect("compensation:own_claim", number)
    if request.method == "GET":
        return pages.show(request, "compensation/own/delete.html", {"claim": claim})
    drafting.delete_draft(claim_id=claim.pk, by=user_of(request), at=timezone.now())
    return pages.done(request, _("The draft was deleted."), to=reverse("compensation:own_claims"))


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else None
