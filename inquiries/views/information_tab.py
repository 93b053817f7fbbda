"""The tab of the information extension: whether it is there, and what stands in it (screen E11)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from crm_portal.errors import HTTP_STATUS, Code, Refused
from crm_portal.sentences import sentences

from ..forms.information import IdentificationForm
from ..labels import INFORMATION_PANEL
from ..rules.access import Action
from ..services import informing

if TYPE_CHECKING:
    from .tabs import Shown

OPENED = "information_of"  # in the session: the inquiries whose tab the button opened
KEPT = 50
DEMONSTRATION_PASSWORD = "shaam-2026"  # noqa: S105 - of invented employees, in registers/local/shaam_passwords.json
_TITLES = dict(INFORMATION_PANEL)


def open_for(request: HttpRequest, number: str) -> None:
    """Remember that the button was pressed on this inquiry."""
    others = [one for one in request.session.get(OPENED, []) if one != number]
    request.session[OPENED] = [*others, number][-KEPT:]


def demonstration_password() -> str:
    """What the form tells everybody in a demonstration."""
    return DEMONSTRATION_PASSWORD if settings.DEMONSTRATION else ""


def is_open(shown: "Shown") -> bool:
    """Whether the button was pressed: before that the tab does not exist (CRM-4-a)."""
    return shown.user.may(Action.VIEW_INFORMATION) and shown.inquiry.number in shown.request.session.get(OPENED, [])


def needs(shown: "Shown") -> Mapping[str, Any]:
    """The panels; or why not, with the password's form when that is all that is missing."""
    if shown.request.method == "POST":  # a refused form brings its own
        return {}
    try:
        information = informing.view_information(inquiry_id=shown.inquiry.pk, by=shown.user, at=shown.now.at)
    except Refused as refused:
        asks = refused.code is Code.REAUTH_REQUIRED
        return {
            "information_refused": [] if asks else sentences(refused),
            "identification_form": IdentificationForm() if asks else None,
            "tab_status": HTTP_STATUS[refused.code],
            "demonstration_password": demonstration_password(),
        }
    panels = [(_TITLES[one.panel.value], one) for one in information.panels]
    return {"information": information, "information_panels": panels}
