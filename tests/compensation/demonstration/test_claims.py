"""The fund's claims are played by the services, so they obey every rule these obey."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from compensation.demonstration import play
from compensation.models import Claim, Payment
from tests.factories.people import CustomerFactory

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_claims_stand_in_every_state_of_their_way_and_a_second_time_adds_none(settings):
    settings.DEMONSTRATION = True
    call_command("load_reference", verbosity=0)
    CustomerFactory.create_batch(24)

    play(NOW)
    play(NOW)

    states = Counter(Claim.objects.values_list("state", flat=True))
    assert sum(states.values()) == 24
    assert {"SUBMITTED", "IN_REVIEW", "DETAILS_REQUESTED", "PENDING_APPROVAL", "REJECTED"} <= set(states)
    assert Payment.objects.exists()
    for claim in Claim.objects.all():
        instants = list(claim.history.order_by("id").values_list("at", flat=True))
        assert instants == sorted(instants)
        assert claim.history.first().event.startswith("submit")
