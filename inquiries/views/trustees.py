"""The CRM trustees of the units (screen E21, CRM-8-a)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.people.rules.roles import Role
from routing.models import BusinessUnit
from routing.selectors import units_of

from ..rules.access import Action
from ..selectors.contacts import trustees_of
from .who import user_of


@require_GET
@may(Action.VIEW_TRUSTEES)
def trustees(request: HttpRequest) -> HttpResponse:
    """Of the employee's own units; of every unit to the CRM department, those without one first."""
    user = user_of(request)
    sees_all = user.holds(Role.CRM_ADMIN)
    units = BusinessUnit.objects.filter(is_active=True) if sees_all else units_of(user)
    rows = trustees_of(units)
    context = {"rows": rows, "sees_all": sees_all, "without": sum(not row.trustees for row in rows)}
    return render(request, "inquiries/trustees.html", context)
