"""Announcements to all employees: the list, the receipts, publishing (screen E21, CRM-8-c)."""

from typing import cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import Refused
from crm_portal.messaging.models import Announcement
from crm_portal.messaging.rules.access import AnnouncementAction
from crm_portal.messaging.selectors.announcements import announcements_for, receipts_of
from crm_portal.messaging.services import announcing
from crm_portal.people.models import User
from crm_portal.people.permissions import may

from .. import pages
from ..forms import explain

both = require_http_methods(["GET", "POST"])


class AnnouncementForm(forms.Form):
    """What is published; whether it is complete, the service says."""

    title = forms.CharField(label=_("Title"), required=False)
    version = forms.CharField(label=_("Version"), required=False, help_text=_("Of the system, if the change has one."))
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 6}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("title", "text"):
            self.fields[name].must_be_filled = True  # type: ignore[attr-defined]


@require_GET
@may(AnnouncementAction.READ)
def announcements(request: HttpRequest) -> HttpResponse:
    """The latest announcements, the unread marked."""
    reader = _reader(request)
    context = {"announcements": announcements_for(reader), "publishes": reader.may(AnnouncementAction.PUBLISH)}
    return render(request, "portal/announcements.html", context)


@both
@may(AnnouncementAction.PUBLISH)
def publish(request: HttpRequest) -> HttpResponse:
    """Publish one."""
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            announcing.publish(by=_reader(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(request, _("The announcement was published."), to=reverse("ui:announcements"))
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/announcement_new.html", {"form": form}, status=status)


@require_GET
@may(AnnouncementAction.PUBLISH)
def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read one."""
    announcement = get_object_or_404(Announcement, pk=pk)
    return render(
        request, "portal/announcement.html", {"announcement": announcement, "receipts": receipts_of(announcement)}
    )


@both
@may(AnnouncementAction.READ)
def read(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign that it was read, and stay where one was."""
    if request.method == "GET":
        return redirect("ui:announcements")
    try:
        announcing.mark_read(announcement_id=pk, by=_reader(request), at=timezone.now())
    except Refused:
        raise Http404 from None
    asked = request.POST.get("next", "")
    inside = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if inside else "ui:announcements")


def _reader(request: HttpRequest) -> User:
    return cast("User", request.user)
