"""From where the present request comes; the middleware sets it, the audit reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from: address and id; both empty for workers and commands."""

    address: str | None = None
    request_id: str = ""


_origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 - it is frozen


def origin() -> Origin:
    """The origin of what is being done now."""
    return _origin.get()


@contextmanager
def coming_from(where: Origin) -> Iterator[None]:
    """Say for the length of a request where it comes from."""
    token = _origin.set(where)
    try:
        yield
    finally:
        _origin.reset(token)
