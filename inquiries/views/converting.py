"""The button "המר אל" (CRM-2.2.8-b): into what, then the words, then they are kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crm_portal.errors import Code, Refused, refuse
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.converting import SUGGESTION, TEMPLATE, ConversionForm
from ..rules.access import Action
from ..selectors.visibility import may_handle
from ..services import converting
from .inquiry import found
from .who import user_of

PROPOSE = {TEMPLATE: converting.proposed_template, SUGGESTION: converting.proposed_suggestion}
KEEP = {TEMPLATE: converting.to_template, SUGGESTION: converting.to_suggestion}
SAID = {
    TEMPLATE: _("The draft of a template was saved. It can be used after it is approved."),
    SUGGESTION: _("The suggestion was submitted. Thank you."),
}


@require_http_methods(["GET", "POST"])
@may(Action.CONVERT)
def convert(request: HttpRequest, number: str) -> HttpResponse:
    """Choose into what the inquiry is converted, look through the words, keep them."""
    inquiry, user = found(request, number), user_of(request)
    if not may_handle(user, inquiry):
        raise refuse(Code.VIEW_ONLY, clause="CRM-2.2.8-b")
    context = {"inquiry": inquiry, "heading": _("Convert to")}
    if request.method == "GET":
        to = request.GET.get("to", "")
        if to not in PROPOSE:
            return pages.show(request, "inquiries/convert.html", context, fragment="inquiries/_convert_dialog.html")
        proposed = PROPOSE[to](inquiry)
        form = ConversionForm(auto_id="convert_%s", initial={"to": to, "title": proposed.title, "text": proposed.text})
        return pages.show(request, "inquiries/convert.html", {**context, "form": form, "to": to})
    form = ConversionForm(request.POST, auto_id="convert_%s")
    if form.is_valid():
        to = form.cleaned_data["to"]
        words = {name: form.cleaned_data[name] for name in ("title", "text")}
        try:
            KEEP[to](inquiry_id=inquiry.pk, by=user, at=timezone.now(), **words)
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(request, SAID[to], to=reverse("inquiries:inquiry", args=[number]))
    elif "to" in form.errors:
        return redirect("inquiries:convert", number)
    else:
        note_refused(request, form, timezone.now(), target=("inquiry", inquiry.pk))
    context |= {"form": form, "to": form.data.get("to")}
    return pages.show(request, "inquiries/convert.html", context, status=422)
