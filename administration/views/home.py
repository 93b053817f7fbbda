"""The first page of administration: the six screens, and what needs attention."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..rules.access import READ
from ..selectors.attention import attention
from ..tabs import HEADING, tabs_of
from .who import keeper

ICON = {"M1": "layers", "M2": "users", "M3": "route", "M4": "calendar", "M5": "settings", "M6": "clock"}
ABOUT = {
    "M1": _("What inquiries may be about, and which team receives them in each unit."),
    "M2": _("Offices, teams, accounts, roles, coordinators and CRM trustees."),
    "M3": _("Where inquiries go, with the day from which each row holds."),
    "M4": _("Holidays and declared days, by which every clock runs."),
    "M5": _("Closing reasons, phrases, notices, channels and the figures of the rules."),
    "M6": _("What runs by itself, what is asked outside, what was sent."),
}


@require_safe
@may(READ)
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the screens."""
    user = keeper(request)
    screens = [
        {"heading": heading, "icon": ICON[str(screen)], "about": ABOUT[str(screen)], "tabs": tabs}
        for screen, heading in HEADING.items()
        if (tabs := tabs_of(str(screen), user, ""))
    ]
    context = {
        "screens": screens,
        "attention": attention(timezone.now()),
        "address": reverse("administration:home"),
    }
    return pages.show(request, "administration/home.html", context)
