"""Section-60 representatives, kept by the CRM department (CRM-7-t)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from crm_portal.administration.rules.access import Action
from crm_portal.errors import Code, Refused
from crm_portal.people.models import Section60Representation
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.section_60 import Section60Form
from ..services import section_60
from .who import user_of


@require_http_methods(["GET", "POST"])
@may(Action.KEEP)
def section_60_page(request: HttpRequest) -> HttpResponse:
    """List the registrations, and register another."""
    if request.method == "GET":
        return _show(request, Section60Form())
    now, form = timezone.now(), Section60Form(request.POST)
    if form.is_valid():
        try:
            section_60.register(by=user_of(request), at=now, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            told = _("Registered. It opens nothing until it is switched on.")
            return pages.done(request, told, to=reverse("inquiries:section_60"))
    else:
        note_refused(request, form, now)
    return _show(request, form, status=422)


@require_POST
@may(Action.KEEP)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch one registration on or off."""
    is_on = request.POST.get("is_on") == "1"
    try:
        section_60.switch(representation_id=pk, by=user_of(request), at=timezone.now(), is_on=is_on)
    except Refused as refused:
        if refused.code == Code.OUT_OF_SCOPE:
            raise Http404 from refused
        raise
    told = _("The representative may now open inquiries.") if is_on else _("The registration was switched off.")
    return pages.done(request, told, to=reverse("inquiries:section_60"))


def _show(request: HttpRequest, form: Section60Form, status: int = 200) -> HttpResponse:
    found = Section60Representation.objects.select_related("representative", "customer", "registered_by")
    context = {"form": form, "registrations": found.order_by("customer__sort_name", "pk")}
    return render(request, "inquiries/section_60.html", context, status=status)
