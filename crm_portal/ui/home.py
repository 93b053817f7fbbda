"""
Where `/` leads, by role.

Each app registers the page its roles begin the day with; the first registered page that fits the user, by rank, wins.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Home:
    """One first page: for whom, where, and how early it is asked (low ranks first)."""

    roles: frozenset[Role]
    target: Callable[[User], str]
    rank: int


_homes: list[Home] = []


def register(roles: Iterable[Role], target: str | Callable[[User], str], *, rank: int = 50) -> None:
    """Make `target`, a URL name or a function of the user, the first page of these roles."""
    find = target if callable(target) else lambda _user: reverse(target)
    _homes.append(Home(frozenset(roles), find, rank))
    _homes.sort(key=lambda home: home.rank)


def home_of(user: User) -> str | None:
    """The address of the user's first page; None when no app registered one for any role held."""
    return next((home.target(user) for home in _homes if user.holds(*home.roles)), None)
