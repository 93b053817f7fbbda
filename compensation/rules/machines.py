"""
What the state machines of compensation have in common: a row of a table, the table, and the questions asked of it.

Services move things only by a row; pages draw their buttons from the rows; the diagrams of `docs/states.md` are made
of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from crm_portal.errors import Refusal

from .reasons import Reason

State = TypeVar("State", bound=StrEnum)
Guard = TypeVar("Guard", bound=StrEnum)


class Actor(StrEnum):
    """In which capacity somebody moves a thing."""

    CLAIMANT = "claimant"  # himself, his signatory, his representative
    CLERK = "clerk"
    MANAGER = "manager"
    OFFICER = "officer"  # for an objection or an appeal
    PAYMENTS = "payments"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Transition(Generic[State, Guard]):
    """One row of a table. `sources` with None: not there yet."""

    id: str
    sources: frozenset[State | None]
    target: State
    by: frozenset[Actor]
    guards: tuple[Guard, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Machine(Generic[State, Guard]):
    """A table, and the code and field of each guard that does not refuse with GEN_BAD_TRANSITION."""

    title: str  # of its section in `docs/states.md`
    states: type[State]
    rows: Mapping[str, Transition[State, Guard]]
    refuses: Mapping[Guard, tuple[StrEnum, str]] = field(default_factory=dict)

    def leading(self, source: State | None, to: State, actor: Actor) -> Transition[State, Guard] | None:
        """The row by which somebody in this capacity moves it from one state to another."""
        return next((row for row in self.allowed(source, actor) if row.target is to), None)

    def allowed(self, source: State | None, actor: Actor) -> tuple[Transition[State, Guard], ...]:
        """What somebody in this capacity may do now, in the table's order."""
        return tuple(row for row in self.rows.values() if actor in row.by and source in row.sources)

    def refusals(self, row: Transition[State, Guard] | None, facts: Mapping[Guard, bool]) -> Iterator[Refusal]:
        """Why this move is refused: not in the table, or guards that do not hold; one nobody answered does not."""
        if row is None:
            yield Refusal(Reason.GEN_BAD_TRANSITION, ("state",), clause="8.5")
            return
        for guard in row.guards:
            if not facts.get(guard, False):
                code, name = self.refuses.get(guard, (Reason.GEN_BAD_TRANSITION, ""))
                yield Refusal(code, (name,) if name else (), {"guard": guard.value}, row.clause)


def table(*rows: Transition[State, Guard]) -> Mapping[str, Transition[State, Guard]]:
    """The rows by their ids, each of which stands for one row."""
    found = {row.id: row for row in rows}
    if len(found) != len(rows):
        raise ValueError("Two rows have one id.")
    return MappingProxyType(found)
