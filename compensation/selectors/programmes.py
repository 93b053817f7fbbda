"""The programme whose figures hold on a day: from the database, or as it ships while there is none."""

from ..rules.programme import Programme
from .shipped import CODE, from_files


def current() -> Programme:
    """The programme under which claims are filed now."""
    return from_files()


def programme_of(code: str) -> Programme | None:
    """A programme by its code."""
    return from_files() if code == CODE else None
