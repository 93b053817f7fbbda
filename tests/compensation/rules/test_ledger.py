"""The ledger balances after every story of advances, decisions, corrections and returns."""

from decimal import Decimal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from compensation.rules import ledger, payments
from compensation.rules.ledger import Entry, EntryKind, Ledger
from compensation.rules.linkage import Tranche
from compensation.rules.payments import Paid
from compensation.rules.rounding import to_shekel

SHEKELS = st.integers(0, 1_000_000).map(Decimal)
RATES = st.sampled_from([Decimal(0), Decimal("0.05"), Decimal("0.20")])


class Story(RuleBasedStateMachine):
    """What may happen to the money of one claim, in any order."""

    def __init__(self):
        super().__init__()
        self.ledger = Ledger()
        self.approved = Decimal(0)
        self.withheld = Decimal(0)
        self.principals = []
        self.last_payment = Decimal(0)
        self.returned = Decimal(0)  # by the bank, and to be sent again before anything else

    @property
    def before(self):
        return Paid(self.ledger.paid, self.withheld)

    @precondition(lambda self: not self.returned)
    @rule(gross=SHEKELS, rate=RATES)
    def advance(self, gross, rate):
        withheld = to_shekel(gross * rate)
        self.ledger = self.ledger.with_entries(ledger.of_advance(gross, withheld))
        self.withheld += withheld
        self.principals.append(gross)
        self.last_payment = Decimal(0)

    @precondition(lambda self: not self.returned)
    @rule(approved=SHEKELS, rate=RATES, ratio=st.sampled_from(["1", "1.03"]), debt=SHEKELS, lien=SHEKELS)
    def decide_and_pay(self, approved, rate, ratio, debt, lien):
        tranches = [Tranche(part) for part in payments.parts(approved, self.principals)]
        tranches[-1] = Tranche(tranches[-1].amount, Decimal(ratio))
        sheet = payments.sheet(
            approved=approved, withholding_rate=rate, tranches=tranches, before=self.before,
            tax_debts=[debt], liens=[lien],
        )  # fmt: skip
        paid = self.ledger.paid
        entries = ledger.of_payment(
            self.ledger, approved=sheet.approved, linkage=sheet.linkage_and_interest, withheld=sheet.withheld_now,
            tax_debt=sheet.tax_debt, lien=sheet.lien, net=sheet.net_payment,
        )  # fmt: skip
        self.ledger = self.ledger.with_entries(entries)
        self.withheld += sheet.withheld_now
        self.principals.append(self.ledger.paid - paid)
        self.last_payment = sheet.net_payment
        assert self.ledger.total(EntryKind.ENTITLEMENT) == approved
        assert self.ledger.balance == -sheet.overpayment_demand  # nothing is left to pay, and nothing else is owed

    @precondition(lambda self: self.last_payment > 0)
    @rule()
    def bank_returns(self):
        before = self.ledger.balance
        self.ledger = self.ledger.with_entries([Entry(EntryKind.BANK_RETURN, self.last_payment)])
        assert self.ledger.balance == before + self.last_payment
        self.returned, self.last_payment = self.last_payment, Decimal(0)

    @precondition(lambda self: self.returned)
    @rule()
    def it_is_paid_again(self):
        self.ledger = self.ledger.with_entries([Entry(EntryKind.PAYMENT, -self.returned)])
        self.returned = Decimal(0)

    @precondition(lambda self: self.ledger.balance < 0 and not self.returned)
    @rule(share=st.sampled_from([Decimal("0.5"), Decimal(1)]), interest=SHEKELS)
    def claimant_returns(self, share, interest):
        owed = -self.ledger.balance
        principal = to_shekel(owed * share)
        self.ledger = self.ledger.with_entries(ledger.of_repayment(principal, interest))
        assert self.ledger.balance == principal - owed

    @invariant()
    def entitlement_is_what_was_paid_and_what_is_left(self):
        assert self.ledger.due == self.ledger.paid + self.ledger.balance
        assert self.ledger.balance == sum((entry.amount for entry in self.ledger.entries), Decimal(0))

    @invariant()
    def interest_on_a_return_changes_no_entitlement(self):
        assert self.ledger.total(EntryKind.REPAYMENT_INTEREST) == 0

    @invariant()
    def no_entry_is_empty(self):
        assert all(entry.amount for entry in self.ledger.entries)


TestTheMoneyOfAClaim = pytest.mark.req("CMP-8.5.1-a")(Story.TestCase)
