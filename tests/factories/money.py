"""Decided claims for the tests of payments, and the tables of linkage and interest."""

from datetime import UTC, date, datetime
from decimal import Decimal

from compensation.models import Claim, Decision, IndexValue, InterestRate
from compensation.rules.codes import ClaimState, DecisionKind
from crm_portal.people.rules.roles import Role

from .compensation import ClaimFactory, fund

DECIDED_AT = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)
PAY_AT = datetime(2024, 5, 6, 9, 0, tzinfo=UTC)
FILED_ON = date(2023, 11, 20)


def rates(*, index: str = "100", now: str = "100", rate: str = "0") -> None:
    """An index before the filing and another since April 2024, and one rate."""
    IndexValue.objects.create(published_on=date(2023, 10, 15), value=Decimal(index), recorded_at=DECIDED_AT)
    IndexValue.objects.create(published_on=date(2024, 4, 15), value=Decimal(now), recorded_at=DECIDED_AT)
    InterestRate.objects.create(from_on=date(2023, 1, 1), rate=Decimal(rate), recorded_at=DECIDED_AT)


def account(claim: Claim) -> Claim:
    """Give the claimant a bank account."""
    claim.claimant.bank, claim.claimant.bank_branch, claim.claimant.bank_account = "12", "600", "123456"
    claim.claimant.save()
    return claim


def decided(amount: int = 218_348, *, state: ClaimState = ClaimState.APPROVED, **fields: object) -> Claim:
    """A claim that was filed and decided, with a bank account."""
    claim = ClaimFactory(
        filed=True,
        state=state.value,
        determined_amount=Decimal(amount),
        decided_at=DECIDED_AT,
        pay_by_on=date(2024, 5, 15),
        **fields,
    )
    decide(claim, amount, state=state, kind=DecisionKind.FIRST)
    return account(claim)


def decide(claim: Claim, amount: int, *, state: ClaimState, kind: DecisionKind = DecisionKind.CORRECTION) -> Decision:
    """A new version of its determination."""
    Claim.objects.filter(pk=claim.pk).update(state=state.value, determined_amount=amount)
    return Decision.objects.create(
        claim=claim,
        version=claim.decisions.count() + 1,
        kind=kind.value,
        outcome=state.value,
        amount=amount,
        proposed_by=fund(Role.COMPENSATION_CLERK),
        approved_by=fund(Role.COMPENSATION_MANAGER),
        decided_at=DECIDED_AT,
    )
