"""A year of claims, played by the timers alone: what comes on which day, once, and only while the clock runs."""

import io
import threading
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection

from compensation.models import AdvanceProposal, Decision, Payment, TimerEvent
from compensation.rules.codes import AdvanceKind, AdvanceState, ClaimState
from compensation.rules.reasons import Reason
from compensation.selectors.programmes import current
from compensation.services import advancing, details, moving
from compensation.services.clocking import clock_of, deadlines
from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Refused
from crm_portal.messaging.models import Notification
from tests.compensation.conftest import fresh
from tests.factories.compensation import ClaimFactory

TIMERS = ("propose_advance_60", "propose_advance_10", "escalate_advance_proposals", "deem_claims_accepted")
AMOUNT = Decimal(218_348)
NIGHT = time(0, 5)  # 02:05 in Jerusalem


def run(day: date, *timers: str) -> None:
    """What beat does in the night of a day."""
    for timer in timers or TIMERS:
        at = datetime.combine(day, NIGHT, tzinfo=UTC).isoformat()
        call_command("run_timers", "--at", at, "--only", timer, stdout=io.StringIO())


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.3-e", "CMP-8.4.3-b")
def test_sixty_percent_is_proposed_on_the_day_after_the_twenty_first(filed):
    run(date(2023, 12, 11))
    assert not AdvanceProposal.objects.exists()

    run(date(2023, 12, 12))

    proposal = AdvanceProposal.objects.get()
    assert (proposal.kind, proposal.amount) == (AdvanceKind.DAY_21_60.value, Decimal(131_009))
    assert not Payment.objects.exists()  # never by itself


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.4-b", "CMP-8.4.4-a")
def test_ten_percent_more_is_proposed_on_the_day_after_the_hundred_and_fiftieth(filed):
    run(date(2024, 4, 18))
    assert not AdvanceProposal.objects.filter(kind=AdvanceKind.DAY_150_10.value).exists()

    run(date(2024, 4, 19))

    assert AdvanceProposal.objects.get(kind=AdvanceKind.DAY_150_10.value).amount == Decimal(21_835)


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.1-c")
def test_a_claim_that_is_left_alone_is_accepted_as_claimed_on_the_day_after_eight_months(filed):
    run(date(2024, 7, 20))
    assert fresh(filed).state == ClaimState.SUBMITTED.value

    run(date(2024, 7, 21))

    claim, decision = fresh(filed), Decision.objects.get()
    assert (claim.state, claim.determined_amount) == (ClaimState.DEEMED_ACCEPTED.value, AMOUNT)
    assert (decision.kind, decision.amount, decision.approved_by) == ("DEEMED", AMOUNT, None)
    assert claim.pay_by_on == date(2024, 8, 4)  # 14 days of the determination
    assert claim.notices.filter(decision=decision).exists()
    assert AuditEvent.objects.filter(action="claim.deem_accepted", target_id=str(claim.pk)).count() == 1


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.1-d")
def test_an_acceptance_that_a_stopped_timer_missed_still_has_its_day_to_pay(filed):
    run(date(2024, 7, 29))

    assert fresh(filed).pay_by_on == date(2024, 8, 4)


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.1-c")
def test_what_is_accepted_by_time_stays_within_the_cap(filed):
    moving.keep(fresh(filed), claimed_amount=Decimal(3_100_000))

    run(date(2024, 7, 21))

    assert fresh(filed).determined_amount == Decimal(3_000_000)  # CMP-5.3-a


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.1-e")
def test_the_fund_is_warned_four_times_and_each_time_once(filed, manager):
    manager.email = "manager@fund.example"
    manager.save()
    for day in (date(2024, 6, 19), date(2024, 6, 20), date(2024, 6, 21), date(2024, 7, 6), date(2024, 7, 13)):
        run(day, "deem_claims_accepted")
        run(day, "deem_claims_accepted")
    run(date(2024, 7, 19), "deem_claims_accepted")

    warned = TimerEvent.objects.filter(kind="decision_warning").order_by("at")
    assert [(event.step, event.at.date()) for event in warned] == [
        ("30", date(2024, 6, 20)), ("14", date(2024, 7, 6)), ("7", date(2024, 7, 13)), ("1", date(2024, 7, 19)),
    ]  # fmt: skip
    assert Notification.objects.filter(kind="claim_alert", address=manager.email).count() == 4


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.2-a", "CMP-8.4.5-a")
def test_nothing_comes_while_details_are_outstanding_and_every_date_moves(in_review, clerk):
    request = details.request_details(
        claim_id=in_review.pk, by=clerk, at=datetime(2024, 1, 10, 9, tzinfo=UTC), text="טופס 102",
        due_on=date(2024, 2, 20),
    )  # fmt: skip
    run(date(2024, 9, 1))  # the eight months and the 150 days have long gone by
    assert fresh(in_review).state == ClaimState.DETAILS_REQUESTED.value
    assert not Decision.objects.exists()
    assert not AdvanceProposal.objects.filter(kind=AdvanceKind.DAY_150_10.value).exists()

    answered = datetime(2024, 9, 6, 9, tzinfo=UTC)  # 240 days after the service
    user = in_review.claimant.customer.user
    details.answer_details(request_id=request.pk, by=user, at=answered, text="מצורף", claims=[in_review.pk])
    details.accept_details(request_id=request.pk, by=clerk, at=answered)

    assert fresh(in_review).advance_10_due_on == date(2024, 12, 14)
    assert fresh(in_review).decision_due_on == date(2025, 3, 17)
    run(date(2025, 3, 17))
    assert not Decision.objects.exists()
    run(date(2025, 3, 18))
    assert fresh(in_review).state == ClaimState.DEEMED_ACCEPTED.value


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.5-a")
def test_an_advance_that_was_proposed_is_not_proposed_again_when_its_day_moves(in_review, clerk):
    run(date(2024, 4, 19))
    moving.keep(fresh(in_review), advance_60_due_on=date(2024, 6, 1), advance_10_due_on=date(2024, 6, 1))

    run(date(2024, 6, 2))

    assert sorted(AdvanceProposal.objects.values_list("kind", flat=True)) == ["DAY_150_10", "DAY_21_60"]


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.3-c")
def test_a_proposal_of_three_days_goes_before_the_managers_again_and_is_still_not_paid(filed):
    run(date(2023, 12, 12))
    run(date(2023, 12, 14))
    assert AdvanceProposal.objects.get().state == AdvanceState.PROPOSED.value

    run(date(2023, 12, 15))

    assert AdvanceProposal.objects.get().state == AdvanceState.ESCALATED.value
    assert not Payment.objects.exists()


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.3-c")
def test_the_manager_confirms_and_the_payment_is_prepared_once(filed, manager):
    run(date(2023, 12, 12))
    proposal = AdvanceProposal.objects.get()
    at = datetime(2023, 12, 13, 9, tzinfo=UTC)

    advancing.confirm(proposal_id=proposal.pk, by=manager, at=at)
    with pytest.raises(Refused) as refused:
        advancing.confirm(proposal_id=proposal.pk, by=manager, at=at)

    assert refused.value.code == Reason.GEN_BAD_TRANSITION
    payment = Payment.objects.get()
    assert (payment.gross, payment.withheld_now) == (Decimal(131_009), Decimal(26_202))


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.3-c")
def test_another_base_needs_reasons_and_bounds_every_advance_of_the_claim(filed, manager):
    run(date(2024, 4, 19))
    first, second = AdvanceProposal.objects.order_by("pk")
    at, words = datetime(2024, 4, 20, 9, tzinfo=UTC), "מספר העובדים לא אומת מול טופס 102"
    with pytest.raises(Refused) as refused:
        advancing.confirm(proposal_id=first.pk, by=manager, at=at, base=Decimal(100_000))
    assert refused.value.code == Reason.GEN_REASONS_REQUIRED

    advancing.confirm(proposal_id=first.pk, by=manager, at=at)  # 131,009 of 218,348
    with pytest.raises(Refused) as over:
        advancing.confirm(proposal_id=second.pk, by=manager, at=at, base=Decimal(131_009), reasons=words)
    assert over.value.refusals[0].fields == ("amount",)
    advancing.confirm(proposal_id=second.pk, by=manager, at=at, base=Decimal(140_000), reasons=words)

    second.refresh_from_db()
    assert second.amount == Decimal(8_991)  # 140,000 less what was given, not 10 percent of it


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.8-a")
def test_the_notice_of_an_advance_says_that_it_proves_nothing(filed, manager):
    run(date(2023, 12, 12))

    advancing.confirm(
        proposal_id=AdvanceProposal.objects.get().pk, by=manager, at=datetime(2023, 12, 13, 9, tzinfo=UTC)
    )

    assert "אין בה כדי להוכיח" in filed.notices.get(kind="ADVANCE").title


@pytest.mark.django_db
@pytest.mark.req("CMP-8.4.3-f")
def test_a_determination_that_was_not_paid_in_fourteen_days_is_reported_once(filed):
    run(date(2024, 7, 21))
    run(date(2024, 8, 4), "check_payment_due")
    assert not TimerEvent.objects.filter(kind="payment_late").exists()

    run(date(2024, 8, 5), "check_payment_due")
    run(date(2024, 8, 6), "check_payment_due")

    assert TimerEvent.objects.filter(kind="payment_late").count() == 1
    assert filed.history.filter(event="payment_late").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-8.4.1-d")
def test_two_workers_at_once_accept_each_claim_once():
    claims = [ClaimFactory(filed=True) for _ in range(4)]
    start = threading.Barrier(2)

    def work():
        start.wait()
        try:
            run(date(2024, 7, 21))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    run(date(2024, 7, 22))

    assert sorted(Decision.objects.values_list("claim_id", flat=True)) == sorted(claim.pk for claim in claims)
    assert AdvanceProposal.objects.count() == 8
    assert not AdvanceProposal.objects.exclude(state=AdvanceState.LAPSED.value).exists()  # the decision came


@pytest.mark.django_db
def test_the_dates_of_a_claim_are_those_of_its_clock(filed):
    clock = clock_of(filed)

    assert clock is not None
    assert deadlines(clock, current(), date(2024, 1, 1))["decision_due_on"] == fresh(filed).decision_due_on
