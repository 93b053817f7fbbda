"""The sections of `docs/states.md`: each app draws its own status machines and registers how."""

from collections.abc import Callable

_SECTIONS: list[Callable[[], str]] = []


def register(section: Callable[[], str]) -> None:
    """Add an app's section after those of the apps below it."""
    if section not in _SECTIONS:
        _SECTIONS.append(section)


def page() -> str:
    """The whole of `docs/states.md`."""
    return "\n".join(section() for section in _SECTIONS)
