"""Sending an e-mail or an SMS from an inquiry, and putting a phone call on record (screen E10)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.people.permissions import may

from ..forms.activities import CallForm, EmailForm
from ..rules.access import Action
from ..rules.codes import ActivityKind
from ..services import activities
from .activity_tab import form_for
from .handling import both, perform
from .inquiry import found

FREE_ADDRESSES = ("to", "cc", "bcc")  # no form has them; who sends one is refused by the service
NOT_FIELDS = {"to": "party"}


@both
@may(Action.SEND_ACTIVITY)
def write(request: HttpRequest, number: str, kind: str) -> HttpResponseBase:
    """Send an e-mail or an SMS, or put a phone call on record."""
    inquiry = found(request, number)
    if kind not in set(ActivityKind):
        raise Http404
    if request.method == "GET":
        return redirect(f"{reverse('inquiries:inquiry', args=[number])}?tab=activities&new={kind}")
    form = form_for(inquiry, ActivityKind(kind), data=request.POST)

    def act(**who: Any) -> Promise:
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if isinstance(form, CallForm):
            activities.record_call(**given, **who)
            return _("The call was put on record.")
        to = [address for name in FREE_ADDRESSES for address in request.POST.getlist(name)]
        if isinstance(form, EmailForm):
            activities.send_email(file_ids=given.pop("files"), to=to, **given, **who)
            return _("The e-mail was handed over for sending.")
        activities.send_sms(to=to, **given, **who)
        return _("The SMS was handed over for sending.")

    return perform(request, inquiry, form, act, "activity_form", NOT_FIELDS, tab="activities")
