"""What the owner does on the page of an inquiry: status, triplet, message, file, verification."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crm_portal.errors import Code, Refused, refuse
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused
from routing.selectors import of_levels, selectable_triplets

from ..forms.correspondence import AttachmentForm, MessageForm
from ..forms.treatment import RealEstateForm
from ..forms.triplets import TripletForm
from ..models import Inquiry
from ..rules.access import Action
from ..selectors.moments import Moment
from ..selectors.staleness import changes_since
from ..selectors.views import view_of
from ..selectors.visibility import readable_by
from ..services import answering, attaching, changing, corresponding, opening, triplets
from .inquiry import found, show, treatment_form
from .who import user_of

# Levels that do not fit are said once, at the last of them.
AT_DETAIL = {"triplet": "detail", "main_topic": "", "sub_topic": ""}

# What a person writes in sentences; shown to be copied where the form itself is no longer drawn.
WORDS = ("reply", "proposed_solution", "text", "note")

both = require_http_methods(["GET", "POST"])


@both
@may(Action.CHANGE_STATUS)
def treat(request: HttpRequest, number: str) -> HttpResponseBase:
    """Change the status, or save interim work; `redraw` only shows the fields of the status chosen."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    now = Moment.of(timezone.now())
    if "redraw" in request.GET:
        typed = {name: request.POST.get(name, "") for name in request.POST}
        context = {
            "inquiry": inquiry,
            "treatment_form": treatment_form(inquiry, now, initial=typed),
            "came_from": request.POST.get("in", ""),
        }
        return render(request, "inquiries/_treatment.html", context)
    form = treatment_form(inquiry, now, data=request.POST)

    def act(**who: Any) -> Promise:
        if verdict := form.cleaned_data.get("verdict"):  # kept even when the move is refused
            who["version"] = triplets.set_validation(verdict=verdict, **who).version
        if form.cleaned_data["status"]:
            changing.change_status(to=form.cleaned_data["status"], **form.given, **who)
            return _("The status was changed.")
        answering.save(proposed_solution=form.cleaned_data["proposed_solution"] or None, **who)
        return _("Saved.")

    return perform(request, inquiry, form, act, "treatment_form", {"triplet_validation": "verdict"})


@both
@may(Action.CHANGE_TRIPLET)
def correct_triplet(request: HttpRequest, number: str) -> HttpResponseBase:
    """Correct the triplet, or say that the customer's is right or wrong."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    offered = list(selectable_triplets(user_of(request)))
    if "redraw" in request.GET:
        typed = {name: request.POST.get(name, "") for name in request.POST}
        form = TripletForm(initial=typed, triplets=offered, auto_id="triplet_%s")
        return render(request, "inquiries/_triplet_fields.html", {"triplet_form": form, "inquiry": inquiry})
    form = TripletForm(request.POST, triplets=offered, auto_id="triplet_%s")

    def act(**who: Any) -> Promise:
        if verdict := request.POST.get("verdict"):
            triplets.set_validation(verdict=verdict, **who)
            return _("The verdict was saved.")
        triplet = of_levels(**form.levels())
        if triplet.pk == inquiry.triplet_id and form.cleaned_data["tax_year"] != inquiry.tax_year:
            answering.save(tax_year=form.cleaned_data["tax_year"], **who)
            return _("Saved.")
        triplets.change_triplet(triplet_id=triplet.pk, tax_year=form.cleaned_data["tax_year"], **who)
        return _("The triplet was changed.")

    return perform(request, inquiry, form, act, "triplet_form", AT_DETAIL)


@both
@may(Action.CHANGE_STATUS)
def real_estate(request: HttpRequest, number: str) -> HttpResponseBase:
    """Save the assessment number, tax type and area."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    form = RealEstateForm(request.POST, auto_id="estate_%s")

    def act(**who: Any) -> Promise:
        names = ("assessment_number", "tax_type", "area")
        answering.save(**{name: form.cleaned_data[name] for name in names}, **who)
        return _("Saved.")

    return perform(request, inquiry, form, act, "real_estate_form")


@both
@may(Action.SEND_MESSAGE)
def send_message(request: HttpRequest, number: str) -> HttpResponseBase:
    """Write to the customer without a status change."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect(f"{reverse('inquiries:inquiry', args=[number])}?tab=messages")
    form = MessageForm(request.POST, request.FILES, auto_id="message_%s")

    def act(**who: Any) -> Promise:
        corresponding.send_message(
            text=form.cleaned_data["text"],
            files=form.cleaned_data["uploads"],
            idempotency_key=form.cleaned_data["key"],
            confirm_representation=form.cleaned_data["confirm_representation"],
            confirm_thin_reply=form.cleaned_data["confirm_thin_reply"],
            template_id=form.cleaned_data["template"],
            **who,
        )
        return _("The message was sent.")

    return perform(request, inquiry, form, act, "message_form", {"files": "uploads"}, tab="messages")


@both
@may(Action.ATTACH)
def attach(request: HttpRequest, number: str) -> HttpResponseBase:
    """Add an employee's file."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect(f"{reverse('inquiries:inquiry', args=[number])}?tab=files")
    form = AttachmentForm(request.POST, request.FILES, auto_id="file_%s")

    def act(**who: Any) -> Promise:
        attaching.attach(
            upload=form.cleaned_data["upload"],
            show_on_internet=form.shown,
            note=form.cleaned_data["note"],
            **who,
        )
        return _("The file was attached. It can be opened after it is checked.")

    return perform(request, inquiry, form, act, "attachment_form", {"files": "upload"}, tab="files")


@both
@may(Action.VERIFY_CUSTOMER)
def verify(request: HttpRequest, number: str) -> HttpResponseBase:
    """Record that the customer was identified."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    documents = request.POST.get("documents_seen", "")
    try:
        opening.verify_customer(
            inquiry_id=inquiry.pk, by=user_of(request), at=timezone.now(), documents_seen=documents, version=None
        )
    except Refused as refused:
        return show(request, inquiry, status=422, refused=sentences(refused))
    return pages.done(request, _("The customer was verified."), to=back_to(request, inquiry))


def perform(
    request: HttpRequest,
    inquiry: Inquiry,
    form: Any,
    act: Callable[..., Promise],
    name: str,
    fields: dict[str, str] | None = None,
    *,
    tab: str = "",
) -> HttpResponse:
    """Do it and go on; when it is refused, show the page as it now is, with what was typed."""
    now, stale = timezone.now(), False
    offers: set[object] = set()
    if form.is_valid():
        who = {
            "inquiry_id": inquiry.pk,
            "by": user_of(request),
            "at": now,
            "version": form.cleaned_data["version"],
        }
        try:
            said = act(**who)
        except Refused as refused:
            explain(form, refused, fields)
            note_refused(request, refused, now, target=("inquiry", inquiry.pk))
            stale = refused.code == Code.STALE_VERSION
            offers = {one.details.get("offer") for one in refused.refusals}
        else:
            return pages.done(request, said, to=back_to(request, inquiry, tab))
    elif form.cleaned_data.get("version") not in (None, inquiry.version):
        # It offered the choices of an older state; that they are no choices now is not what was wrong with it.
        form.errors.clear()
        late = refuse(Code.STALE_VERSION, version=inquiry.version, status=inquiry.status)
        explain(form, late, fields)
        note_refused(request, late, now, target=("inquiry", inquiry.pk))
        stale = True
    else:
        note_refused(request, form, now, target=("inquiry", inquiry.pk))
    inquiry = found(request, inquiry.number or "")
    changes = changes_since(inquiry, user_of(request), form.cleaned_data.get("version")) if stale else []
    form.data = form.data.copy()  # the newer state is shown; what was typed can be sent again on top of it
    form.data["version"] = str(inquiry.version)
    offered = {
        "offers_head_team": "head_team" in offers,
        "changes": changes,
        "typed": [form.data[word] for word in WORDS if form.data.get(word)],
    }
    return show(request, inquiry, tab=tab, status=422, stale=stale, **offered, **{name: form})


def back_to(request: HttpRequest, inquiry: Inquiry, tab: str = "") -> str:
    """The inquiry again, at its tab; the list it came from for "save and exit", or when it left his unit (5.2.5-b)."""
    came_from = request.POST.get("in", "")
    key, _mark, query = came_from.partition("?")
    if request.POST.get("then") == "exit" or not readable_by(user_of(request)).filter(pk=inquiry.pk).exists():
        is_view = view_of(user_of(request), key) is not None
        return f"{reverse('inquiries:view', args=[key])}?{query}" if is_view else reverse("inquiries:queue")
    params = [("tab", tab), ("in", came_from)]
    return f"{reverse('inquiries:inquiry', args=[inquiry.number])}?{urlencode([pair for pair in params if pair[1]])}"
