"""The status machine as a page shows it: a map from status to status, and the rows T1 to T21 in words (CRM-5.3-a)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from .. import labels
from ..rules.codes import CLOSED, Status
from ..rules.states import TRANSITIONS, Transition
from ..state_words import ACTORS, EFFECTS, FIELDS, GUARDS

BEGIN, END, ANY_CLOSED = "begin", "end", "closed"
_WORDS = dict(labels.STATUS)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of table 4.5 in words; statuses as codes, for their look."""

    id: str
    sources: Sequence[str]
    target: str  # a status, "same" or END
    kept: Sequence[str]  # where the status stays while a message is unanswered
    actor: Promise
    needs: Sequence[Promise]
    guards: Sequence[Promise]
    effects: Sequence[Promise]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the map: from here, by which rows to each column."""

    source: str
    cells: Sequence[Sequence[str]]


def rows() -> list[Row]:
    """Every row of the machine, in the table's order."""
    return [
        Row(
            row.id,
            [ANY_CLOSED] if row.sources == CLOSED else _in_order(row),
            END if row.deletes else row.target.value if row.target is not None else "same",
            [status.value for status in Status if status in row.keeps_when_unanswered],
            ACTORS[row.by],
            [FIELDS[need] for need in row.needs],
            [GUARDS[guard] for guard in row.guards],
            [EFFECTS[effect] for effect in row.effects],
        )
        for row in TRANSITIONS.values()
    ]


def columns() -> list[str]:
    """Where a move may lead: each status, and out of the system."""
    return [*(status.value for status in Status), END]


def lines() -> list[Line]:
    """The map: a line for the beginning, for each active status, and one for all closed ones, which move alike."""
    sources: list[tuple[str, Status | None]] = [(BEGIN, None)]
    sources += [(status.value, status) for status in Status if status not in CLOSED]
    sources.append((ANY_CLOSED, Status.CLOSED_SUCCESS))
    return [Line(name, [_leading(source, column) for column in columns()]) for name, source in sources]


def _leading(source: Status | None, column: str) -> list[str]:
    found = []
    for row in TRANSITIONS.values():
        if source not in row.sources:
            continue
        targets = {row.target_from(source), row.target_from(source, unanswered=True)}
        if column in {target.value if target is not None else END for target in targets}:
            found.append(row.id)
    return found


def _in_order(row: Transition) -> list[str]:
    known = [BEGIN] if None in row.sources else []
    return known + [status.value for status in Status if status in row.sources]
