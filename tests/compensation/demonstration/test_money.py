"""The money of the demonstration: one claim at each step, and nothing more the second time."""

import pytest

from compensation.demonstration import money
from compensation.models import LedgerEntry, Payment
from compensation.selectors.treasury import claims_to_prepare
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.money import PAY_AT, decided

pytestmark = pytest.mark.django_db


def test_decided_claims_stand_at_each_step_of_their_payment():
    for _ in money.STEPS:
        decided()
    treasurer = fund(Role.COMPENSATION_PAYMENTS)

    money.play(treasurer=treasurer, at=PAY_AT)

    states = sorted(Payment.objects.values_list("state", flat=True))
    assert states == ["APPROVED", "EXPORTED", "PREPARED", "RETURNED", "SETTLED"]
    assert claims_to_prepare().count() == 1
    entries = LedgerEntry.objects.count()
    money.play(treasurer=treasurer, at=PAY_AT)
    assert LedgerEntry.objects.count() == entries
