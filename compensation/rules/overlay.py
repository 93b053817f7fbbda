"""Inputs of the engine with some of them replaced, and what differs between two of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Inputs = Mapping[str, Any]


def replaced(inputs: Inputs, values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A copy of the inputs in which each path (`wages.wage_base`) has its new value; what is not there is added."""
    copy: dict[str, Any] = {**inputs}
    for path, value in values:
        _set(copy, path.split("."), value)
    return copy


def leaves(inputs: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value with its path, in order; a list's members by their places."""
    if isinstance(inputs, Mapping):
        for name, inner in inputs.items():
            yield from leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(inputs, list | tuple):
        for place, inner in enumerate(inputs):
            yield from leaves(inner, f"{path}.{place}")
    elif path:
        yield path, inputs


def _set(copy: dict[str, Any], names: list[str], value: Any) -> None:
    name, *rest = names
    if not rest:
        copy[name] = value
        return
    inner = copy.get(name)
    copy[name] = {**inner} if isinstance(inner, Mapping) else {}
    _set(copy[name], rest, value)
