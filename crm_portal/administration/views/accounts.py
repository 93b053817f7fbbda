"""M2: what is done with an employee's account beside its details."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from crm_portal.people.rules.roles import UserKind
from crm_portal.people.services import accounts, second_factor
from crm_portal.ui import pages

from ..rules.access import Action
from ..screens import HEADING
from ..tables import Screen
from .who import keeper


@never_cache
@require_POST
@may(Action.KEEP)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Show, once, the link by which an employee chooses a password."""
    employee = _employee(pk)
    try:
        uid, token = accounts.invite(user_id=employee.pk, by=keeper(request), at=timezone.now())
    except Refused:
        raise Http404 from None
    link = settings.PORTAL_URL + reverse("people:choose_password", args=[uid, token])
    context = {"heading": HEADING[Screen.PEOPLE], "employee": employee, "link": link}
    return pages.show(request, "administration/invited.html", context)


@require_POST
@may(Action.KEEP)
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an employee set up an authenticator app anew, as when the phone is lost."""
    employee = _employee(pk)
    second_factor.reset(user=employee, by=keeper(request), at=timezone.now())
    address = reverse("administration:row", args=["employees", employee.pk])
    return pages.done(request, _("At the next sign-in an authenticator app is set up."), to=address)


def _employee(pk: int) -> User:
    employee = User.objects.filter(pk=pk, kind=UserKind.EMPLOYEE.value, is_active=True).first()
    if employee is None:
        raise Http404
    return employee
