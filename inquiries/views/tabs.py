"""
The tabs of an inquiry and the panels beside them (CRM-4-a): each says its template, whom it is for, what it needs.

A new tab or panel is a row here and a template; `views/inquiry.py` draws them and knows none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from routing.rules.codes import TaxSystemCode

from ..models import Inquiry
from ..rules.codes import ChannelCode
from ..selectors.moments import Moment
from . import activity_tab, contact_tab, information_tab, panels, related_tab, representation_box

if TYPE_CHECKING:
    from .inquiry import Rights


@dataclass(frozen=True, slots=True)
class Shown:
    """The inquiry that is shown, to whom and when."""

    request: HttpRequest
    inquiry: Inquiry
    user: User
    now: Moment
    rights: "Rights"


def _always(_shown: Shown) -> bool:
    return True


def _nothing(_shown: Shown) -> Mapping[str, Any]:
    return {}


def _by_representative(shown: Shown) -> bool:
    return shown.inquiry.representative_id is not None


def _from_abroad(shown: Shown) -> bool:
    return shown.inquiry.channel_id == ChannelCode.ABROAD_CONTACT


def _in_real_estate(shown: Shown) -> bool:
    return shown.inquiry.triplet is not None and shown.inquiry.triplet.tax_system_id == TaxSystemCode.REAL_ESTATE


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `needs` is asked only when the tab is the one shown, and is what its template sees besides the page."""

    key: str
    label: Promise
    template: str
    visible: Callable[[Shown], bool] = _always
    needs: Callable[[Shown], Mapping[str, Any]] = _nothing


@dataclass(frozen=True, slots=True)
class Panel:
    """One card beside the tabs, whichever of them is shown."""

    template: str
    visible: Callable[[Shown], bool] = _always
    needs: Callable[[Shown], Mapping[str, Any]] = _nothing


TABS: Sequence[Tab] = (
    Tab("general", _("General"), "inquiries/_general.html"),
    Tab("messages", _("Correspondence"), "inquiries/_messages.html"),
    Tab("history", _("Status and owner history"), "inquiries/_history.html"),
    Tab("contact", _("Contact details"), "inquiries/_contact.html", needs=contact_tab.needs),
    Tab("files", _("Attached files"), "inquiries/_files.html"),
    Tab("activities", _("Activities"), "inquiries/_activities.html", needs=activity_tab.needs),
    Tab("related", _("Related"), "inquiries/_related.html", needs=related_tab.needs),
    Tab(
        "information", _("Information extension"), "inquiries/_information.html",
        information_tab.is_open, information_tab.needs,
    ),
)  # fmt: skip
# Before the customer's card, in this order.
PANELS: Sequence[Panel] = (
    Panel("inquiries/_many_messages.html", visible=lambda shown: shown.inquiry.has_many_messages),
    Panel(
        "inquiries/_similar_banner.html",
        visible=related_tab.has_similar,
        needs=lambda shown: {"similar": related_tab.known(shown)},
    ),
    Panel("inquiries/_abroad.html", visible=_from_abroad, needs=representation_box.identification),
    Panel("inquiries/_representation.html", visible=_by_representative, needs=representation_box.box),
    Panel("inquiries/_real_estate.html", visible=_in_real_estate, needs=representation_box.estate),
    Panel("inquiries/_consultations.html", needs=panels.consultations),
    Panel("inquiries/_quality_link.html", visible=panels.is_reviewed),
    Panel("inquiries/_contacts.html", visible=lambda shown: shown.rights.handles, needs=panels.contacts),
)


def tabs_for(shown: Shown) -> list[Tab]:
    """The tabs this user has on this inquiry."""
    return [tab for tab in TABS if tab.visible(shown)]


def panels_for(shown: Shown) -> tuple[list[Panel], dict[str, Any]]:
    """The panels to draw, and what they need."""
    panels = [panel for panel in PANELS if panel.visible(shown)]
    context: dict[str, Any] = {}
    for panel in panels:
        context |= panel.needs(shown)
    return panels, context
