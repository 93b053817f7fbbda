"""What the shell around every page shows. Nothing is computed or asked until a template names it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import get_language_bidi

from crm_portal.messaging.models import Announcement
from crm_portal.people.models import User

from . import navigation
from .announcing import unread_announcements
from .navigation import NavItem, Section
from .themes import Theme, chosen_theme


@dataclass(frozen=True, slots=True)
class Link:
    """A menu link made ready for one reader."""

    item: NavItem
    url: str
    count: int | str | None
    is_current: bool


class Shell:
    """The parts of the shell for one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def theme(self) -> Theme | None:
        return chosen_theme(self.request)

    @property
    def direction(self) -> str:
        return "rtl" if get_language_bidi() else "ltr"

    @property
    def user(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def home_audience(self) -> str:
        """The sort of shell this reader is used to."""
        return "staff" if self.user is not None and self.user.is_employee else "public"

    @cached_property
    def place(self) -> str:
        return navigation.place_of(self.user) if self.user is not None else ""

    @cached_property
    def _links(self) -> list[Link]:
        return [link for item in navigation.items_for(self.user) if (link := self._link(item))] if self.user else []

    def _link(self, item: NavItem) -> Link | None:
        try:
            url = item.url()
        except NoReverseMatch:  # an app that is switched off
            return None
        count = item.count(self.user) if item.count and self.user else None
        return Link(item, url, count, is_current=url == self.request.path)

    @property
    def menu(self) -> list[tuple[Any, list[Link]]]:
        """The side menu: each heading with its links."""
        sections = [(heading, [link for link in self._links if link.item.section is section])
                    for section, heading in navigation.HEADINGS.items()]  # fmt: skip
        return [(heading, links) for heading, links in sections if links]

    @property
    def personal(self) -> list[Link]:
        """The bar of whoever is no employee; one link alone leads nowhere else and is not drawn."""
        links = [link for link in self._links if link.item.section is Section.PERSONAL]
        return links if len(links) > 1 else []

    @property
    def before_sign_in(self) -> list[Link]:
        """What somebody unknown may do; such items name no action."""
        items = navigation.items_in(Section.BEFORE_SIGN_IN)
        return [link for item in items if (link := self._link(item))]

    def _only(self, section: Section) -> Link | None:
        return next((link for link in self._links if link.item.section is section), None)

    @property
    def news(self) -> list[Announcement]:
        """What the employee has not read of the announcements, the newest first (CRM-8-c)."""
        return unread_announcements(self.user) if self.user is not None and self.user.is_employee else []

    @property
    def bell(self) -> Link | None:
        return self._only(Section.BELL)

    @property
    def search(self) -> Link | None:
        return self._only(Section.SEARCH)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
