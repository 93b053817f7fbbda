"""The machines of compensation as Mermaid diagrams and tables, made of the transitions themselves."""

from typing import Any

from .machines import Machine, Transition
from .money_states import ADVANCE, PAYMENT, REQUEST
from .review_states import APPEAL, OBJECTION
from .states import CLAIM

MACHINES: tuple[Machine[Any, Any], ...] = (CLAIM, OBJECTION, APPEAL, PAYMENT, ADVANCE, REQUEST)
HEAD = """# States of a claim and of what belongs to it

Made by `manage.py state_diagram` from the tables in `compensation/rules/`; a test compares the two. The clauses are
those of the compensation specification.
"""


def page() -> str:
    """The section of compensation in `docs/states.md`."""
    lines = [HEAD]
    for machine in MACHINES:
        lines += [f"## {machine.title}", "", "```mermaid", *diagram(machine), "```", "", *table(machine), ""]
    return "\n".join(lines)


def diagram(machine: Machine[Any, Any]) -> list[str]:
    """One arrow a source."""
    lines = ["stateDiagram-v2"]
    for row in machine.rows.values():
        lines += [f"    {source or '[*]'} --> {row.target}: {row.id}" for source in _sources(machine, row)]
    return lines


def table(machine: Machine[Any, Any]) -> list[str]:
    """Who makes each move, and what must hold."""
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


def _sources(machine: Machine[Any, Any], row: Transition[Any, Any]) -> list[str | None]:
    places: dict[Any, int] = {state: place for place, state in enumerate(machine.states.__members__.values())}
    return sorted(row.sources, key=lambda state: places.get(state, -1))
