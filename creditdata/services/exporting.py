"""Export of lists: logged, and of more than a thousand rows only when a second person approved it (CRD-0-n, 77-a)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from crm_portal.audit.services.recording import record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import DualControlProposal, Licensee
from ..rules.codes import ProposalState
from ..rules.vital import Operation, canonical, fingerprint, payload_of
from ..selectors.proposed import Payload

MANY = 1000
HOLDS_FOR = timedelta(hours=24)  # after the approval
LISTS = frozenset({"access_log"})


def payload(name: str, narrowing: Mapping[str, str]) -> dict[str, object]:
    """What is proposed: which list, narrowed how."""
    return {"list": name, "narrowing": {key: value for key, value in sorted(narrowing.items()) if value}}


def require_approval(
    *, name: str, narrowing: Mapping[str, str], rows: int, licensee_id: int | None, by: User, at: datetime
) -> None:
    """
    Let a small export pass, and a large one whose very narrowing a second person approved within a day.

    :raises Refused: CONFIRMATION_REQUIRED when it must be approved first
    """
    if rows <= MANY:
        return
    wanted = fingerprint(canonical(Operation.EXPORT_MANY, licensee_id, payload(name, narrowing)))
    approved = DualControlProposal.objects.of_place(licensee_id).filter(
        payload_hash=wanted, state=ProposalState.EXECUTED.value, proposer=by, decided_at__gt=at - HOLDS_FOR
    )
    if not approved.exists():
        raise refuse(Code.CONFIRMATION_REQUIRED, clause="CRD-77-a", because="export_many", most=MANY)


def check(payload: Payload, licensee: Licensee | None, at: datetime) -> None:
    """
    Whether there is such a list.

    :raises Refused: INVALID_VALUE
    """
    if payload["list"] not in LISTS:
        raise refuse(Code.INVALID_VALUE, "list", clause="CRD-0-n")


def allow(proposal: DualControlProposal, by: User, at: datetime) -> None:
    """From now on its proposer may fetch the list, for a day."""
    record("export.allow", by=by, at=at, target=proposal, after=payload_of(proposal.payload_text))
