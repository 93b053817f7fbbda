"""The screens M1 to M6: their names, their place in the menu, and the tabs of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.ui.navigation import NavItem, Section

from .registry import pages_on, tables_on
from .rules.access import Action
from .tables import Screen

HEADING: dict[str, Promise] = {
    Screen.TOPICS: _("Topics and teams"),
    Screen.PEOPLE: _("Units and employees"),
    Screen.ROUTING: _("Routing tables"),
    Screen.CALENDAR: _("Business calendar"),
    Screen.CODES: _("Reasons and settings"),
    Screen.MACHINES: _("Timers and systems"),
}
ICON: dict[str, str] = {
    Screen.TOPICS: "layers", Screen.PEOPLE: "users", Screen.ROUTING: "route", Screen.CALENDAR: "calendar",
    Screen.CODES: "settings", Screen.MACHINES: "clock",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a screen."""

    label: Promise | str
    url: str
    is_current: bool


def menu_item(screen: Screen, route: str, *args: str, action: StrEnum = Action.KEEP) -> NavItem:
    """The link of the side menu to a screen, which leads to the first of its pages."""
    position = list(Screen).index(screen) - len(Screen)  # after the overview, before what else is administered
    return NavItem(
        Section.ADMINISTRATION, HEADING[screen], route, ICON[screen], url_args=args, action=action, position=position
    )


def tabs_of(screen: Screen, user: User, current: str) -> list[Tab]:
    """The tabs that this user may open; `current` is the address of the page."""
    return [Tab(label, url, url == current) for label, url in _links(screen, user)]


def _links(screen: Screen, user: User) -> Iterator[tuple[Promise | str, str]]:
    keeps = user.may(Action.KEEP)
    pages = [page for page in pages_on(screen) if user.may(page.action)]
    yield from ((page.label, reverse(page.route)) for page in pages if page.is_first)
    for table in tables_on(screen):
        if table.in_tabs and (keeps or table.head_team_reads):
            yield table.label, reverse("administration:rows", args=[table.key])
    yield from ((page.label, reverse(page.route)) for page in pages if not page.is_first)
