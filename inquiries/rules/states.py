"""
The status machine of an inquiry: table 4.5 as data, and the few questions that are asked of it.

Services move an inquiry only by a row of `TRANSITIONS`; pages draw their buttons from it; the diagram in
`docs/states.md` is made of it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from crm_portal.errors import Code, Refusal

from .codes import ACTIVE, CLOSED, ChannelCode, Status
from .fields import Field
from .guards import ANSWERING, JUDGE, Facts, Guard


class Actor(StrEnum):
    """In which capacity somebody moves an inquiry; only the owner chooses a status by hand."""

    CREATOR = "creator"  # of a draft
    OWNER = "owner"  # the employee to whom it is assigned
    ASSIGNER = "assigner"  # who may give it to an employee or a team (CRM-3.4-c)
    CUSTOMER = "customer"  # who opened it himself
    REPRESENTATIVE = "representative"  # of the office that opened it
    INQUIRER = "inquirer"  # either of the two, by writing
    SYSTEM = "system"


class Effect(StrEnum):
    IS_NUMBERED = "is_numbered"  # number and opening time; the clock starts
    TO_EMPLOYEE = "to_employee"  # the owner becomes the employee given
    TO_TEAM = "to_team"  # the owner becomes the handling team
    STARTS_WAITING = "starts_waiting"  # the clock stops and the three months begin
    CLOSES = "closes"
    REOPENS = "reopens"  # the closing time stays in the history only
    TELLS = "tells"  # the inquirer, when the table of feedback statuses says so (CRM-2.1.3-c)


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of table 4.5. `source` None: not there yet; `target` None: the same status, or gone (T20)."""

    id: str
    sources: frozenset[Status | None]
    target: Status | None
    by: Actor
    needs: tuple[Field, ...] = ()
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    keeps_when_unanswered: frozenset[Status] = frozenset()  # T6: stays so while a customer's message is unanswered
    deletes: bool = False

    def target_from(self, source: Status | None, *, unanswered: bool = False) -> Status | None:
        """The status that follows; None when the inquiry is gone."""
        if self.deletes:
            return None
        if self.target is None or (unanswered and source in self.keeps_when_unanswered):
            return source
        return self.target


_S, _F, _G, _E = Status, Field, Guard, Effect
_QUEUES = frozenset({_S.OPEN_TEAM, _S.FORWARDED, _S.INFO_ARRIVED})
_HELD = frozenset({_S.IN_TREATMENT, _S.INFO_ARRIVED})
_CLOSING = (_G.NO_PENDING_FILE, _G.VERDICT_GIVEN, _G.NOTHING_UNREAD, *ANSWERING)
_CANCELLING = (_G.NOT_HELD, _G.NOT_IN_A_REAL_ESTATE_OFFICE)

_ROWS = (
    Transition("T1", frozenset({None}), _S.OPEN, Actor.CREATOR, guards=(_G.MANUAL_OPENING_PERMITTED,)),
    Transition(
        "T2", frozenset({_S.OPEN}), _S.IN_TREATMENT, Actor.CREATOR, (_F.PROPOSED_SOLUTION,),
        (_G.UNDER_THE_TRIPLET_LIMIT,), (_E.IS_NUMBERED, _E.TO_EMPLOYEE, _E.TELLS),
    ),
    Transition(
        "T3", frozenset({None}), _S.OPEN_TEAM, Actor.INQUIRER, (),
        (_G.IDENTIFIED, _G.REPRESENTED, _G.UNDER_THE_TRIPLET_LIMIT), (_E.IS_NUMBERED, _E.TO_TEAM, _E.TELLS),
    ),
    Transition(
        "T4", _QUEUES, _S.IN_TREATMENT, Actor.ASSIGNER, (), (_G.ASSIGNEE_ALLOWED,), (_E.TO_EMPLOYEE, _E.TELLS)
    ),
    Transition(
        "T5", frozenset({_S.IN_TREATMENT}), _S.IN_TREATMENT, Actor.ASSIGNER, (), (_G.ASSIGNEE_ALLOWED,),
        (_E.TO_EMPLOYEE,),
    ),
    Transition(
        "T6", _HELD, _S.OPEN_TEAM, Actor.ASSIGNER, (), (_G.TEAM_ALLOWED,), (_E.TO_TEAM,),
        keeps_when_unanswered=frozenset({_S.INFO_ARRIVED}),
    ),
    Transition(
        "T7", _HELD | {_S.WAITING_CUSTOMER}, _S.FORWARDED, Actor.OWNER, (_F.PROPOSED_SOLUTION, _F.TEAM),
        (_G.TEAM_ALLOWED, _G.VERDICT_GIVEN, _G.TRIPLET_CORRECTED, _G.RETURN_CONFIRMED, *ANSWERING),
        (_E.TO_TEAM, _E.TELLS),
    ),
    Transition(
        "T8", _HELD, _S.WAITING_CUSTOMER, Actor.OWNER, (_F.PROPOSED_SOLUTION, _F.REPLY), ANSWERING,
        (_E.STARTS_WAITING, _E.TELLS),
    ),
    Transition(
        "T9", _HELD | {_S.WAITING_CUSTOMER}, _S.CLOSED_SUCCESS, Actor.OWNER, (_F.REPLY,),
        (*_CLOSING, _G.TRIPLET_CORRECTED), (_E.CLOSES, _E.TELLS),
    ),
    Transition(
        "T10", _HELD | {_S.WAITING_CUSTOMER}, _S.CLOSED_NO_TREATMENT, Actor.OWNER,
        (_F.PROPOSED_SOLUTION, _F.REPLY, _F.CLOSING_REASON), _CLOSING, (_E.CLOSES, _E.TELLS),
    ),
    Transition(
        "T11", frozenset({_S.INFO_ARRIVED, _S.WAITING_CUSTOMER}), _S.IN_TREATMENT, Actor.OWNER,
        (_F.PROPOSED_SOLUTION, _F.REPLY), ANSWERING, (_E.TELLS,),
    ),
    Transition(
        "T12", frozenset({_S.WAITING_CUSTOMER}), _S.INFO_ARRIVED, Actor.INQUIRER, (), (), (_E.TO_TEAM, _E.TELLS)
    ),
    Transition(
        "T13", frozenset({_S.IN_TREATMENT, _S.OPEN_TEAM, _S.FORWARDED}), _S.INFO_ARRIVED, Actor.INQUIRER, (),
        (_G.ANSWERED_BEFORE,), (_E.TELLS,),
    ),
    Transition(
        "T14", CLOSED, _S.INFO_ARRIVED, Actor.INQUIRER, (), (_G.WINDOW_OPEN, _G.FILES_CLEAN),
        (_E.REOPENS, _E.TO_TEAM, _E.TELLS),
    ),
    Transition(
        "T15", _QUEUES | {_S.WAITING_CUSTOMER}, _S.CLOSED_BY_CUSTOMER, Actor.CUSTOMER, (), _CANCELLING,
        (_E.CLOSES, _E.TELLS),
    ),
    Transition(
        "T16", _QUEUES | {_S.WAITING_CUSTOMER}, _S.CLOSED_BY_REPRESENTATIVE, Actor.REPRESENTATIVE, (), _CANCELLING,
        (_E.CLOSES, _E.TELLS),
    ),
    Transition(
        "T17", ACTIVE, _S.CLOSED_BY_SYSTEM, Actor.SYSTEM, (), (_G.FILE_FAILED,), (_E.CLOSES, _E.TELLS)
    ),
    Transition(
        "T18", frozenset({_S.WAITING_CUSTOMER}), _S.CLOSED_BY_SYSTEM, Actor.SYSTEM, (),
        (_G.WAITED_LONG_ENOUGH, _G.NO_PENDING_FILE), (_E.CLOSES, _E.TELLS),
    ),
    Transition("T19", frozenset({_S.WAITING_CUSTOMER}), None, Actor.ASSIGNER, (), (_G.ASSIGNEE_ALLOWED,)),
    Transition("T20", frozenset({_S.OPEN}), None, Actor.CREATOR, deletes=True),
    Transition("T21", _QUEUES, None, Actor.ASSIGNER, (), (_G.TEAM_ALLOWED,), (_E.TO_TEAM,)),
)  # fmt: skip

TRANSITIONS: Mapping[str, Transition] = MappingProxyType({row.id: row for row in _ROWS})


def leading(source: Status | None, to: Status | None, actor: Actor) -> Transition | None:
    """The row by which somebody in this capacity moves an inquiry from one status to another."""
    for row in TRANSITIONS.values():
        if row.by is actor and source in row.sources and row.target_from(source) == to and not row.deletes:
            return row
    return None


def assignment(source: Status, *, to_employee: bool, is_held: bool) -> Transition | None:
    """The row by which an inquiry is given to an employee or to a team; releasing gives it to its own team."""
    effect = Effect.TO_EMPLOYEE if to_employee else Effect.TO_TEAM
    for row in TRANSITIONS.values():
        if row.by is not Actor.ASSIGNER or source not in row.sources:
            continue
        if row.id == "T19" or (effect in row.effects and (row.id != "T21" or not is_held)):
            if row.id == "T6" and not is_held:
                continue
            return row
    return None


def allowed_targets(source: Status, actor: Actor = Actor.OWNER) -> tuple[Status, ...]:
    """The statuses that may be chosen now, in the table's order."""
    rows = (row for row in TRANSITIONS.values() if row.by is actor and source in row.sources and not row.deletes)
    return tuple(dict.fromkeys(target for row in rows if (target := row.target_from(source)) is not None))


def needs(row: Transition, channel: str) -> tuple[str, ...]:
    """The row's mandatory fields; a phone inquiry has no reply and always a proposed solution (CRM-5.2-c)."""
    if channel != ChannelCode.PHONE or row.by not in (Actor.OWNER, Actor.CREATOR) or row.target in (None, Status.OPEN):
        return tuple(row.needs)
    others = [need for need in row.needs if need not in (Field.REPLY, Field.PROPOSED_SOLUTION)]
    return (Field.PROPOSED_SOLUTION, *others)


def refusals(
    row: Transition | None,
    *,
    channel: str,
    filled: Collection[str] = (),
    facts: Facts | None = None,
) -> Iterator[Refusal]:
    """Every reason why this move is refused: not in the table, a field, then the guards in the table's order."""
    if row is None:
        yield Refusal(Code.INVALID_TRANSITION, ("status",), clause="4.5")
        return
    if channel == ChannelCode.PHONE and Field.REPLY in filled:
        yield Refusal(Code.REPLY_NOT_ALLOWED_PHONE, (Field.REPLY,), clause="CRM-5.2-c")
    if Field.CLOSING_REASON in filled and Field.CLOSING_REASON not in row.needs:
        yield Refusal(Code.INVALID_VALUE, (Field.CLOSING_REASON,), clause="CRM-5.2.8-a")
    if missing := tuple(need for need in needs(row, channel) if need not in filled):
        yield Refusal(Code.FIELD_REQUIRED, missing, clause="5.2")
    for guard in row.guards:
        if facts is not None and guard in JUDGE and (refusal := JUDGE[guard](facts)):
            yield refusal


# A refusal with one of these codes is lifted by filling, correcting or confirming the fields it names.
_FILLED_IN = frozenset(
    {Code.FIELD_REQUIRED, Code.RE_FIELDS_REQUIRED, Code.TRIPLET_VALIDATION_REQUIRED, Code.CONFIRMATION_REQUIRED}
)


def asked(row: Transition | None, *, channel: str, facts: Facts) -> tuple[str, ...]:
    """
    The fields that this move asks for: those at which it is refused while nothing is filled (CRM-4.1-e).

    Pages mark them and the API lists them; they come from the very refusals, so no list can differ from what is
    refused. A text that is only optional, as the reply when forwarding, is taken as not written.
    """
    if row is None:
        return ()
    facts = replace(facts, is_answer=Field.REPLY in needs(row, channel), is_closing=Effect.CLOSES in row.effects)
    found = (one.fields for one in refusals(row, channel=channel, facts=facts) if one.code in _FILLED_IN)
    return tuple(dict.fromkeys(str(name) for fields in found for name in fields))
