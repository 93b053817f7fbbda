"""
What an option is now: `configured(options.OPEN_MESSAGES)`.

The stored values are read once in a few seconds by each process, so that asking costs nothing; the process that
changes one sees it at once, the others within `SECONDS`.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from django.conf import settings

from .models import StoredOption
from .rules.options import Option

SECONDS: Final = 2.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept:
    """The stored values as this process knows them, and until when it believes them."""

    values: Mapping[str, Any]
    until: float


class _Memory:
    kept = _Kept({}, 0.0)


def configured(option: Option[T]) -> T:
    """The value the department stored, else the deployment's."""
    stored = _stored()
    return cast("T", stored[option.name] if option.name in stored else default(option))


def default(option: Option[T]) -> T:
    """The value without a stored one."""
    return cast("T", getattr(settings, option.name))


def remember(values: Mapping[str, Any], *, seconds: float = SECONDS) -> None:
    """Believe these stored values for so long."""
    _Memory.kept = _Kept(values, time.monotonic() + seconds)


def forget() -> None:
    """Ask the database again at the next question."""
    _Memory.kept = _Kept({}, 0.0)


def _stored() -> Mapping[str, Any]:
    kept = _Memory.kept
    if kept.until <= time.monotonic():
        remember(dict(StoredOption.objects.values_list("name", "value")))
        kept = _Memory.kept
    return kept.values
