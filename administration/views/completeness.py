"""M1: what the routing tables lack (CRM-7-r)."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..rules.access import KEEP
from ..selectors.gaps import completeness as check
from ..tabs import HEADING, tabs_of
from .who import keeper

FARTHEST = timedelta(days=3660)


@require_safe
@may(KEEP)
def completeness(request: HttpRequest) -> HttpResponse:
    """Check the tables of a day, today unless another is asked for."""
    today = timezone.localdate()
    address = reverse("administration:completeness")
    context = {
        "heading": HEADING["M1"],
        "tabs": tabs_of("M1", keeper(request), address),
        "result": check(_day(request.GET.get("on", ""), today)),
        "today": today,
    }
    return pages.show(request, "administration/completeness.html", context)


def _day(said: str, today: date) -> date:
    try:
        chosen = date.fromisoformat(said)
    except ValueError:
        return today
    return chosen if abs(chosen - today) <= FARTHEST else today
