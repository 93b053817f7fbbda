"""A wage claim waits for its employees in the demonstration."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from compensation.demonstration import wages
from compensation.models import Claim, EmployeeRow
from compensation.rules.codes import ClaimState
from tests.factories.people import CustomerFactory

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_one_employee_declared_one_disputes_and_the_others_are_waited_for(settings):
    settings.DEMONSTRATION = True
    call_command("load_reference", verbosity=0)
    CustomerFactory()

    wages.play(NOW)
    wages.play(NOW)

    claim = Claim.objects.get()
    assert claim.state == ClaimState.AWAITING_EMPLOYEE_DECLARATIONS
    assert claim.claimed_amount > 0
    assert EmployeeRow.objects.filter(declared_at__isnull=False).count() == 1
    assert EmployeeRow.objects.filter(disputed_at__isnull=False).count() == 1
