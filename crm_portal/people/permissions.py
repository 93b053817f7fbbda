"""
Which roles may do what, deny by default.

Each app keeps its own `roles x actions` table in `rules/access.py` and registers it when it is ready; a view names
the one action it needs. A view that names none is refused to everybody.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from .rules.roles import Role

_ROLES: dict[StrEnum, frozenset[Role]] = {}
View = TypeVar("View", bound=Callable[..., Any])


def register(table: Mapping[Any, frozenset[Role]]) -> None:
    """Add an app's table; an action is named by one app only."""
    if twice := _ROLES.keys() & table.keys():
        raise ValueError(f"Actions registered twice: {sorted(twice)}")
    _ROLES.update(table)


def roles_allowed(action: StrEnum) -> frozenset[Role]:
    """The roles that may do this; none when nobody registered the action."""
    return _ROLES.get(action, frozenset())


def table() -> Mapping[StrEnum, frozenset[Role]]:
    """The whole matrix, for the documentation and its test."""
    return dict(_ROLES)


def may(action: StrEnum) -> Callable[[View], View]:
    """Say which action a view performs; `people.middleware` refuses everybody whose roles do not allow it."""

    def mark(view: View) -> View:
        view.required_action = action  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Say that a view is for everybody, signed in or not."""
    view.required_action = None  # type: ignore[attr-defined]
    return view
