"""
Dual control (CRD-77-a): what is vital is proposed by one person, and carried out when another approved exactly that.

Each vital operation is registered by its name with what checks, carries out and shows a payload; nothing else calls
what carries it out. The database refuses what this module would not do (0004).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import DualControlProposal, Exemption, Licensee, Membership
from ..rules.codes import ProposalState
from ..rules.reasons import Reason
from ..rules.states import PROPOSAL, Actor, ProposalGuard
from ..rules.vital import NEVER_EXEMPT, VALID_FOR, Operation, Vital, canonical, fingerprint, payload_of, vital
from ..selectors.members import held_by_person, holds_at, person_of
from ..selectors.proposed import Payload, Shown

CLAUSE = "CRD-77-a"
NOTHING: Mapping[ProposalGuard, bool] = {}


@dataclass(frozen=True, slots=True)
class Handling:
    """How one vital operation is checked when proposed, carried out when approved, and shown."""

    check: Callable[[Payload, Licensee | None, datetime], None]
    carry_out: Callable[[DualControlProposal, User, datetime], None]
    show: Callable[[Payload], list[Shown]]


_HANDLING: dict[Operation, Handling] = {}


def register(operation: Operation, handling: Handling) -> None:
    """Say how an operation is done; once for each."""
    if operation in _HANDLING:
        raise ValueError(f"{operation} is registered twice.")
    _HANDLING[operation] = handling


def shown(proposal: DualControlProposal) -> list[Shown]:
    """What the proposal changes, line by line."""
    return _HANDLING[Operation(proposal.operation)].show(payload_of(proposal.payload_text))


@command("dual_control.propose")
def propose(
    *, operation: Operation, licensee_id: int | None, payload: Payload, reasons: str, by: User, at: datetime
) -> DualControlProposal:
    """
    Propose a vital operation; where the Registrar exempted the licensee from it, it is carried out at once.

    The payload holds plain values and no identity number: ids tell who is meant. `licensee_id` is None for what the
    Registrar's people do.

    :raises Refused: PERMISSION_DENIED, FIELD_REQUIRED without reasons, DUPLICATE while the same waits, and whatever
        the operation's own check refuses
    """
    row, licensee = _vital(operation, licensee_id), _licensee(licensee_id)
    person = person_of(by)
    if row is None or person is None or not holds_at(by, row.proposers, licensee_id):
        raise refuse(Code.PERMISSION_DENIED, clause=CLAUSE)
    refuse_if(PROPOSAL.refusals(PROPOSAL.rows["propose"], {ProposalGuard.REASONED: bool(reasons.strip())}))
    _HANDLING[operation].check(payload, licensee, at)
    text = canonical(operation, licensee_id, payload)
    proposal = DualControlProposal(
        operation=operation.value, licensee=licensee, payload_text=text, payload_hash=fingerprint(text),
        reasons=reasons.strip(), proposer=by, proposer_person=person, proposed_at=at, expires_at=at + VALID_FOR,
    )  # fmt: skip
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as error:
        if "proposal_waits_once" not in str(error):
            raise
        raise refuse(Code.DUPLICATE, clause=CLAUSE, because="proposal_waits") from None
    record("dual_control.propose", by=by, at=at, target=proposal, after=_told(proposal))
    exemption = _exemption(operation, licensee_id, at)
    if exemption is not None:
        proposal.exemption = exemption
        _settle(proposal, "carry_out", Actor.PROPOSER, {ProposalGuard.EXEMPT: True}, by=by, at=at)
        _HANDLING[operation].carry_out(proposal, by, at)
    return proposal


@command("dual_control.approve", target="proposal_id")
def approve(*, proposal_id: int, seen_hash: str, by: User, at: datetime) -> DualControlProposal:
    """
    Approve exactly what was read, and carry it out in this transaction.

    :raises Refused: DUAL_CONTROL_SAME_PERSON, also under a second account; COMPARTMENT_CONFLICT for who could have
        proposed it there; STALE_VERSION when another payload was read; INVALID_TRANSITION when settled or expired
    """
    proposal, another = _judged(proposal_id, by, at)
    facts = {
        ProposalGuard.IN_TIME: at < proposal.expires_at,
        ProposalGuard.ANOTHER_PERSON: another,
        ProposalGuard.SAME_PAYLOAD: seen_hash == proposal.payload_hash == fingerprint(proposal.payload_text),
    }
    _settle(proposal, "approve", Actor.APPROVER, facts, by=by, at=at)
    _HANDLING[Operation(proposal.operation)].carry_out(proposal, by, at)
    return proposal


@command("dual_control.reject", target="proposal_id")
def reject(*, proposal_id: int, reasons: str, by: User, at: datetime) -> DualControlProposal:
    """
    Say no, and why.

    :raises Refused: as `approve`; FIELD_REQUIRED without reasons
    """
    proposal, another = _judged(proposal_id, by, at)
    proposal.decision_reasons = reasons.strip()
    facts = {
        ProposalGuard.IN_TIME: at < proposal.expires_at,
        ProposalGuard.ANOTHER_PERSON: another,
        ProposalGuard.REASONED: bool(proposal.decision_reasons),
    }
    _settle(proposal, "reject", Actor.APPROVER, facts, by=by, at=at)
    return proposal


@command("dual_control.withdraw", target="proposal_id")
def withdraw(*, proposal_id: int, by: User, at: datetime) -> DualControlProposal:
    """
    Take one's own proposal back.

    :raises Refused: OUT_OF_SCOPE when it is another's, INVALID_TRANSITION when it is settled
    """
    proposal = _locked(proposal_id)
    if proposal.proposer_id != by.pk:
        raise refuse(Code.OUT_OF_SCOPE)
    _settle(proposal, "withdraw", Actor.PROPOSER, NOTHING, by=by, at=at)
    return proposal


@command("dual_control.expire", target="proposal_id")
def expire(*, proposal_id: int, at: datetime, by: User | None = None) -> DualControlProposal:
    """
    End a proposal that nobody decided within its time (timer 31).

    :raises Refused: INVALID_TRANSITION when it is settled or its time is not over
    """
    proposal = _locked(proposal_id)
    facts = {ProposalGuard.TIME_PASSED: at >= proposal.expires_at}
    _settle(proposal, "expire", Actor.SYSTEM, facts, by=by, at=at)
    return proposal


def _locked(proposal_id: int) -> DualControlProposal:
    rows = DualControlProposal.objects.of_every_licensee().select_for_update(of=("self",))
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return proposal


def _judged(proposal_id: int, by: User, at: datetime) -> tuple[DualControlProposal, bool]:
    """The proposal, locked for who may approve it there, and whether he is another person than its proposer."""
    proposal = _locked(proposal_id)
    row, person = _vital(Operation(proposal.operation), proposal.licensee_id), person_of(by)
    if row is None or not holds_at(by, {row.approver}, proposal.licensee_id):
        raise refuse(Code.OUT_OF_SCOPE)
    if person is None:
        raise refuse(Code.PERMISSION_DENIED, clause=CLAUSE, because="no_person")
    if _lately_made_approver(proposal, row, by, at):
        raise refuse(Code.PERMISSION_DENIED, clause="CRD-77-f", because="given_lately")
    another = person != bytes(proposal.proposer_person) and by.pk != proposal.proposer_id
    if another and _could_propose(person, row, proposal.licensee_id, at):
        raise refuse(Reason.COMPARTMENT_CONFLICT, clause="CRD-77-b", rule="approver")
    proposal.approver, proposal.approver_person = by, person
    return proposal, another


def _lately_made_approver(proposal: DualControlProposal, row: Vital, by: User, at: datetime) -> bool:
    """Whether the proposer had him made an approver within the last day (CRD-77-f)."""
    lately = Membership.objects.current().filter(
        user=by, role=row.approver.value, licensee=proposal.licensee_id, since__gt=at - VALID_FOR
    )
    return lately.filter(given_by__proposer_person=proposal.proposer_person).exists()


def _could_propose(person: bytes, row: Vital, licensee_id: int | None, at: datetime) -> bool:
    held = {one.role for one in held_by_person(person) if one.licensee == licensee_id}
    return not held.isdisjoint(row.proposers) and not freed_from_compartments(licensee_id, at)


def freed_from_compartments(licensee_id: int | None, at: datetime) -> bool:
    """Whether the Registrar freed the licensee from the compartments that day (CRD-77-d)."""
    rows = Exemption.objects.in_force(day_of(at)).filter(licensee=licensee_id, from_compartments=True)
    return licensee_id is not None and rows.exists()


def _exemption(operation: Operation, licensee_id: int | None, at: datetime) -> Exemption | None:
    if licensee_id is None or operation in NEVER_EXEMPT:
        return None
    return Exemption.objects.in_force(day_of(at)).freeing(operation).filter(licensee=licensee_id).first()


def _settle(
    proposal: DualControlProposal, row: str, actor: Actor, facts: Mapping[ProposalGuard, bool], *,
    by: User | None, at: datetime,
) -> None:  # fmt: skip
    """Move the proposal by a row of its table."""
    move = PROPOSAL.rows[row]
    source = ProposalState(proposal.state)
    refuse_if(_worded(PROPOSAL.refusals(move if move in PROPOSAL.allowed(source, actor) else None, facts)))
    proposal.state, proposal.decided_at = move.target.value, at
    proposal.save(update_fields=["state", "decided_at", "approver", "approver_person", "decision_reasons", "exemption"])
    record(
        f"dual_control.{row}", by=by, at=at, target=proposal, before={"state": source.value},
        after={"state": proposal.state, "hash": proposal.payload_hash, "reasons": proposal.decision_reasons},
    )  # fmt: skip


_BECAUSE = {
    "": "proposal_settled",
    ProposalGuard.IN_TIME.value: "proposal_expired",
    ProposalGuard.SAME_PAYLOAD.value: "proposal_changed",
}


def _worded(refusals: Iterable[Refusal]) -> Iterator[Refusal]:
    """A sentence of its own for a proposal that is settled, whose time is over, or of which another text was read."""
    for one in refusals:
        because = _BECAUSE.get(str(one.details.get("guard", "")))
        yield replace(one, details={**one.details, "because": because}) if because else one


def _vital(operation: Operation, licensee_id: int | None) -> Vital | None:
    return vital(operation, at_licensee=licensee_id is not None)


def _licensee(licensee_id: int | None) -> Licensee | None:
    if licensee_id is None:
        return None
    licensee = Licensee.objects.filter(pk=licensee_id).first()
    if licensee is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return licensee


def _told(proposal: DualControlProposal) -> dict[str, Any]:
    return {
        "operation": proposal.operation,
        "licensee": proposal.licensee_id,
        "hash": proposal.payload_hash,
        "payload": payload_of(proposal.payload_text),
        "reasons": proposal.reasons,
    }
