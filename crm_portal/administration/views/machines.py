"""M6: the timers with their last runs, and the external systems."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm_portal.audit.services.recording import record
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.worktime.services import timing

from ..rules.access import Action
from ..screens import HEADING, tabs_of
from ..selectors.machines import register_lines, timer_lines
from ..tables import Screen
from .who import keeper
from .working import order_run


@require_safe
@may(Action.KEEP)
def timers(request: HttpRequest) -> HttpResponse:
    """Show every timer with its last run and the next."""
    return _timers(request)


@require_POST
@may(Action.KEEP)
def run(request: HttpRequest, name: str) -> HttpResponse:
    """Have a timer run now; the audit keeps who ordered it."""
    if name not in timing.timers():
        raise Http404
    if not order_run(name):
        return _timers(request, failed=True)
    record("timer.run", by=keeper(request), at=timezone.now(), target_type="timer", target_id=name)
    return pages.done(request, _("Ordered. It runs as soon as a worker is free."), to=reverse("administration:timers"))


@require_safe
@may(Action.KEEP)
def registers(request: HttpRequest) -> HttpResponse:
    """Show how each external system answered in the last day."""
    context = {**_place(request, "administration:registers"), "lines": register_lines(timezone.now())}
    return pages.show(request, "administration/registers.html", context)


def _timers(request: HttpRequest, *, failed: bool = False) -> HttpResponse:
    context = {
        **_place(request, "administration:timers"), "lines": timer_lines(timezone.now()), "failed": failed
    }  # fmt: skip
    return pages.show(request, "administration/timers.html", context, status=503 if failed else 200)


def _place(request: HttpRequest, route: str) -> dict[str, object]:
    return {"heading": HEADING[Screen.MACHINES], "tabs": tabs_of(Screen.MACHINES, keeper(request), reverse(route))}
