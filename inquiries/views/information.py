"""The information extension: the button "מידע", and the daily identification (screen E11)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crm_portal.errors import Code, refuse
from crm_portal.people.permissions import may
from crm_portal.people.services import shaam
from crm_portal.registers import RegisterUnavailable
from crm_portal.sentences import sentence
from crm_portal.ui import pages
from crm_portal.ui.forms import note_refused

from ..forms.information import IdentificationForm
from ..rules.access import Action
from . import information_tab
from .inquiry import found, show
from .who import user_of


@may(Action.VIEW_INFORMATION)
def information(request: HttpRequest, number: str) -> HttpResponseBase:
    """
    Open the tab. Nothing is written here by any method (CRM-4.7-b).

    The customer is the inquiry's: an address that names another one is not found (CRM-4.7-d).
    """
    inquiry = found(request, number)
    if request.method not in ("GET", "HEAD"):
        refused = refuse(Code.READ_ONLY, clause="CRM-4.7-b")
        note_refused(request, refused, timezone.now(), target=("inquiry", inquiry.pk))
        raise refused
    named = request.GET.get("customer")
    if named is not None and (inquiry.customer is None or named != inquiry.customer.shown_number):
        raise Http404
    information_tab.open_for(request, number)
    return show(request, inquiry, tab="information")


@require_http_methods(["GET", "POST"])
@may(Action.VIEW_INFORMATION)
def identify(request: HttpRequest, number: str) -> HttpResponse:
    """Take the Shaam password; once it was right the extension asks no more on this day."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:information", number)
    form = IdentificationForm(request.POST)
    if form.is_valid():
        try:
            refusal = shaam.identify(by=user_of(request), at=timezone.now(), password=form.cleaned_data["password"])
        except RegisterUnavailable:
            form.add_error(None, _("Shaam cannot be reached now. This does not count as a try; try again later."))
        else:
            if refusal is None:
                came_from = {"in": request.POST["in"]} if request.POST.get("in") else {}
                address = reverse("inquiries:information", args=[number], query=came_from)
                return pages.done(request, _("You are identified until midnight."), to=address)
            form.add_error("password", sentence(refusal))
    else:
        note_refused(request, form, timezone.now(), target=("inquiry", inquiry.pk))
    information_tab.open_for(request, number)
    told = {"demonstration_password": information_tab.demonstration_password()}
    return show(request, inquiry, tab="information", status=422, identification_form=form, **told)
