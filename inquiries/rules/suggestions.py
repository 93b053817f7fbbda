"""The way of an improvement suggestion, as one table (CRM-8-b, CRM-9-a)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from .codes import SuggestionState as S


class Step(StrEnum):
    FORWARD = "forward"  # to the head team and the CRM department
    RETURN = "return"  # to its author, with the reason
    REVIEW = "review"
    ACCEPT = "accept"
    REJECT = "reject"
    IMPLEMENT = "implement"


class Desk(StrEnum):
    """Where a suggestion lies."""

    UNIT = "unit"  # with the manager and the trustees of the unit it went to
    CENTRE = "centre"  # with the head team and the CRM department


@dataclass(frozen=True, slots=True)
class Transition:
    """One step: from which states, by which desk, to which state, and whether it says why."""

    sources: tuple[S, ...]
    by: Desk
    target: S
    asks_reason: bool = False


TRANSITIONS: Mapping[Step, Transition] = MappingProxyType(
    {
        Step.FORWARD: Transition((S.SUBMITTED,), Desk.UNIT, S.FORWARDED),
        Step.RETURN: Transition((S.SUBMITTED,), Desk.UNIT, S.REJECTED, asks_reason=True),
        Step.REVIEW: Transition((S.SUBMITTED, S.FORWARDED), Desk.CENTRE, S.IN_REVIEW),
        Step.ACCEPT: Transition((S.IN_REVIEW,), Desk.CENTRE, S.ACCEPTED),
        Step.REJECT: Transition((S.IN_REVIEW,), Desk.CENTRE, S.REJECTED, asks_reason=True),
        Step.IMPLEMENT: Transition((S.ACCEPTED,), Desk.CENTRE, S.IMPLEMENTED),
    }
)


def desk_of(state: S, *, to_unit: bool) -> Desk:
    """Where it lies: with the unit until that forwards it, and from the first with the centre if sent there."""
    return Desk.UNIT if state is S.SUBMITTED and to_unit else Desk.CENTRE


def steps_from(state: S, *, to_unit: bool) -> list[Step]:
    """The steps that are possible now, whoever takes them."""
    desk = desk_of(state, to_unit=to_unit)
    return [step for step, row in TRANSITIONS.items() if state in row.sources and row.by is desk]


FINISHED = frozenset(S) - {source for row in TRANSITIONS.values() for source in row.sources}
