"""The first page of administration: the six screens, and what needs attention."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..rules.access import Action
from ..screens import HEADING, ICON, tabs_of
from ..selectors.attention import attention
from ..tables import Screen
from .who import keeper

ABOUT: dict[str, Promise] = {
    Screen.TOPICS: _("What inquiries may be about, and which team receives them in each unit."),
    Screen.PEOPLE: _("Offices, teams, accounts, roles, coordinators and CRM trustees."),
    Screen.ROUTING: _("Where inquiries go, with the day from which each row holds."),
    Screen.CALENDAR: _("Holidays and declared days, by which every clock runs."),
    Screen.CODES: _("Closing reasons, phrases, notices, channels and the figures of the rules."),
    Screen.MACHINES: _("What runs by itself, what is asked outside, what was sent."),
}


@require_safe
@may(Action.READ)
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the screens."""
    user = keeper(request)
    screens = [
        {"heading": HEADING[screen], "icon": ICON[screen], "about": ABOUT[screen], "tabs": tabs}
        for screen in Screen
        if (tabs := tabs_of(screen, user, ""))
    ]
    context = {
        "screens": screens,
        "attention": attention(timezone.now()),
        "address": reverse("administration:home"),
    }
    return pages.show(request, "administration/home.html", context)
