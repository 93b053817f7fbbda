"""The personal area: the inquirer's list, a new inquiry, and one inquiry (P2-P4; for an office N2, N3, N5)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm_portal.audit.services.recording import record_refusal
from crm_portal.errors import Code, Refused, refuse
from crm_portal.files.responses import clean_file
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from crm_portal.people.rules.roles import UserKind
from crm_portal.sentences import sentence, sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused
from crm_portal.ui.templatetags.portal import ident
from routing.selectors import selectable_triplets

from ..forms.portal import (
    CLIENT,
    SECTION_60,
    SELF,
    MessageForm,
    NewInquiryForm,
    OfficeInquiryForm,
    TopicsForm,
    new_key,
)
from ..models import Inquiry
from ..rules.access import Action
from ..selectors import personal
from ..selectors.powers import waiting_for
from ..selectors.visibility import visible_to
from ..services import attaching, closing, corresponding, opening
from ..services.personal import read_own
from ..services.representing import foreign_businesses, office_of
from .offering import levels_of, offered_for, rows_of, unsigned
from .relation import Relation, offers_of, relation_of


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the access middleware lets nobody else in
    return request.user


def _inquiry(request: HttpRequest, number: str) -> Inquiry:
    found = (
        visible_to(_user(request))
        .select_related(
            "triplet", "customer_triplet", "customer", "representative", "opening_unit", "handling_unit", "channel"
        )
        .filter(number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


@may(Action.VIEW_OWN)
@require_GET
def my_inquiries(request: HttpRequest) -> HttpResponse:
    """List the inquirer's inquiries, the newest first."""
    user = _user(request)
    found = personal.list_of(user, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    is_office = user.kind == "representative"
    context = {"list": found, "is_office": is_office, "waiting": 0 if is_office else waiting_for(user)}
    return render(request, "inquiries/portal/list.html", context)


@may(Action.OPEN_OWN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open an inquiry. Without JavaScript each level of the topic is chosen by sending the form once more."""
    user, at = _user(request), timezone.now()
    if request.method == "GET":
        form = _form_of(user, initial={**_asked_for(request), "submission_key": new_key()})
        return pages.show(request, "inquiries/portal/new.html", {"form": form})
    if {"refine", "choose"} & request.POST.keys():  # a level or suggestion was chosen, or the relation is to be checked
        offered = offered_for(request.POST.get("description", ""), by=user, at=at)
        typed = {**request.POST.dict(), **_turned(request), **levels_of(request.POST.get("choose", ""), by=user)}
        form = _form_of(user, initial={**typed, "suggested": offered.signed})
        context = {"form": form, "refined": True, "relation": relation_of(form, user, at), "offered": offered.rows}
        return pages.show(request, "inquiries/portal/new.html", context)
    form = _form_of(user, request.POST, request.FILES)
    open_numbers: list[str] = []
    relation: Relation | None = None
    if form.is_valid():
        try:
            inquiry = _open(request, form, user, at)
        except Refused as refused:
            explain(form, refused, {"triplet": form.open_level})
            open_numbers, relation = _numbers_named(refused), Relation(offers=offers_of(refused))
        else:
            told = format_html(_("Your inquiry was received. Its number is {number}."), number=ident(inquiry.number))
            return pages.done(request, told, to=reverse("personal:inquiry", args=[inquiry.number]))
    else:
        note_refused(request, form, at)
    offered_rows = rows_of(request.POST.get("suggested", ""))
    context = {"form": form, "open_numbers": open_numbers, "relation": relation, "offered": offered_rows}
    return pages.show(request, "inquiries/portal/new.html", context, fragment="inquiries/portal/_new.html", status=422)


def _form_of(user: User, *args: Any, **kwargs: Any) -> NewInquiryForm:
    triplets = selectable_triplets(user)
    if user.kind != UserKind.REPRESENTATIVE.value:
        return NewInquiryForm(*args, triplets=triplets, **kwargs)
    return OfficeInquiryForm(*args, triplets=triplets, foreign=foreign_businesses(office_of(user)), **kwargs)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """What a link to a new inquiry fills in already."""
    return {name: request.GET[name] for name in ("on_behalf", "customer_id_number") if name in request.GET}


def _turned(request: HttpRequest) -> dict[str, str]:
    """The offer to write in the office's own name about a client, when it was taken up (CRM-2.2.1-g)."""
    return {"on_behalf": CLIENT} if request.POST.get("refine") == CLIENT else {}


def _numbers_named(refused: Refused) -> list[str]:
    """The open inquiries that a refusal names, so that the page can lead to them (CRM-2.2.6-a)."""
    reasons = [reason for reason in refused.refusals if reason.code is Code.OPEN_LIMIT_REACHED]
    named = reasons[0].details.get("numbers") if reasons else None
    return [str(number) for number in named] if isinstance(named, list | tuple) else []


def _open(request: HttpRequest, form: NewInquiryForm, user: User, at: datetime) -> Inquiry:
    sent = form.cleaned_data
    if form.levels_disagree:
        refused = refuse(Code.TRIPLET_INVALID, "triplet", clause="CRM-4.1-b")
        record_refusal("inquiry.open", refused, by=user, at=at)
        raise refused
    given: dict[str, Any] = {
        "by": user,
        "at": at,
        "triplet_id": sent["triplet"],
        "description": sent["description"],
        "tax_year": sent["tax_year"],
        "files": sent["files"],
        "submission_key": sent["submission_key"],
        "suggested": unsigned(sent["suggested"]),
        "team_id": request.POST.get("team"),
        "unit_id": request.POST.get("unit"),
    }
    if not isinstance(form, OfficeInquiryForm):
        return opening.open_by_customer(**given)
    own = sent["on_behalf"] in (SELF, CLIENT)
    if sent["on_behalf"] == SECTION_60 and sent.get("foreign_customer") is None:
        refused = refuse(Code.FIELD_REQUIRED, "foreign_customer", clause="CRM-7-t")
        record_refusal("inquiry.open", refused, by=user, at=at)
        raise refused
    return opening.open_by_representative(
        **given,
        customer_id_number=sent["customer_id_number"],
        assessment_number=sent["assessment_number"],
        own_name=own,
        concerns_client=sent["on_behalf"] == CLIENT if own else None,
        foreign_customer_id=sent.get("foreign_customer") if sent["on_behalf"] == SECTION_60 else None,
    )


@may(Action.OPEN_OWN)
@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """Offer the levels below the one just chosen (HTMX)."""
    form = TopicsForm(triplets=selectable_triplets(_user(request)), initial=request.GET.dict())
    return render(request, "inquiries/portal/_topics.html", {"form": form})


@may(Action.OPEN_FOR_CUSTOMER)
@require_POST
def relation(request: HttpRequest) -> HttpResponse:
    """Say what the registers know of the relation to the customer just named (HTMX)."""
    user = _user(request)
    form = _form_of(user, initial=request.POST.dict())
    context = {"form": form, "relation": relation_of(form, user, timezone.now())}
    return render(request, "inquiries/portal/_relation.html", context)


@may(Action.VIEW_OWN)
@require_GET
def inquiry(request: HttpRequest, number: str) -> HttpResponse:
    """Show an inquiry to the one who opened it."""
    found = _inquiry(request, number)
    at = timezone.now()
    page = personal.page_of(found, at=at)
    read_own(inquiry_id=found.pk, by=_user(request), at=at)
    return _show(request, page, MessageForm(initial={"idempotency_key": new_key()}))


def _show(request: HttpRequest, page: personal.Page, form: MessageForm, status: int = 200) -> HttpResponse:
    refusal = page.cancel_refusal
    context = {"page": page, "form": form, "cancel_sentence": sentence(refusal) if refusal else ""}
    return pages.show(
        request, "inquiries/portal/inquiry.html", context, fragment="inquiries/portal/_composer.html", status=status
    )


@may(Action.WRITE_OWN)
@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Send a message, with files, on an inquiry."""
    found = _inquiry(request, number)
    at = timezone.now()
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            corresponding.customer_message(inquiry_id=found.pk, by=_user(request), at=at, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(request, _("Your message was sent."), to=reverse("personal:inquiry", args=[number]))
    else:
        note_refused(request, form, at, target=("inquiry", found.pk))
    return _show(request, personal.page_of(found, at=at), form, status=422)


@may(Action.CANCEL_OWN)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Ask whether to cancel, and cancel."""
    found = _inquiry(request, number)
    if request.method == "GET":
        refusal = personal.cancel_refusal(found)
        context = {"inquiry": found, "refused": sentence(refusal) if refusal else ""}
        return render(request, "inquiries/portal/cancel.html", context)
    try:
        closing.cancel(inquiry_id=found.pk, by=_user(request), at=timezone.now())
    except Refused as refused:
        context = {"inquiry": found, "refused": " ".join(sentences(refused))}
        return render(request, "inquiries/portal/cancel.html", context, status=422)
    return pages.done(request, _("The inquiry was cancelled."), to=reverse("personal:inquiry", args=[number]))


@may(Action.OPEN_ATTACHMENT)
@require_GET
def file(request: HttpRequest, number: str, attachment_id: int) -> HttpResponseBase:
    """Open a shown file; one that is not, or not of this inquiry, is not there (CRM-4.5-c)."""
    attachment = personal.visible_file(_user(request), number, attachment_id)
    if attachment is None:
        raise Http404
    try:
        opened = attaching.open_attachment(attachment_id=attachment.pk, by=_user(request), at=timezone.now())
        return clean_file(opened.file)
    except Refused as refused:
        if refused.code is Code.OUT_OF_SCOPE:
            raise Http404 from refused
        messages.warning(request, " ".join(sentences(refused)))
        return redirect("personal:inquiry", number=number)
