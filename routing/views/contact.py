"""How to reach each office (CRM-7-s): the one page that answers from abroad too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm_portal.people.permissions import from_abroad, public

from ..selectors.contacts import offices

CHANNELS_OF_THE_AUTHORITY = "https://www.gov.il/apps/taxes/taxes/#/kabalat-kahal/he"  # clause 7


@from_abroad
@public
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """List the channels of every office."""
    context = {"groups": offices(), "all_channels": CHANNELS_OF_THE_AUTHORITY}
    return render(request, "routing/contact.html", context)
