"""M5: the figures of the rules (section 4.3)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm_portal.configuration import selectors
from crm_portal.configuration.rules.options import OPTIONS
from crm_portal.errors import Code, Refused
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.options import OptionsForm
from ..rules.access import Action
from ..screens import HEADING, tabs_of
from ..selectors.options import last_changes, stamp_of_options, stored_values
from ..services import configuring
from ..tables import Screen
from .who import keeper, posted
from .working import order_refresh


@require_http_methods(["GET", "POST"])
@may(Action.KEEP)
def settings(request: HttpRequest) -> HttpResponse:
    """Show the figures, or change some."""
    stored = stored_values()
    form = OptionsForm(posted(request), stored)
    if request.method != "POST":
        return _show(request, form)
    if not form.is_valid():
        note_refused(request, form, timezone.now(), target=("setting", ""))
        return _show(request, form, status=422)
    try:
        changed = configuring.configure(
            values=form.values(), seen=form.cleaned_data["seen"], by=keeper(request), at=timezone.now()
        )
    except Refused as refused:
        is_stale = refused.code is Code.STALE_VERSION
        if is_stale:
            form.data = {**form.data.dict(), "seen": stamp_of_options(stored)}  # type: ignore[attr-defined]
        explain(form, refused)
        return _show(request, form, status=409 if is_stale else 422)
    if configuring.MOVES_CLOCKS & set(changed):
        order_refresh()
    return pages.done(request, _("Saved. It holds from now on."), to=reverse("administration:settings"))


def _show(request: HttpRequest, form: OptionsForm, *, status: int = 200) -> HttpResponse:
    changes = last_changes()
    address = reverse("administration:settings")
    context = {
        "heading": HEADING[Screen.CODES],
        "tabs": tabs_of(Screen.CODES, keeper(request), address),
        "form": form,
        "topics": [
            (topic, [(bound, OPTIONS[bound.name], changes.get(bound.name)) for bound in fields])
            for topic, fields in form.topics()
        ],
        "defaults": {name: selectors.default(option) for name, option in OPTIONS.items()},
    }
    return pages.show(request, "administration/settings.html", context, status=status)
