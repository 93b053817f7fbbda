"""Every fact that the engine cannot read, not only the first: a draft is put right at once (CMP-2.3-a)."""

import re
from typing import Any

from crm_portal.facts import InvalidInput

from . import engine
from .assessment import Assessment
from .overlay import leaves, replaced
from .programme import Programme

MOST_NAMED = 20  # at once
STAND_IN = "1000000000"  # for a figure that is not there, so that the next one that is missing is found too


def assess(
    track: str, inputs: dict[str, Any], programme: Programme
) -> tuple[Assessment | None, tuple[InvalidInput, ...]]:
    """The assessment, or what cannot be read: each such fact is left out in turn, or stood in for if it must be."""
    found: list[InvalidInput] = []
    stands_in = False
    while len(found) < MOST_NAMED:
        try:
            assessment = engine.assess(track, inputs, programme)
        except InvalidInput as invalid:
            shorter = _without(inputs, invalid.where)
            is_missing = shorter == inputs
            if stands_in and not is_missing and _is_number(inputs, invalid.where):
                break  # it may be the stand-in that does not fit
            if all(one.where != invalid.where for one in found):
                found.append(invalid)
            changed = _with_stand_in(inputs, invalid.where) if is_missing else shorter
            if changed == inputs:
                break
            inputs, stands_in = changed, stands_in or is_missing
        else:
            return (None if found else assessment), tuple(found)
    return None, tuple(found)


def _is_number(inputs: Any, where: str) -> bool:
    """Whether a path has a number, so that only beside another one it can be wrong."""
    return re.fullmatch(r"\d+(\.\d+)?", str(dict(leaves(inputs)).get(where, ""))) is not None


def _with_stand_in(inputs: dict[str, Any], where: str) -> dict[str, Any]:
    """The inputs with some figure where one must be; a member of a list has none."""
    if any(name.isdecimal() for name in where.split(".")):
        return inputs
    return replaced(inputs, [(where, STAND_IN)])


def _without(inputs: dict[str, Any], where: str) -> dict[str, Any]:
    """The inputs without the value of one path."""
    name, _, rest = where.partition(".")
    inner = inputs.get(name)
    if not rest:
        return {key: value for key, value in inputs.items() if key != name}
    if isinstance(inner, dict):
        return {**inputs, name: _without(inner, rest)}
    if isinstance(inner, list):
        place, _, deeper = rest.partition(".")
        rows = [
            _without(row, deeper) if str(at) == place and isinstance(row, dict) and deeper else row
            for at, row in enumerate(inner)
            if deeper or str(at) != place
        ]
        return {**inputs, name: rows}
    return inputs
