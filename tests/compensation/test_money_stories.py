"""Stories of one claim's money, drawn at random and played by the services: the ledger adds up after each step."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest

from compensation.models import Payment
from compensation.rules.codes import TO_BE_PAID, ClaimState, OverpaymentState, PaymentState
from compensation.selectors.money import ledger_of
from compensation.services import overpaying, owing, paying, transferring
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.money import PAY_AT, account, decide, decided, rates

pytestmark = pytest.mark.django_db


class Story:
    """What may happen to the money of a claim, a day after what happened before."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.at = PAY_AT
        self.treasurer = fund(Role.COMPENSATION_PAYMENTS)
        rates(rate="0.04", now="102")
        self.claim = decided(self.dice.randrange(1, 200_000))
        self.told = []

    @property
    def who(self):
        return {"by": self.treasurer, "at": self.at}

    def go_on(self):
        steps = [self.determine, self.determine, self.owe, self.give_back, self.settle]
        step = self.dice.choice(steps)
        self.told.append(step.__name__)
        step()
        self.at += timedelta(days=self.dice.randrange(1, 40))
        self.claim.refresh_from_db()

    def determine(self):
        """Another determination, as by a correction, an objection or an appeal."""
        amount = self.dice.choice([0, self.dice.randrange(1, 300_000)])
        decide(self.claim, amount, state=ClaimState.APPROVED if amount else ClaimState.REJECTED)

    def owe(self):
        given = {"claimant_id": self.claim.claimant_id, **self.who}
        amount, number = Decimal(self.dice.randrange(1, 30_000)), str(self.dice.random())
        if self.dice.random() < 0.5:
            owing.record_debt(tax="tax", reference=number, amount=amount, since_on=self.at.date(), **given)
        else:
            owing.record_lien(
                creditor="c", authority="a", reference=number, amount=amount, served_on=self.at.date(), bank="1",
                bank_branch="1", bank_account="1", **given,
            )  # fmt: skip

    def give_back(self):
        demand = self.claim.overpayments.filter(state=OverpaymentState.DEMANDED.value).first()
        if demand is not None:
            left = overpaying.left_of(demand)
            owed = left + overpaying.interest_on(demand, left, self.at.date())
            amount = self.dice.choice([owed, Decimal(self.dice.randrange(1, int(owed) + 1))])
            overpaying.record_return(
                overpayment_id=demand.pk, amount=amount, received_on=self.at.date(), reference=str(self.dice.random()),
                **self.who,
            )  # fmt: skip

    def settle(self):
        """Pay what is to be paid through the bank, which may return a part once; or demand what is overpaid."""
        if self.claim.state == ClaimState.REJECTED.value:
            if ledger_of(self.claim).paid > 0 and not self.claim.overpayments.filter(state="DEMANDED").exists():
                overpaying.demand(claim_id=self.claim.pk, **self.who)
            return
        if ClaimState(self.claim.state) not in TO_BE_PAID:
            return
        payment = paying.prepare(claim_id=self.claim.pk, **self.who)
        self.transfer(paying.approve(payment_id=payment.pk, **self.who))

    def transfer(self, payment):
        returns = self.dice.random() < 0.3
        while payment.state == PaymentState.APPROVED.value:
            batch = transferring.export(**self.who)
            lines = [
                f"{line.reference},{line.amount},{'R' if returns else 'S'},{self.at.date()},x"
                for line in batch.lines.all()
            ]
            transferring.import_settlement(content="\n".join(lines).encode(), **self.who)
            if returns:
                payment = paying.prepare_again(payment_id=payment.pk, **self.who)
                payment = paying.approve(payment_id=payment.pk, **self.who)
                returns = False
            payment.refresh_from_db()

    def adds_up(self):
        ledger = ledger_of(self.claim)
        demanded = [
            overpaying.left_of(one) for one in self.claim.overpayments.filter(state=OverpaymentState.DEMANDED.value)
        ]
        assert len(demanded) <= 1, self.told
        latest = self.claim.decisions.order_by("version").last()
        paid = Payment.objects.filter(claim=self.claim, decision=latest, state=PaymentState.SETTLED.value)
        if paid.exists():
            assert ledger.balance == -sum(demanded), self.told
            assert ledger.due == latest.amount + paid.get().linkage_and_interest, self.told
        assert ledger.due == ledger.paid + ledger.balance
        withheld = sum(Payment.objects.filter(claim=self.claim).values_list("withheld_now", flat=True))
        assert withheld == -ledger.total("WITHHOLDING"), self.told


@pytest.mark.req("CMP-8.6.1-a")
@pytest.mark.parametrize("seed", range(6))
def test_the_ledger_adds_up_after_every_step_of_a_story(seed):
    story = Story(seed)
    account(story.claim)
    story.settle()
    for _ in range(12):
        story.go_on()
        story.adds_up()
