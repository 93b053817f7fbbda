"""The fund has somebody of each role to try."""

from datetime import UTC, datetime

import pytest

from compensation.demonstration import cast
from compensation.rules.access import FUND
from crm_portal.people.models import User

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_there_is_somebody_of_each_role_of_the_fund_and_a_second_time_adds_nobody(settings):
    settings.DEMONSTRATION = True

    staff = cast.employ(at=NOW)
    cast.employ(at=NOW)

    assert {role for user in staff.values() for role in user.roles} == FUND
    assert User.objects.filter(demonstration__isnull=False).count() == len(staff)
