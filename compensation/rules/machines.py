"""What the state machines of compensation have in common beyond `crm_portal.machines`: who moves, and the code."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from crm_portal import machines
from crm_portal.machines import Guard, State, table

from .reasons import Reason

__all__ = ["Actor", "Machine", "Transition", "table"]


class Actor(StrEnum):
    """In which capacity somebody moves a thing."""

    CLAIMANT = "claimant"  # himself, his signatory, his representative
    CLERK = "clerk"
    MANAGER = "manager"
    OFFICER = "officer"  # for an objection or an appeal
    PAYMENTS = "payments"
    SYSTEM = "system"


Transition: TypeAlias = machines.Transition[State, Guard, Actor]


@dataclass(frozen=True)
class Machine(machines.Machine[State, Guard, Actor]):
    """A table of compensation, which refuses a bad move with GEN_BAD_TRANSITION."""

    bad_move: StrEnum = Reason.GEN_BAD_TRANSITION
    clause: str = "8.5"
