"""The screens M1 to M6 and the tabs of each: its tables, and what else stands there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User

from .rules.access import KEEP
from .tables import TABLES, Screen

HEADING: dict[str, Promise] = {
    Screen.TOPICS: _("Topics and teams"),
    Screen.PEOPLE: _("Units and employees"),
    Screen.ROUTING: _("Routing tables"),
    "M4": _("Business calendar"),
    Screen.CODES: _("Reasons and settings"),
    "M6": _("Timers and systems"),
}
# What stands on a screen beside its tables: (label, route); before the tables when it is the screen's main thing.
BEFORE: dict[str, tuple[tuple[Promise, str], ...]] = {
    Screen.CODES: ((_("Settings"), "administration:settings"),),
    "M6": (
        (_("Timers"), "administration:timers"),
        (_("External systems"), "administration:registers"),
        (_("Outgoing messages"), "messaging-outbox"),
    ),
    "M4": ((_("Month"), "administration:calendar"), (_("Import"), "administration:calendar_import")),
}
AFTER: dict[str, tuple[tuple[Promise, str], ...]] = {
    Screen.TOPICS: ((_("Completeness check"), "administration:completeness"),),
    Screen.ROUTING: ((_("Where would it go?"), "routing:what_if"),),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a screen."""

    label: Promise | str
    url: str
    is_current: bool


def tabs_of(screen: str, user: User, current: str) -> list[Tab]:
    """The tabs that this user may open; `current` is the address of the page."""
    return [Tab(label, url, url == current) for label, url in _links(screen, user)]


def _links(screen: str, user: User) -> Iterator[tuple[Promise | str, str]]:
    keeps = user.may(KEEP)
    if keeps:
        yield from ((label, reverse(route)) for label, route in BEFORE.get(screen, ()))
    for table in TABLES.values():
        if table.screen == screen and table.in_tabs and (keeps or table.head_team_reads):
            yield table.label, reverse("administration:rows", args=[table.key])
    yield from ((label, reverse(route)) for label, route in AFTER.get(screen, ()) if keeps or screen == Screen.ROUTING)
