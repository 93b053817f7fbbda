"""The year goes on after a determination: objection, lapse of its time, appeal, closing; every timer, each night."""

# ruff: noqa: F401, F811 - fixtures of another module

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.core.management import call_command

from compensation.models import Claim, Decision, TimerEvent
from compensation.rules.codes import ClaimState, ObjectionState
from compensation.selectors.money import ledger_of
from compensation.services import appealing, examining, paying
from crm_portal.messaging.rules.states import DeliveryState
from crm_portal.people.rules.roles import Role
from tests.compensation.conftest import fresh, later
from tests.compensation.services.test_deciding import WORDS
from tests.compensation.services.test_notices import settled
from tests.compensation.services.test_objecting import FULL, GROUNDS, PART, decided, objected, officer
from tests.factories.compensation import fund
from tests.factories.money import account, rates

pytestmark = pytest.mark.django_db
TIMERS = (
    "propose_advance_60", "propose_advance_10", "escalate_advance_proposals", "deem_claims_accepted",
    "deem_objections_accepted", "check_payment_due", "escalate_overpayments", "close_settled_claims",
)  # fmt: skip


def night(day: date) -> None:
    """What beat does in the night of a day; twice, as two workers would."""
    at = datetime.combine(day, time(0, 5), tzinfo=UTC)
    for timer in (*TIMERS, *TIMERS):
        call_command("run_timers", "--at", at.isoformat(), "--only", timer, stdout=io.StringIO())


@pytest.fixture
def treasurer():
    rates()
    return fund(Role.COMPENSATION_PAYMENTS)


def pay(claim: Claim, treasurer, at: datetime) -> Decimal:
    """Pay what is due; what it came to, with the tax withheld from it."""
    payment = paying.prepare(claim_id=claim.pk, by=treasurer, at=at)
    payment = paying.approve(payment_id=payment.pk, by=treasurer, at=at)
    paying.settle(payment, Claim.objects.get(pk=claim.pk), by=treasurer, at=at)
    return payment.net + payment.withheld_now


def serve(claim: Claim, at: datetime) -> None:
    """Every notice of the claim that waits is handed over."""
    for notice in claim.notices.filter(sent_at__isnull=True).select_related("email"):
        settled(notice.email, DeliveryState.SENT, at)


@pytest.mark.req("CMP-9.6-a", "CMP-9.5-b")
def test_an_objection_left_alone_is_accepted_paid_and_the_claim_closes(decided, treasurer):
    claim = account(decided)
    assert pay(claim, treasurer, later(days=4)) == PART
    objection = objected(claim)  # 15 January 2024: to be decided until 15 September

    night(date(2024, 9, 15))
    objection.refresh_from_db()
    assert (objection.state, fresh(claim).determined_amount) == (ObjectionState.SUBMITTED.value, PART)
    assert fresh(claim).state == ClaimState.PAID.value  # the objection holds its closing back

    night(date(2024, 9, 16))
    objection.refresh_from_db()
    assert (objection.state, objection.result.amount) == (ObjectionState.DEEMED_ACCEPTED.value, FULL)
    assert [row.amount for row in claim.decisions.order_by("version")] == [PART, FULL]
    assert (fresh(claim).state, fresh(claim).pay_by_on) == (ClaimState.APPROVED.value, date(2024, 9, 30))

    night(date(2024, 10, 1))
    assert claim.history.filter(event="payment_late").count() == 1
    answered = datetime(2024, 10, 2, 9, tzinfo=UTC)
    serve(claim, answered)
    assert pay(claim, treasurer, answered) == FULL - PART
    assert ledger_of(claim).paid == FULL

    night(date(2024, 12, 1))  # the last day to appeal
    assert fresh(claim).state == ClaimState.PAID.value
    night(date(2024, 12, 10))
    assert fresh(claim).state == ClaimState.CLOSED.value
    assert claim.decisions.count() == 2
    assert TimerEvent.objects.filter(subject=f"claim:{claim.pk}", kind="deemed_accepted").count() == 0


@pytest.mark.req("CMP-8.7-c", "CMP-10.3-b")
def test_an_appeal_holds_the_closing_back_until_committee_and_court_are_past(decided, treasurer, officer):
    claim = account(decided)
    pay(claim, treasurer, later(days=4))
    objection = examining.take(objection_id=objected(claim).pk, by=officer, at=later(days=6))
    objection = examining.decide(objection_id=objection.pk, by=officer, at=later(days=30), amount=PART, reasons=WORDS)
    serve(claim, later(days=30))
    appeal = appealing.file(
        objection_id=objection.pk, by=claim.claimant.customer.user, at=later(days=60), grounds=GROUNDS, copies=4,
        has_all_attachments=True, claims=[claim.pk],
    )  # fmt: skip

    night(date(2025, 3, 1))  # a year, and the committee has not decided
    assert fresh(claim).state == ClaimState.PAID.value

    at = datetime(2025, 3, 12, 9, tzinfo=UTC)
    appealing.decide(
        appeal_id=appeal.pk, by=officer, at=at, decided_on=date(2025, 3, 9), served_on=date(2025, 3, 11),
        amount=Decimal(210_000), text=WORDS,
    )  # fmt: skip
    serve(claim, at)
    assert Decision.objects.filter(claim=claim).latest("version").amount == Decimal(210_000)
    assert pay(claim, treasurer, at) == Decimal(10_000)

    night(date(2025, 4, 10))  # 30 days of service: the court can still be asked
    assert fresh(claim).state == ClaimState.PAID.value
    night(date(2025, 6, 1))
    assert fresh(claim).state == ClaimState.CLOSED.value
