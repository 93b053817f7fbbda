"""Where an employee works, and what he reaches from there."""

from functools import cached_property

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from ..models.inquiry import InquiryQuerySet
from .visibility import listed_for, opens_customer_files, team_ids, unit_ids


class Desk:
    """The desk of one employee; asked once, however many views are drawn."""

    def __init__(self, user: User) -> None:
        self.user = user

    @classmethod
    def of(cls, user: User) -> "Desk":
        """The desk of this user; kept with the user object, so that a page and its menu ask once."""
        desk: Desk = user.__dict__.setdefault("desk", cls(user))
        return desk

    @property
    def teams(self) -> frozenset[int]:
        return team_ids(self.user)

    @property
    def units(self) -> frozenset[int]:
        return unit_ids(self.user)

    def holds(self, roles: frozenset[Role]) -> bool:
        return self.user.holds(*roles)

    @cached_property
    def visible(self) -> InquiryQuerySet:
        return listed_for(self.user)

    @cached_property
    def opens_customer_files(self) -> bool:
        """Whether one of the roles was granted the customer files (CRM-2-a)."""
        return opens_customer_files(self.user)
