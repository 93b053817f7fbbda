"""A programme put together from its rows, wherever they are kept: files that ship, or the database."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from .codes import Annex, Eligibility, LocationRow
from .programme import Programme
from .towns import Town, Towns, spelling

_PARSERS: Mapping[object, Callable[[str], Any]] = {
    date: date.fromisoformat,
    Decimal: Decimal,
    int: int,
    tuple[int, ...]: lambda value: tuple(map(int, value.split(","))),
}
PARAMETERS: Mapping[str, Callable[[str], Any]] = {  # every figure and date of a programme, and how it is read
    field.name: _PARSERS[field.type] for field in fields(Programme) if field.type in _PARSERS
}


def assemble(
    code: str,
    *,
    version: str,
    parameters: Mapping[str, str],
    matrix: Mapping[str, Mapping[str, str]],
    rest_days: Iterable[date],
    decisions: Mapping[str, date],
    towns: Towns,
) -> Programme:
    """
    The programme of these rows.

    :raises KeyError: when a figure is missing or is none of a programme's
    :raises ValueError: when one cannot be read
    """
    return Programme(
        code=code,
        version=version,
        towns=towns,
        matrix={
            LocationRow(row): {column: Eligibility(cell) for column, cell in cells.items()}
            for row, cells in matrix.items()
        },
        rest_days=frozenset(rest_days),
        government_decisions=dict(decisions),
        **{key: PARAMETERS[key](value) for key, value in parameters.items()},
    )


def gazetteer(
    members: Mapping[str, Collection[Annex]],
    *,
    aliases: Mapping[str, str],
    localities: Iterable[str] = (),
    border_settlements: Collection[str] | None = None,
) -> Towns:
    """
    Towns by every spelling: of the annexes, their aliases, and the rest of the country's localities.

    Without `border_settlements`, those of annexes C and D are taken to be (CMP-7.1-a).
    """
    found: dict[str, Town] = {spelling(name): Town(name) for name in localities}
    for name, annexes in members.items():
        is_border = (
            name in border_settlements
            if border_settlements is not None
            else not {Annex.FOURTH_SCHEDULE, Annex.EVACUATED}.isdisjoint(annexes)
        )
        found[spelling(name)] = Town(name, frozenset(annexes), is_border)
    for alias, name in aliases.items():
        found.setdefault(spelling(alias), found[spelling(name)])
    return Towns(found)
