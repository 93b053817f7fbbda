"""Overpayments: the demand, its 90 days, what is returned, and what is collected as tax."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from compensation.models import IndexValue
from compensation.rules.codes import ClaimState, OverpaymentState
from compensation.rules.reasons import Reason
from compensation.selectors.money import ledger_of
from compensation.services import overpaying, paying
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.states import DeliveryState
from crm_portal.people.rules.roles import Role
from tests.compensation.services.test_notices import settled
from tests.factories.compensation import ClaimantFactory, fund
from tests.factories.money import PAY_AT, decide, decided, rates

pytestmark = pytest.mark.django_db
YEAR_LATER = PAY_AT + timedelta(days=365)


@pytest.fixture
def treasurer():
    return fund(Role.COMPENSATION_PAYMENTS)


@pytest.fixture
def claim(treasurer):
    """100,000 approved and settled, then rejected."""
    rates(rate="0.04")
    claim = decided(100_000)
    payment = paying.prepare(claim_id=claim.pk, by=treasurer, at=PAY_AT)
    payment = paying.approve(payment_id=payment.pk, by=treasurer, at=PAY_AT)
    claim.refresh_from_db()
    paying.settle(payment, claim, by=treasurer, at=PAY_AT)
    decide(claim, 0, state=ClaimState.REJECTED)
    return claim


@pytest.fixture
def demand(claim, treasurer):
    return overpaying.demand(claim_id=claim.pk, by=treasurer, at=PAY_AT)


def returning(demand, treasurer, amount, *, at=PAY_AT, received_on=None, reference="R1"):
    return overpaying.record_return(
        overpayment_id=demand.pk, amount=Decimal(amount), received_on=received_on or at.date(), reference=reference,
        by=treasurer, at=at,
    )  # fmt: skip


def refused(command, **arguments):
    with pytest.raises(Refused) as found:
        command(**arguments)
    return found.value.code


@pytest.mark.req("CMP-8.6.1-a")
def test_a_rejection_after_payment_demands_the_gross_with_its_linkage_within_ninety_days(claim, demand):
    paid = 100_000 + round(Decimal(100_000) * Decimal("0.04") * 168 / 365)
    assert demand.amount == paid
    assert (demand.served_on, demand.due_on) == (date(2024, 5, 6), date(2024, 8, 4))
    assert ledger_of(claim).balance == -paid
    assert Notification.objects.filter(about=claim.number).exists()


@pytest.mark.req("CMP-8.6.1-a")
def test_nothing_paid_too_much_is_not_demanded(treasurer):
    rates()
    assert refused(overpaying.demand, claim_id=decided(0, state=ClaimState.REJECTED).pk, by=treasurer, at=PAY_AT) == (
        Reason.GEN_BAD_TRANSITION
    )


def test_a_demand_is_made_once(claim, demand, treasurer):
    assert overpaying.demand_what_is_overpaid(claim, None, by=treasurer, at=PAY_AT) == demand
    assert claim.overpayments.count() == 1


@pytest.mark.req("CMP-8.6.1-a")
def test_a_return_a_year_later_bears_linkage_and_interest_from_the_payment(claim, demand, treasurer):
    IndexValue.objects.create(published_on=date(2025, 4, 15), value=Decimal(105), recorded_at=PAY_AT)
    owed = demand.amount + round(demand.amount * (Decimal("1.05") * Decimal("1.04") - 1))
    assert refused(returning, demand=demand, treasurer=treasurer, amount=owed + 1, at=YEAR_LATER) == Code.INVALID_VALUE

    row = returning(demand, treasurer, owed, at=YEAR_LATER)

    demand.refresh_from_db()
    assert (row.principal, row.interest) == (demand.amount, owed - demand.amount)
    assert (demand.state, ledger_of(claim).balance) == (OverpaymentState.RETURNED.value, 0)


def test_a_part_is_divided_between_the_sum_and_its_interest(claim, demand, treasurer):
    row = returning(demand, treasurer, 52_000, at=YEAR_LATER)
    assert (row.principal, row.interest) == (50_000, 2_000)
    demand.refresh_from_db()
    assert (demand.state, overpaying.left_of(demand)) == (OverpaymentState.DEMANDED.value, demand.amount - 50_000)
    assert ledger_of(claim).balance == 50_000 - demand.amount


@pytest.mark.parametrize(
    ("amount", "received_on", "code"),
    [
        (0, date(2024, 5, 6), Code.INVALID_VALUE),
        (-5, date(2024, 5, 6), Code.INVALID_VALUE),
        (5, date(2024, 5, 5), Code.INVALID_VALUE),  # before it was paid
        (5, date(2024, 5, 7), Code.INVALID_VALUE),  # a day to come
    ],
)
def test_a_return_that_cannot_be_is_refused(demand, treasurer, amount, received_on, code):
    found = refused(returning, demand=demand, treasurer=treasurer, amount=amount, received_on=received_on)
    assert found == code
    assert not demand.returns.exists()


def test_a_receipt_is_recorded_once(demand, treasurer):
    returning(demand, treasurer, 5)
    assert refused(returning, demand=demand, treasurer=treasurer, amount=5) == Code.DUPLICATE


@pytest.mark.req("CMP-8.6.2-a")
def test_what_is_not_returned_in_ninety_days_is_collected_as_tax(demand, treasurer):
    last_day, day_after = PAY_AT + timedelta(days=90), PAY_AT + timedelta(days=91)
    early = {"overpayment_id": demand.pk, "by": None}
    assert refused(overpaying.collect, **early, at=last_day) == Reason.GEN_BAD_TRANSITION
    assert overpaying.collect(**early, at=day_after).state == OverpaymentState.COLLECTED.value
    assert refused(overpaying.collect, **early, at=day_after) == Reason.GEN_BAD_TRANSITION
    returning(demand, treasurer, 10, at=day_after)  # the collection's money still counts


@pytest.mark.req("CMP-8.10-a")
def test_a_demand_whose_message_leaves_later_is_served_later(demand):
    settled(demand.notice.email, DeliveryState.SENT, PAY_AT + timedelta(days=3))
    demand.refresh_from_db()
    assert (demand.served_on, demand.due_on) == (date(2024, 5, 9), date(2024, 8, 7))


@pytest.mark.req("CMP-7.3.6-a")
def test_an_advance_without_a_claim_is_demanded_and_its_service_recorded_by_hand(treasurer):
    rates()
    claimant = ClaimantFactory(bank="12", bank_branch="600", bank_account="1")
    advance = paying.prepare_advance(
        claimant=claimant, claim_id=None, key="advance:1", amount=Decimal(50_000), by=treasurer, at=PAY_AT
    )
    none = {"claimant_id": claimant.pk, "by": treasurer, "at": PAY_AT}
    assert refused(overpaying.demand_advance, **none) == Reason.GEN_BAD_TRANSITION
    paying.approve(payment_id=advance.pk, by=treasurer, at=PAY_AT)

    demand = overpaying.demand_advance(**none)

    assert (demand.amount, demand.claim, demand.due_on) == (50_000, None, None)
    assert refused(overpaying.demand_advance, **none) == Code.DUPLICATE
    day = PAY_AT.date()
    wrong = {"overpayment_id": demand.pk, "by": treasurer, "at": PAY_AT, "served_on": day + timedelta(days=1)}
    assert refused(overpaying.record_service, **wrong) == Code.INVALID_VALUE
    served = overpaying.record_service(overpayment_id=demand.pk, served_on=day, by=treasurer, at=PAY_AT)
    assert served.due_on == date(2024, 8, 4)
    returning(demand, treasurer, 50_000)
    demand.refresh_from_db()
    assert demand.state == OverpaymentState.RETURNED.value
