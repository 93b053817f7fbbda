"""
What stands in the side menu, the bell and the search box of the shell.

Each app adds its own items when it is ready, so that the shell knows no app: `register(NavItem(...))` in
`AppConfig.ready`. An item is shown to whoever may do its action.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User


class Section(StrEnum):
    """Where an item stands; the menu's headings are in this order."""

    TODAY = "today"
    INQUIRIES = "inquiries"
    COMPENSATION = "compensation"
    CREDIT_DATA = "credit_data"
    TOOLS = "tools"
    ADMINISTRATION = "administration"
    BELL = "bell"  # the icon in the top bar, with its number
    SEARCH = "search"  # where the search box of the top bar leads
    BEFORE_SIGN_IN = "before_sign_in"  # beside the sign-in of citizens: what needs no identification
    PERSONAL = "personal"  # the bar of the personal area and of the representatives' network


HEADINGS: dict[Section, Promise] = {
    Section.TODAY: _("My day"),
    Section.INQUIRIES: _("Inquiries"),
    Section.COMPENSATION: _("Compensation"),
    Section.CREDIT_DATA: _("Credit data"),
    Section.TOOLS: _("Tools"),
    Section.ADMINISTRATION: _("Administration"),
}


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of the shell; `count` costs at most one query and is asked only where the menu is drawn."""

    section: Section
    label: Promise | str
    url_name: str
    icon: str = "grid"
    url_args: tuple[object, ...] = ()
    action: StrEnum | None = None
    visible: Callable[[User], bool] | None = None
    count: Callable[[User], int | str | None] | None = None
    keys: str = ""  # the shortcut that leads there, e.g. "g p"
    position: int = 0

    def url(self) -> str:
        return reverse(self.url_name, args=self.url_args)

    def is_for(self, user: User) -> bool:
        """Whether the user may follow it; an item that says nothing is for every employee."""
        if self.section is Section.PERSONAL and user.is_employee:
            return False
        if self.action is not None and not user.may(self.action):
            return False
        return self.visible is None or self.visible(user)


@dataclass(slots=True)
class _Registry:
    items: list[NavItem] = field(default_factory=list)
    place: Callable[[User], str] | None = None


_registry = _Registry()


def register(*items: NavItem) -> None:
    """Add links to the shell."""
    _registry.items += items
    _registry.items.sort(key=lambda item: (list(Section).index(item.section), item.position))


def describe_users_by(place: Callable[[User], str]) -> None:
    """Say how the shell names the place of an employee (team and unit), under the name in the top bar."""
    _registry.place = place


def place_of(user: User) -> str:
    """The employee's team and unit in words; empty when nobody said how."""
    return _registry.place(user) if _registry.place else ""


def items_for(user: User) -> list[NavItem]:
    """The links this user may follow, in the menu's order."""
    return [item for item in _registry.items if item.is_for(user)]


def items_in(section: Section) -> list[NavItem]:
    """Every item of a section, whoever reads."""
    return [item for item in _registry.items if item.section is section]
