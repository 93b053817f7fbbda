"""What the tab of activities shows: e-mails, SMS and phone calls, and the form of a new one (screen E10)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..forms.activities import ActivityForm, CallForm, EmailForm, SmsForm
from ..models import Inquiry
from ..rules.codes import ActivityKind
from ..selectors.activities import activities_of
from ..selectors.inquiry_pages import attachments_of
from ..selectors.recipients import recipients_of

if TYPE_CHECKING:
    from .tabs import Shown

KINDS = {
    ActivityKind.EMAIL: _("New e-mail item"),
    ActivityKind.SMS: _("New text message"),
    ActivityKind.PHONE_CALL: _("Record of a call"),
}


def needs(shown: "Shown") -> Mapping[str, Any]:
    """What the tab shows: the list, and to the owner the form he chose, else that of the customer's preference."""
    context: dict[str, Any] = {"activities": activities_of(shown.inquiry)}
    if shown.rights.edits:
        asked = shown.request.GET.get("new", "")
        kind = ActivityKind(asked) if asked in set(ActivityKind) else _preferred(shown.inquiry)
        context["kinds"] = KINDS.items()
        if shown.request.method == "GET":
            context["activity_form"] = form_for(shown.inquiry, kind)
    return context


def form_for(inquiry: Inquiry, kind: ActivityKind, data: Any = None) -> ActivityForm:
    """The form of one kind; without data an empty one."""
    initial = {"version": inquiry.version, "took_place_at": timezone.now().replace(second=0, microsecond=0)}
    common: dict[str, Any] = {"data": data, "initial": initial, "auto_id": "activity_%s"}
    if kind is ActivityKind.PHONE_CALL:
        return CallForm(**common)
    recipients = recipients_of(inquiry)
    if kind is ActivityKind.SMS:
        return SmsForm(recipients=recipients, **common)
    return EmailForm(recipients=recipients, attachments=attachments_of(inquiry).rows, **common)


def _preferred(inquiry: Inquiry) -> ActivityKind:
    """By which channel the first recipient wishes to be reached (CRM-5.1.4-a)."""
    first = next(iter(recipients_of(inquiry)), None)
    return ActivityKind.EMAIL if first is None else ActivityKind(first.prefers.value)
