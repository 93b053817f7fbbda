"""
The one place that changes the state of a claim.

Commands lock a claim with :func:`lock`, ask the rules, and move it by a row of the transition table; :func:`move`
writes the row, the history and the audit together. Several things at once are refused by the version.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import connection

from crm_portal.audit.services.recording import record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User

from ..models import Claim, ClaimHistory
from ..rules import states
from ..rules.codes import ClaimState
from ..rules.machines import Actor
from ..rules.states import Guard

SYSTEM = "system"
READ_WITH = ("claimant__customer__user", "claimant__programme", "clerk")


def lock(claim_id: int) -> Claim:
    """
    Take a claim for change; others wait until this transaction ends.

    :raises Refused: OUT_OF_SCOPE when there is none
    """
    if Claim.objects.select_for_update().filter(pk=claim_id).values_list("pk").first() is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return Claim.objects.select_related(*READ_WITH).get(pk=claim_id)


def current(claim: Claim, version: int | None) -> None:
    """:raises Refused: STALE_VERSION when the page was drawn from an older state"""
    if version is not None and version != claim.version:
        raise refuse(Code.STALE_VERSION, version=claim.version, status=claim.state)


def move(
    claim: Claim,
    to: ClaimState,
    *,
    actor: Actor,
    by: User | None,
    at: datetime,
    facts: Mapping[Guard, bool] = MappingProxyType({}),
    reason: str = "",
    **fields: Any,
) -> ClaimHistory:
    """
    Move a locked claim by the row of the table that leads there, with whatever other fields change with it.

    `facts` answers the row's guards; a guard that nobody answered does not hold.

    :raises Refused: GEN_BAD_TRANSITION when the table has no such row, or the code of a guard that does not hold
    """
    row = states.leading(ClaimState(claim.state), to, actor)
    refuse_if(states.refusals(row, facts))
    assert row is not None  # noqa: S101 - else it was refused
    before = claim.state
    keep(claim, **fields, state=to.value, state_since=at)
    record(f"claim.{row.id}", by=by, at=at, target=claim, before={"state": before}, after={"state": to.value})
    return write(claim, row.id, by=by, at=at, before=before, reason=reason)


def keep(claim: Claim, **fields: Any) -> None:
    """Save fields of a locked claim, as a new version of it."""
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.version += 1
    claim.save(update_fields=[*fields, "version"])


def write(
    claim: Claim, event: str, *, by: User | None, at: datetime, before: str | None = None, reason: str = ""
) -> ClaimHistory:
    """Add a line to the history of a claim."""
    return ClaimHistory.objects.create(
        claim=claim,
        at=at,
        event=event,
        from_state=claim.state if before is None else before,
        to_state=claim.state,
        by=by,
        by_name=str(by) if by is not None else SYSTEM,
        reason=reason,
    )


def next_number(at: datetime) -> str:
    """`NA-2023-04417`, from the sequence: two claims never share one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('claim_number')")
        (number,) = cursor.fetchone()
    return f"NA-{at.year}-{number:05d}"


def held_by(claim: Claim, by: User) -> None:
    """:raises Refused: NOT_ASSIGNED_TO_YOU when another clerk reviews the claim, or none"""
    if claim.clerk_id != by.pk:
        raise refuse(Code.NOT_ASSIGNED_TO_YOU, holder=str(claim.clerk or ""))
