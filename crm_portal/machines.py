"""
What state machines have in common: a row of a table, the table, the questions asked of it, and its drawing.

Rules declare the tables; services move things only by a row; pages draw their buttons from the rows; the diagrams of
`docs/states.md` are made of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from .errors import Code, Refusal

State = TypeVar("State", bound=StrEnum)
Guard = TypeVar("Guard", bound=StrEnum)
Actor = TypeVar("Actor", bound=StrEnum)  # in which capacity somebody moves a thing


@dataclass(frozen=True)  # no slots: a generic alias cannot make a frozen one before Python 3.12
class Transition(Generic[State, Guard, Actor]):
    """One row of a table. `sources` with None: not there yet."""

    id: str
    sources: frozenset[State | None]
    target: State
    by: frozenset[Actor]
    guards: tuple[Guard, ...] = ()
    clause: str = ""


@dataclass(frozen=True)  # no slots: a generic alias cannot make a frozen one before Python 3.12
class Machine(Generic[State, Guard, Actor]):
    """A table, and the code and field of each guard that does not refuse as a bad move."""

    title: str  # of its section in `docs/states.md`
    states: type[State]
    rows: Mapping[str, Transition[State, Guard, Actor]]
    refuses: Mapping[Guard, tuple[StrEnum, str]] = field(default_factory=dict)
    bad_move: StrEnum = Code.INVALID_TRANSITION  # not in the table, or a guard without a code of its own
    clause: str = ""  # of a move that is not in the table

    def leading(self, source: State | None, to: State, actor: Actor) -> Transition[State, Guard, Actor] | None:
        """The row by which somebody in this capacity moves it from one state to another."""
        return next((row for row in self.allowed(source, actor) if row.target is to), None)

    def allowed(self, source: State | None, actor: Actor) -> tuple[Transition[State, Guard, Actor], ...]:
        """What somebody in this capacity may do now, in the table's order."""
        return tuple(row for row in self.rows.values() if actor in row.by and source in row.sources)

    def refusals(self, row: Transition[State, Guard, Actor] | None, facts: Mapping[Guard, bool]) -> Iterator[Refusal]:
        """Why this move is refused: not in the table, or guards that do not hold; one nobody answered does not."""
        if row is None:
            yield Refusal(self.bad_move, ("state",), clause=self.clause)
            return
        for guard in row.guards:
            if not facts.get(guard, False):
                code, name = self.refuses.get(guard, (self.bad_move, ""))
                yield Refusal(code, (name,) if name else (), {"guard": guard.value}, row.clause)


def table(*rows: Transition[State, Guard, Actor]) -> Mapping[str, Transition[State, Guard, Actor]]:
    """The rows by their ids, each of which stands for one row."""
    found = {row.id: row for row in rows}
    if len(found) != len(rows):
        raise ValueError("Two rows have one id.")
    return MappingProxyType(found)


def section(head: str, *machines: Machine[Any, Any, Any]) -> str:
    """An app's section of `docs/states.md`: under its heading, each machine as a diagram and as a table."""
    lines = [head]
    for machine in machines:
        lines += [f"## {machine.title}", "", "```mermaid", *diagram(machine), "```", "", *rows_of(machine), ""]
    return "\n".join(lines)


def diagram(machine: Machine[Any, Any, Any]) -> list[str]:
    """A Mermaid state diagram; one arrow a source."""
    lines = ["stateDiagram-v2"]
    for row in machine.rows.values():
        lines += [f"    {source or '[*]'} --> {row.target}: {row.id}" for source in _sources(machine, row)]
    return lines


def rows_of(machine: Machine[Any, Any, Any]) -> list[str]:
    """A Markdown table of who makes each move, and what must hold."""
    lines = [
        "| Move | From | To | By | Clause | Guards |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in machine.rows.values():
        cells = [
            row.id,
            ", ".join(source or "-" for source in _sources(machine, row)),
            row.target,
            ", ".join(sorted(row.by)),
            row.clause,
            ", ".join(row.guards) or "-",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _sources(machine: Machine[Any, Any, Any], row: Transition[Any, Any, Any]) -> list[str | None]:
    places: dict[Any, int] = {state: place for place, state in enumerate(machine.states.__members__.values())}
    return sorted(row.sources, key=lambda state: places.get(state, -1))
