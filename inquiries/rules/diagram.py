"""The status machine as a Mermaid diagram and a table, made of the transitions themselves (CRM-5.3-a)."""

from .codes import CLOSED, Status
from .states import TRANSITIONS, Transition

HEAD = """# Statuses of an inquiry

Made by `manage.py state_diagram` from `inquiries/rules/states.py`; a test compares the two. The rows are those of
table 4.5 of the specification.
"""


def page() -> str:
    """The section of inquiries in `docs/states.md`."""
    lines = [HEAD, "```mermaid", *diagram(), "```", "", *table()]
    return "\n".join(lines) + "\n"


def diagram() -> list[str]:
    """The machine as a Mermaid state diagram; one arrow a source, the five closed statuses as one source of T14."""
    lines = ["stateDiagram-v2"]
    for row in TRANSITIONS.values():
        lines += [f"    {source} --> {target}: {row.id} {row.by.value}" for source, target in _arrows(row)]
    return lines


def table() -> list[str]:
    """What each row needs, what holds it back and what it does."""
    lines = [
        "| # | From | To | By | Must be filled | Guards | Effects |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in TRANSITIONS.values():
        cells = [
            row.id,
            _sources(row),
            _target(row),
            row.by.value,
            *(", ".join(item.value for item in items) or "-" for items in (row.needs, row.guards, row.effects)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _arrows(row: Transition) -> list[tuple[str, str]]:
    arrows = []
    for source in sorted(row.sources, key=_place):
        target = row.target_from(source)
        arrows.append((source.value if source else "[*]", target.value if target else "[*]"))
        if source in row.keeps_when_unanswered and source is not None:
            arrows.append((source.value, source.value))
    return arrows


def _sources(row: Transition) -> str:
    if row.sources == CLOSED:
        return "any closed"
    return ", ".join(source.value if source else "-" for source in sorted(row.sources, key=_place))


def _target(row: Transition) -> str:
    if row.deletes:
        return "deleted"
    kept = ", ".join(sorted(status.value for status in row.keeps_when_unanswered))
    name = row.target.value if row.target else "the same"
    return f"{name} ({kept} stays while a message is unanswered)" if kept else name


def _place(status: Status | None) -> int:
    return -1 if status is None else list(Status).index(status)
