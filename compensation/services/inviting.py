"""Ask employees to declare: one SMS each, with a link and a code bound to the number the employer gave (3.4.2)."""

import secrets
from datetime import datetime

from django.conf import settings

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, EmployeeRow, Invitation
from ..rules import declaring
from ..rules.access import CLERKS
from ..rules.codes import ClaimState, InvitationKind
from ..rules.reasons import Reason
from ..selectors.claims import customers_of
from . import moving

PATH = "/compensation/declare/"  # with the token; employees type it from a phone, so it stays short


def invite_all(claim: Claim, *, by: User | None, at: datetime) -> int:
    """Ask every employee of a claim that was just submitted; gives how many were asked."""
    rows = list(claim.employees.undeclared())
    for row in rows:
        invite(row, claim, InvitationKind.FIRST, by=by, at=at)
    return len(rows)


@command("declaration.resend")
def resend(*, employee_id: int, by: User, at: datetime) -> Invitation:
    """
    Send an employee a new link and code, for the employer or by a clerk; at most five times.

    :raises Refused: OUT_OF_SCOPE, TOO_MANY_ATTEMPTS, GEN_BAD_TRANSITION when nothing is waited for
    """
    row, claim = waiting_row(employee_id)
    is_clerk = by.is_employee and by.holds(*CLERKS)
    if not is_clerk and not customers_of(by, day_of(at)).filter(pk=claim.claimant.customer_id).exists():
        raise refuse(Code.OUT_OF_SCOPE)
    if row.declared_at is not None or row.disputed_at is not None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "employee", clause=declaring.CLAUSE)
    resent = row.invitations.filter(kind=InvitationKind.RESENT.value).count()
    refuse_if(filter(None, [declaring.resending_refusal(resent)]))
    return invite(row, claim, InvitationKind.RESENT, by=by, at=at)


def invite(row: EmployeeRow, claim: Claim, kind: InvitationKind, *, by: User | None, at: datetime) -> Invitation:
    """Make a link and a code for an employee of a locked claim, and queue them; what was sent before opens no more."""
    token = secrets.token_urlsafe(declaring.TOKEN_BYTES)
    code = f"{secrets.randbelow(10**declaring.DIGITS):0{declaring.DIGITS}d}"
    invitation = Invitation.objects.create(
        row=row,
        kind=kind.value,
        token_hash=Invitation.token_hashed(token),
        code_hash=Invitation.hashed(row.id_number, code),
        sent_at=at,
        sent_by=by,
    )
    words = {
        "employer": str(claim.claimant.customer),
        "link": f"{settings.PORTAL_URL}{PATH}{token}/",
        "code": code,
    }
    subject, body = render(Kind.EMPLOYEE_DECLARATION, settings.LANGUAGE_CODE, words, channel=MessageChannel.SMS)
    outbox.put(
        Kind.EMPLOYEE_DECLARATION.value,
        channel=MessageChannel.SMS,
        address=row.mobile,
        subject=subject,
        body=body,
        dedupe_key=f"declaration:{invitation.pk}",
        about=claim.number,
        at=at,
        is_secret=True,
    )
    record("declaration.invite", by=by, at=at, target=claim, after={"employee": row.pk, "kind": kind.value})
    return invitation


def waiting_row(employee_id: int) -> tuple[EmployeeRow, Claim]:
    """
    A listed employee of a claim that waits for declarations, with the claim locked.

    :raises Refused: OUT_OF_SCOPE, GEN_BAD_TRANSITION when the claim does not wait
    """
    claim_id = EmployeeRow.objects.filter(pk=employee_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = moving.lock(claim_id)
    row = EmployeeRow.objects.listed().filter(pk=employee_id).first()
    if claim.state != ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value or row is None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-3.4.2-d")
    return row, claim
