"""Objections of the demonstration, each a step further than the one before, and a notice that came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from crm_portal.messaging.rules.reports import Outcome
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, ClerkTask, Notice, Objection
from ..models.appeals import COPIES
from ..rules.codes import ClaimState
from ..services import appealing, examining, notices, objecting

GROUNDS = "השכר שנחסך חושב לפי חודש שבו שולמו מענקים, ולכן המשלים נמוך מן הנכון. מצורף פירוט."
REASONS = "העובד המוסמך בחן את הפירוט שצורף; המענקים אינם חלק מן השכר השוטף והחישוב בעינו עומד."
ENDS = ("filed", "asked", "taken", "dismissed", "appealed")


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection and the day by which the next step is told."""

    objection: Objection
    user: User
    at: datetime


def play(*, officer: User, until: datetime) -> None:
    """Play every objection; a second call adds nothing. What was served then went out then, and not today."""
    if Objection.objects.exists():
        return
    for end, filed in zip(ENDS, _filed(until), strict=False):
        _bring(filed, end, officer=officer)
    Notice.objects.filter(sent_at__isnull=True, bounced_at__isnull=True).update(sent_at=F("created_at"))
    notice = Notice.objects.filter(email__isnull=False, bounced_at__isnull=True).order_by("pk").first()
    if notice is not None and notice.email is not None and not ClerkTask.objects.exists():
        with transaction.atomic():
            notices.hear_report(notice.email, Outcome.BOUNCED, until)


def _filed(until: datetime) -> Iterator[Objected]:
    """Objections to what was partly approved or rejected, a week after the decision."""
    states = (ClaimState.PARTIALLY_APPROVED.value, ClaimState.REJECTED.value)
    rows = Claim.objects.filter(state__in=states, decided_at__lt=until - timedelta(days=12))
    for claim in rows.select_related("claimant__customer__user").order_by("-decided_at", "pk"):
        user, decided_at = claim.claimant.customer.user, claim.decided_at
        assert user is not None  # noqa: S101 - the demonstration files for those who have an account
        assert decided_at is not None  # noqa: S101 - filtered so
        at = decided_at + timedelta(days=7)
        objection = objecting.file(
            claim_id=claim.pk, claims=[claim.pk], by=user, at=at, grounds=GROUNDS,
            amount=claim.claimed_amount or Decimal(0), mobile=claim.claimant.mobile,
        )  # fmt: skip
        yield Objected(objection, user, at)


def _bring(filed: Objected, end: str, *, officer: User) -> None:
    if end == "filed":
        return
    at, pk = filed.at + timedelta(days=1), filed.objection.pk
    examining.take(objection_id=pk, by=officer, at=at)
    if end == "asked":
        due_on = day_of(at) + timedelta(days=21)
        examining.ask(objection_id=pk, by=officer, at=at, text="נא לצרף את תלושי השכר לספטמבר", due_on=due_on)
    if end in {"dismissed", "appealed"}:
        before = filed.objection.decision.amount
        examining.decide(objection_id=pk, by=officer, at=at, amount=before, reasons=REASONS)
    if end == "appealed":
        appealing.file(
            objection_id=pk, claims=[filed.objection.claim_id], by=filed.user, at=at + timedelta(days=3),
            grounds=GROUNDS, copies=COPIES, has_all_attachments=True,
        )  # fmt: skip
