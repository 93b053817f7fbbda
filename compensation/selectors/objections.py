"""Until when somebody may object or appeal, and the officer's queue."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Decision, Notice, Objection
from ..rules import clocks
from ..rules.access import Action
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


class ObjectionList(StrEnum):
    """The lists of objections: those to decide, those decided, and those appealed against."""

    OPEN = "open"
    DECIDED = "decided"
    APPEALED = "appealed"


def listed(which: ObjectionList, user: User) -> QuerySet[Objection]:
    """A list of objections: an officer's open ones are those he may decide, everybody else sees them all."""
    if which is ObjectionList.OPEN:
        if user.may(Action.DECIDE_OBJECTION):
            return objections_for(user)
        return Objection.objects.open().select_related(*READ_WITH).order_by("due_on", "pk")
    is_decided = which is ObjectionList.DECIDED
    rows = Objection.objects.filter(decided_at__isnull=False, appeal__isnull=is_decided)
    return rows.select_related(*READ_WITH, "appeal").order_by("-decided_at", "-pk")


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


@dataclass(frozen=True, slots=True)
class Remedies:
    """What the claimant may do about the latest determination, until when, and what he did."""

    decision: Decision | None
    objections: list[Objection]
    objection_deadline: Deadline | None
    may_object: bool
    appeal_deadline: Deadline | None
    may_appeal: bool

    @property
    def latest(self) -> Objection | None:
        return self.objections[-1] if self.objections else None


def remedies_of(claim: Claim, today: date) -> Remedies:
    """Read it all, in a number of queries that does not grow."""
    decision = claim.decisions.order_by("version").last()
    rows = claim.objections.select_related("decision", "result", "notice", "sms", "officer", "appeal")
    objections = list(rows.prefetch_related("requests__files__file", "files__file"))
    for one in objections:
        one.claim = claim
    latest = objections[-1] if objections else None
    to_object = objection_deadline(claim, decision) if decision is not None else None
    to_appeal = appeal_deadline(latest) if latest is not None else None
    is_objected_to = latest is not None and (
        latest.decided_at is None or latest.decision_id == getattr(decision, "pk", 0)
    )
    can_object = decision is not None and decision.objection_until is not None and not is_objected_to
    can_appeal = latest is not None and latest.decided_at is not None and not hasattr(latest, "appeal")
    return Remedies(
        decision=decision,
        objections=objections,
        objection_deadline=to_object,
        may_object=can_object and _is_above(claim, decision) and not _over(to_object, today),
        appeal_deadline=to_appeal,
        may_appeal=can_appeal and not _over(to_appeal, today),
    )


def _is_above(claim: Claim, decision: Decision | None) -> bool:
    return decision is not None and (claim.claimed_amount or 0) > decision.amount


def _over(deadline: Deadline | None, today: date) -> bool:
    return deadline is not None and deadline.has_passed(today)
