"""
Which roles may do what, deny by default.

Each app keeps its own `roles x actions` table in `rules/access.py` and registers it when it is ready; a view names
the one action it needs. A view that names none is refused to everybody. A class-based view (REST too) may say
`required_action = Action.X`, or one for each method: `required_action = {"GET": Action.X, "POST": Action.Y}`.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from crm_portal.errors import Code

from .rules.roles import Role

_ROLES: dict[StrEnum, frozenset[Role]] = {}
_VIEWERS: dict[StrEnum, frozenset[Role]] = {}
View = TypeVar("View", bound=Callable[..., Any])


class Undeclared(Exception):  # noqa: N818 - it says what the view is
    """A view says neither which action it performs nor that it is public."""


def register(table: Mapping[Any, frozenset[Role]], *, viewers: Mapping[Any, frozenset[Role]] | None = None) -> None:
    """
    Add an app's table; an action is named by one app only.

    `viewers` may look at what an action is done to, and are told so when they try the action (CRM-2.2.2-a).
    """
    if twice := _ROLES.keys() & table.keys():
        raise ValueError(f"Actions registered twice: {sorted(twice)}")
    _ROLES.update(table)
    _VIEWERS.update(viewers or {})


def roles_allowed(action: StrEnum) -> frozenset[Role]:
    """The roles that may do this; none when nobody registered the action."""
    return _ROLES.get(action, frozenset())


def allowed(roles: Iterable[Role], action: StrEnum) -> bool:
    """Whether one of the roles may do this."""
    return not roles_allowed(action).isdisjoint(roles)


def refusal(roles: Iterable[Role], action: StrEnum) -> Code:
    """Why these roles may not do this: they may only look, or have nothing to do with it."""
    only_look = not _VIEWERS.get(action, frozenset()).isdisjoint(roles)
    return Code.VIEW_ONLY if only_look else Code.PERMISSION_DENIED


def table() -> Mapping[StrEnum, frozenset[Role]]:
    """The whole matrix, for the documentation and its test."""
    return dict(_ROLES)


def may(action: StrEnum | Mapping[str, StrEnum]) -> Callable[[View], View]:
    """
    Say which action a view performs, or which for each method; `people.middleware` refuses everybody whose roles do
    not allow it.
    """

    def mark(view: View) -> View:
        view.required_action = action  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Say that a view is for everybody, signed in or not."""
    view.required_action = None  # type: ignore[attr-defined]
    return view


def from_abroad(view: View) -> View:
    """Say that a view answers requests from outside Israel too (CRM-7-s); all others refuse them."""
    view.is_open_abroad = True  # type: ignore[attr-defined]
    return view


def in_background(view: View) -> View:
    """
    Say that pages ask this view by themselves: it keeps no session alive, and leads nobody to the sign-in page.

    An open page that nobody looks at would else never be left alone, and what was typed in it would be lost.
    """
    view.is_in_background = True  # type: ignore[attr-defined]
    return view


def required_action(view: Callable[..., Any], method: str) -> StrEnum | None:
    """
    The action that a view (a function, or what `as_view()` made) performs for this method; None: it is public.

    :raises Undeclared: when the view says nothing, also about this very method
    """
    declared = _said_by(view, "required_action")
    if isinstance(declared, Mapping):
        method = "GET" if method in {"HEAD", "OPTIONS"} else method
        if method not in declared:
            raise Undeclared
        declared = declared[method]
    if declared is not None and not isinstance(declared, StrEnum):
        raise Undeclared
    return declared


def is_open_abroad(view: Callable[..., Any]) -> bool:
    """Whether the view answers requests from outside Israel."""
    try:
        return bool(_said_by(view, "is_open_abroad"))
    except Undeclared:
        return False


def is_in_background(view: Callable[..., Any]) -> bool:
    """Whether pages ask this view by themselves."""
    try:
        return bool(_said_by(view, "is_in_background"))
    except Undeclared:
        return False


def _said_by(view: Callable[..., Any], name: str) -> Any:
    for place in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        if place is not None and hasattr(place, name):
            return getattr(place, name)
    raise Undeclared
