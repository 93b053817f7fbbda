"""Light, dark, or as the reader's system says."""

from enum import StrEnum

from django.http import HttpRequest

COOKIE = "theme"


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


def chosen_theme(request: HttpRequest) -> Theme | None:
    """The theme the reader forced; None when the system decides."""
    value = request.COOKIES.get(COOKIE, "")
    return Theme(value) if value in set(Theme) else None
