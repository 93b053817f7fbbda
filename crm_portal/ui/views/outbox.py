"""What the portal sent, what waits, and what could not be sent."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from crm_portal.audit.services.recording import record_read
from crm_portal.errors import HTTP_STATUS, Code, Refused
from crm_portal.messaging import labels, selectors
from crm_portal.messaging.selectors import Filters
from crm_portal.messaging.services import delivering
from crm_portal.people.models import User
from crm_portal.people.permissions import may, public
from crm_portal.sentences import sentences

from .. import pages
from ..rules.access import OutboxAction

View = TypeVar("View", bound=Callable[..., Any])


class FiltersForm(forms.Form):
    """What the list is narrowed by; anything else in the address is ignored."""

    search = forms.CharField(label=_("Address or inquiry number"), required=False, max_length=254)
    state = forms.ChoiceField(label=_("State"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("state", labels.DELIVERY_STATE),
            ("channel", labels.MESSAGE_CHANNEL),
            ("kind", labels.KIND),
        ):
            field = self.fields[name]
            field.choices = [("", field.label), *choices]  # type: ignore[attr-defined]


def for_readers(view: View) -> View:
    """Open to everybody in a demonstration, where a newcomer finds the codes here; else to whoever may read it."""
    return public(view) if settings.DEMONSTRATION else may(OutboxAction.READ)(view)


@for_readers
def outbox(request: HttpRequest) -> HttpResponse:
    """Show one page of the outbox."""
    return _show(request)


@may(OutboxAction.RETRY)
@require_POST
def retry(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Send a dead letter once more."""
    if not isinstance(request.user, User):
        raise Http404
    try:
        delivering.retry(notification_id=notification_id, by=request.user, at=timezone.now())
    except Refused as refused:
        if refused.code is Code.OUT_OF_SCOPE:
            raise Http404 from refused
        return _show(request, refused=sentences(refused), status=HTTP_STATUS[refused.code])
    return pages.done(request, _("The message waits to be sent again."), to=reverse("messaging-outbox"))


def _show(request: HttpRequest, *, refused: list[str] | None = None, status: int = 200) -> HttpResponse:
    form = FiltersForm(request.GET)
    form.is_valid()
    filters = Filters(**form.cleaned_data)
    reader = request.user if isinstance(request.user, User) else None
    if filters.search and reader is not None:
        record_read("notification.search", by=reader, at=timezone.now(), what={"search": filters.search})
    page = selectors.page(filters, older_than=request.GET.get("after", ""), newer_than=request.GET.get("before", ""))
    context = {
        "base": "portal/staff.html" if reader is not None and reader.is_employee else "portal/public.html",
        "form": form,
        "filtered": filters != Filters(),
        "page": page,
        "refused": refused or [],
        "demonstration": settings.DEMONSTRATION,
        "may_retry": reader is not None and reader.may(OutboxAction.RETRY),
    }
    return pages.show(request, "portal/outbox.html", context, status=status)
