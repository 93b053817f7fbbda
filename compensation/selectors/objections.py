"""Until when somebody may object or appeal, and the officer's queue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Decision, Notice, Objection
from ..rules import clocks
from ..rules.clocks import Deadline
from ..rules.codes import NoticeKind
from ..rules.programme import Programme
from .programmes import programme_on

READ_WITH = ("claim__claimant__customer__user", "claim__claimant__programme", "decision", "officer", "sms", "notice")


def objection_deadline(claim: Claim, decision: Decision) -> Deadline | None:
    """
    60 days of the receipt of a determination, and never before the day that its letter names (CMP-9.1-b).

    None while it was not served: the time has not begun.
    """
    notice = decision.notices.filter(kind=NoticeKind.DECISION.value).first()
    return _deadline(clocks.objection_deadline, claim, notice, decision.objection_until)


def appeal_deadline(objection: Objection) -> Deadline | None:
    """60 days of the service of the objection's decision (CMP-9.7-b); None while it was not served."""
    return _deadline(clocks.appeal_deadline, objection.claim, objection.notice, objection.appeal_until)


def objections_for(user: User) -> QuerySet[Objection]:
    """Open objections that this officer may decide, the one that is due first on top (CMP-9.1-a)."""
    decided = Decision.objects.filter(claim=OuterRef("claim")).filter(Q(approved_by=user) | Q(proposed_by=user))
    took_part = Q(claim__clerk=user) | Q(clerk=user) | Q(approver=user) | Exists(decided)
    return Objection.objects.open().exclude(took_part).select_related(*READ_WITH).order_by("due_on", "pk")


def took_part(objection: Objection, user: User) -> bool:
    """Whether somebody reviewed the claim, or proposed or approved any version of its determination."""
    claim = objection.claim
    if user.pk in {claim.clerk_id, objection.clerk_id, objection.approver_id}:
        return True
    return claim.decisions.filter(Q(approved_by=user) | Q(proposed_by=user)).exists()


def _deadline(
    rule: Callable[[date, Programme], Deadline], claim: Claim, notice: Notice | None, printed: date | None
) -> Deadline | None:
    if notice is None or notice.served_at is None:
        return None
    received_on = day_of(notice.served_at)
    deadline = rule(received_on, programme_on(received_on, code=claim.claimant.programme.code))
    return replace(deadline, last_day=max(deadline.last_day, printed)) if printed is not None else deadline
