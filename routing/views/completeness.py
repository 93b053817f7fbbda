"""M1: what the routing tables lack (CRM-7-r)."""

from datetime import date, timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm_portal.administration.rules.access import Action
from crm_portal.administration.screens import HEADING, tabs_of
from crm_portal.administration.tables import Screen
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..selectors.gaps import completeness as check

FARTHEST = timedelta(days=3660)


@require_safe
@may(Action.KEEP)
def completeness(request: HttpRequest) -> HttpResponse:
    """Check the tables of a day, today unless another is asked for."""
    today = timezone.localdate()
    address = reverse("routing:completeness")
    context = {
        "heading": HEADING[Screen.TOPICS],
        "tabs": tabs_of(Screen.TOPICS, cast("User", request.user), address),
        "result": check(_day(request.GET.get("on", ""), today)),
        "today": today,
    }
    return pages.show(request, "routing/completeness.html", context)


def _day(said: str, today: date) -> date:
    try:
        chosen = date.fromisoformat(said)
    except ValueError:
        return today
    return chosen if abs(chosen - today) <= FARTHEST else today
