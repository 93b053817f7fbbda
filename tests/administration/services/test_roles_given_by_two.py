"""What two persons decide in credit data, the CRM department does not: its roles, and the days of its calendars."""

from datetime import date

import pytest

from crm_portal.administration.registry import TABLES
from crm_portal.administration.rules.days import DayRow
from crm_portal.administration.selectors.rows import stamp_of
from crm_portal.administration.services import calendars, keeping
from crm_portal.errors import Refused
from crm_portal.people.models import RoleGrant
from crm_portal.people.rules.access import GIVEN_BY_TWO
from crm_portal.people.rules.roles import Role, Scope
from crm_portal.worktime.models import CalendarDay
from tests.administration.services.test_keeping import NOW
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted(GIVEN_BY_TWO))
def test_the_department_gives_no_role_of_credit_data(department, role):
    values = {"user": UserFactory(), "role": role, "scope": Scope.ALL.value, "level": 0}

    with pytest.raises(Refused) as caught:
        keeping.save_row(table="roles", row_id=None, values=values, by=department, at=NOW, seen="")

    assert [one.details.get("because") for one in caught.value.refusals] == ["given_by_two"]
    assert not RoleGrant.objects.filter(role=role).exists()
    assert role not in dict(TABLES["roles"].choices["role"]())


def test_the_department_takes_no_role_of_credit_data(department):
    grant = RoleGrant.objects.create(user=UserFactory(), role=Role.LICENSEE_SECURITY.value, scope=Scope.ALL.value)

    with pytest.raises(Refused):
        keeping.end_row(table="roles", row_id=str(grant.pk), last_day=None, seen=stamp_of(grant), by=department, at=NOW)

    assert RoleGrant.objects.filter(pk=grant.pk).exists()


@pytest.mark.req("CRD-1-h")
@pytest.mark.parametrize("name", ["general", "banking"])
def test_the_department_declares_no_day_of_the_calendars_of_credit_data(department, name):
    given = {"calendar": name, "day": date(2026, 12, 1), "reason": "סיבה", "by": department, "at": NOW}
    for call in (
        lambda: calendars.declare_day(is_working=False, name="השבתה", **given),
        lambda: calendars.withdraw_day(**given),
        lambda: calendars.import_days(
            calendar=name, days=[DayRow(given["day"], "השבתה")], reason="סיבה", by=department, at=NOW
        ),
    ):
        with pytest.raises(Refused) as caught:
            call()
        assert [one.details.get("because") for one in caught.value.refusals] == ["day_by_two"]
    assert not CalendarDay.objects.exists()
