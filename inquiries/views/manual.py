"""Opening an inquiry by hand (screen E14)."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm_portal.errors import Refused
from crm_portal.people.models import Customer
from crm_portal.people.permissions import may
from crm_portal.people.services import customers
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused
from routing.selectors import selectable_triplets

from ..forms.manual import ManualForm
from ..forms.portal import new_key
from ..models import Channel, Inquiry
from ..rules.access import Action
from ..rules.codes import Status
from ..services import opening
from ..services.drafting import MANUAL_CHANNELS
from .who import user_of

FIELDS = {"triplet": "main_topic", "customer": "id_number"}  # the service's names in the form's
FRAGMENTS = {"triplet": "inquiries/_manual_triplet.html", "customer": "inquiries/_manual_customer.html"}


@require_http_methods(["GET", "POST"])
@may(Action.OPEN_MANUALLY)
def new(request: HttpRequest) -> HttpResponseBase:
    """Write an inquiry while the customer is on the telephone; it stays a draft until it is saved."""
    if request.method == "GET":
        draft = own_draft(request, request.GET.get("draft", ""))
        return show(request, form_of(request, initial=ManualForm.values_of(draft) if draft else {}), draft)
    draft = own_draft(request, request.POST.get("draft", ""))
    if fragment := FRAGMENTS.get(request.GET.get("redraw", "")):
        typed = {name: request.POST.get(name, "") for name in request.POST}
        return render(request, fragment, {"form": form_of(request, initial=typed)})
    if "discard" in request.POST:
        if draft is not None:
            opening.discard_draft(inquiry_id=draft.pk, by=user_of(request), at=timezone.now())
        return pages.done(request, _("The draft was discarded."), to=reverse("inquiries:queue"))
    form = form_of(request, data=request.POST)
    if form.is_valid():
        key = form.cleaned_data["key"] or new_key()
        try:
            inquiry, draft = save(request, form, draft, key)
        except Refused as refused:
            explain(form, refused, FIELDS)
            note_refused(request, refused, timezone.now())
            draft = draft or own_draft(request, key=key)
        else:
            to = reverse("inquiries:inquiry", args=[inquiry.number])
            if request.POST.get("then") == "exit":
                to = reverse("inquiries:queue")
            said = _("The inquiry was opened. Its number is %(number)s.") % {"number": inquiry.number}
            return pages.done(request, said, to=to)
    else:
        note_refused(request, form, timezone.now())
    return show(request, form, draft, status=422)


def save(request: HttpRequest, form: ManualForm, draft: Inquiry | None, key: str) -> tuple[Inquiry, Inquiry]:
    """Keep what was typed as a draft, open the inquiry, and record the identification."""
    user, now = user_of(request), timezone.now()
    given = form.given()
    form.check_identification()
    customer = customer_of(request, form)
    given["customer_id"] = customer.pk if customer else None
    if draft is None:
        channel = form.cleaned_data["channel"]
        draft = opening.new_draft(by=user, at=now, channel=channel, submission_key=key, **given)
    inquiry = opening.save_draft(
        inquiry_id=draft.pk,
        by=user,
        at=now,
        proposed_solution=form.cleaned_data["proposed_solution"],
        version=form.cleaned_data["version"],
        submission_key=key,
        **given,
    )
    if form.cleaned_data["is_verified"] and inquiry.verified_at is None:
        opening.verify_customer(
            inquiry_id=inquiry.pk, by=user, at=now, documents_seen=form.cleaned_data["documents_seen"]
        )
    return inquiry, draft


def customer_of(request: HttpRequest, form: ManualForm) -> Customer | None:
    """The customer's one file, opened when there is none yet; none for a general question."""
    numbers = ("country", "foreign_number") if form.is_foreign else ("id_number",)
    if not form.is_foreign and not form.cleaned_data["id_number"].strip():
        return None
    return form.known or customers.find_or_create(
        by=user_of(request),
        at=timezone.now(),
        last_name=form.cleaned_data["last_name"],
        first_name=form.cleaned_data["first_name"],
        **{name: form.cleaned_data[name] for name in numbers},
    )


def form_of(request: HttpRequest, **kwargs: object) -> ManualForm:
    return ManualForm(
        triplets=list(selectable_triplets(user_of(request))),
        channels=list(Channel.objects.filter(code__in=MANUAL_CHANNELS, is_active=True)),
        **kwargs,
    )


def own_drafts(request: HttpRequest) -> list[Inquiry]:
    """The drafts of this operator; nobody else sees them."""
    drafts = Inquiry.objects.filter(status=Status.OPEN.value, opened_by=user_of(request))
    return list(drafts.select_related("customer", "triplet").order_by("-created_at")[:10])


def own_draft(request: HttpRequest, pk: str = "", key: str = "") -> Inquiry | None:
    """The draft of this id, or the one that a refused opening with this key has just left."""
    drafts = own_drafts(request)
    return next((one for one in drafts if str(one.pk) == pk or (key and one.submission_key == key)), None)


def show(request: HttpRequest, form: ManualForm, draft: Inquiry | None, *, status: int = 200) -> HttpResponse:
    """Present the form; a refused one goes on with the draft it left."""
    if form.is_bound and draft is not None:
        form.data = {**form.data.dict(), "draft": str(draft.pk), "version": str(draft.version)}  # type: ignore[attr-defined]
    form.mark_required()
    others = [one for one in own_drafts(request) if draft is None or one.pk != draft.pk]
    return render(request, "inquiries/new.html", {"form": form, "draft": draft, "drafts": others}, status=status)
