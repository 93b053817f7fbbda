"""Remind employees who have not declared, and tell the employer that some have not (CMP-3.4.2-h)."""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command
from crm_portal.worktime.rules.periods import day_of, end_of

from ..models import Claim, TimerEvent
from ..rules.clocks import reminders
from ..rules.codes import ClaimState, InvitationKind, NoticeKind
from ..selectors.programmes import current
from . import employees, inviting, moving, notices
from .once import once

KIND = "remind_employee_declarations"


def due(at: datetime) -> QuerySet[Claim]:
    """Claims whose employees are to be reminded: so many days after the messages of the submission, once for each."""
    today, is_due = day_of(at), Q(pk__in=[])
    for days in current().reminder_after_days:
        is_due |= Q(~Exists(_done(days)), submitted_at__lte=end_of(today - timedelta(days=days)))
    waiting = Claim.objects.filter(state=ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value)
    return waiting.annotate(subject=Concat(Value("claim:"), Cast(F("pk"), CharField()))).filter(is_due)


@command("declaration.remind", target="claim_id")
def remind(*, claim_id: int, at: datetime, by: None = None) -> int:
    """
    Send everybody who has not declared a new link and code, and tell the employer; gives how many.

    A run that comes late sends one reminder for all the steps that it missed.
    """
    claim = moving.lock(claim_id)
    if claim.state != ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value or claim.submitted_at is None:
        return 0
    planned = reminders(day_of(claim.submitted_at), employees.programme_of(claim, at))
    due_steps = [str(days) for days, on in planned if on <= day_of(at)]
    if not sum(once(f"claim:{claim.pk}", KIND, at=at, step=step) for step in due_steps):  # each of them is written
        return 0
    rows = list(claim.employees.undeclared().filter(disputed_at__isnull=True))
    for row in rows:
        inviting.invite(row, claim, InvitationKind.REMINDER, by=None, at=at)
    notices.serve(claim, NoticeKind.OTHER, _("some employees have not declared yet"), at=at)
    return len(rows)


def _done(days: int) -> QuerySet[TimerEvent]:
    return TimerEvent.objects.filter(kind=KIND, step=str(days), subject=OuterRef("subject"))
