"""The help page on statuses (CRM-5.3-a): what may follow what, made of the machine itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may

from ..rules.access import Action
from ..rules.codes import ACTIVE, CLOSED, Status
from ..selectors import machine


@require_GET
@may(Action.VIEW_LISTS)
def statuses(request: HttpRequest) -> HttpResponse:
    """Show the map of the statuses and the rows T1 to T21."""
    context = {
        "columns": machine.columns(),
        "lines": machine.lines(),
        "rows": machine.rows(),
        "active": [status.value for status in Status if status in ACTIVE],
        "closed": [status.value for status in Status if status in CLOSED],
    }
    return render(request, "inquiries/help_statuses.html", context)
