"""Advances and requests of the demonstration, whenever the window to file was opened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compensation.demonstration import asked, cast, window
from compensation.models import AdvanceRequest, EligibilityCheckRequest, FilingExtension
from compensation.rules.codes import AdvanceState
from compensation.services import towns
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_reopened", [False, True], ids=["as printed", "opened anew"])
def test_the_desks_of_advances_and_requests_are_not_empty_and_a_second_play_adds_nothing(settings, is_reopened):
    settings.DEMONSTRATION = True
    now = timezone.now()
    towns.load(overwrite=False)
    CustomerFactory.create_batch(4)
    staff = cast.employ(at=now)
    if is_reopened:
        window.play(manager=staff["gideon"], until=now)

    for at in (now, now + timedelta(hours=1)):
        asked.play(clerk=staff["omer"], manager=staff["gideon"], at=at)

    states = sorted(AdvanceRequest.objects.values_list("state", flat=True))
    assert states == [AdvanceState.PROPOSED.value, AdvanceState.REQUESTED.value]
    assert FilingExtension.objects.get().is_late is not is_reopened
    assert EligibilityCheckRequest.objects.count() == 2
