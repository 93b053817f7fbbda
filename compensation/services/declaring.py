"""The employee opens his link, confirms or disputes each day, and the last one completes the claim (3.4.2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm_portal.audit.context import origin
from crm_portal.audit.services.recording import command, record, record_refusal
from crm_portal.errors import Code, Refusal, Refused, refuse
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, EmployeeDeclaration, EmployeeRow, Invitation
from ..rules import declaring
from ..rules.clocks import ClaimClock
from ..rules.codes import Answer, ClaimState, NoticeKind
from ..rules.machines import Actor
from ..rules.reasons import Reason
from ..rules.states import Guard
from . import clocking, computing, employees, inviting, moving, notices

LONGEST_REMARK = 1000


@transaction.atomic
def open_with(*, invitation_id: int, id_number: str, code: str, at: datetime) -> Refusal | None:
    """
    Open a link with an identity number and a code; a wrong try is counted, and the fifth locks for 30 minutes.

    Gives why it was refused, and does not raise: the count must stay. A wrong number and a wrong code look alike.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    refusal = declaring.crowd_refusal(_tries_from(origin().address)) or declaring.locked(invitation.locked_until, at)
    if refusal is None:
        digits = "".join(code.split())
        if invitation.opens_with(id_number, digits):
            invitation.tries, invitation.locked_until = 0, None
        else:
            refusal = Refusal(Code.CODE_WRONG, ("code",), clause=declaring.CLAUSE)
            invitation.tries += 1
            if invitation.tries >= declaring.TRIES:
                invitation.tries, invitation.locked_until = 0, at + declaring.LOCKED_FOR
                refusal = declaring.locked(invitation.locked_until, at)
        invitation.save(update_fields=["tries", "locked_until"])
    if refusal is not None:
        refused = Refused(refusal)
        record_refusal(
            "declaration.open", refused, by=None, at=at, target_type="invitation", target_id=str(invitation_id)
        )
    return refusal


@command("declaration.send", target="invitation_id")
def declare(
    *, invitation_id: int, by: None, at: datetime, confirmed: Iterable[int], text: str, remark: str = ""
) -> EmployeeDeclaration:
    """
    Keep what an employee declares of each of his days: what is not confirmed is disputed.

    A disputed day returns the row to the employer; the last employee to confirm completes the claim.

    :raises Refused: GEN_BAD_TRANSITION when it was declared already, or a newer message was sent; FIELD_REQUIRED
        when a day is disputed without saying why
    """
    invitation = Invitation.objects.select_related("row").get(pk=invitation_id)
    row, claim = inviting.waiting_row(invitation.row_id)
    latest = row.invitations.order_by("sent_at", "pk").last()
    if latest != invitation or row.declared_at is not None or row.disputed_at is not None:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="CMP-3.4.2-c")
    kept, days = set(confirmed), list(row.days.all())
    for day in days:
        day.answer = (Answer.CONFIRMED if day.pk in kept else Answer.DISPUTED).value
        day.save(update_fields=["answer"])
    has_dispute = any(day.is_disputed for day in days)
    if has_dispute and not remark.strip():
        raise refuse(Code.FIELD_REQUIRED, "remark", clause="CMP-3.4.2-c")
    declaration = EmployeeDeclaration.objects.create(
        row=row,
        invitation=invitation,
        at=at,
        address=origin().address,
        text=text,
        answers={day.on.isoformat(): {"hours": str(day.absent_hours), "answer": day.answer} for day in days},
        remark=remark.strip()[:LONGEST_REMARK],
    )
    _mark(row, declared_at=None if has_dispute else at, disputed_at=at if has_dispute else None)
    what = {"employee": row.pk, "disputed": sum(day.is_disputed for day in days)}
    record("declaration.send", by=None, at=at, target=claim, after=what)
    if has_dispute:
        notices.serve(claim, NoticeKind.OTHER, _("an employee disputes days of absence"), at=at)
    complete_if_declared(claim, at=at)
    return declaration


def complete_if_declared(claim: Claim, *, at: datetime) -> bool:
    """File a locked claim when nobody is waited for any more; its clocks start on this day (CMP-3.4.2-d, g)."""
    if claim.employees.undeclared().exists() or not claim.employees.listed().exists():
        return False
    today = day_of(at)
    deadlines: dict[str, Any] = clocking.deadlines(ClaimClock(today), employees.programme_of(claim, at), today)
    moving.move(
        claim,
        ClaimState.SUBMITTED,
        actor=Actor.SYSTEM,
        by=None,
        at=at,
        facts={Guard.ALL_DECLARED: True},
        filed_on=today,
        **deadlines,
    )
    notices.serve(claim, NoticeKind.RECEIPT, _("all employees declared and the claim was filed"), at=at)
    return True


def recompute(claim: Claim, *, at: datetime) -> None:
    """Compute the amount of a locked claim anew after its sheet changed; nobody types it (CMP-1.8-a)."""
    computation = computing.compute(claim, is_claimants=True, by=None, at=at)
    moving.keep(claim, claimed_amount=computation.amount)


def _tries_from(address: str | None) -> int:
    """How many links were tried from an address within the hour, with this one."""
    if address is None:
        return 0
    key = f"declaration:{address}"
    cache.add(key, 0, declaring.WITHIN.total_seconds())
    return cache.incr(key)


def _mark(row: EmployeeRow, *, declared_at: datetime | None, disputed_at: datetime | None) -> None:
    row.declared_at, row.disputed_at = declared_at, disputed_at
    row.save(update_fields=["declared_at", "disputed_at"])
