"""Absence periods of employees (CRM-3.4-h)."""

from datetime import date, datetime, timedelta

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.people.models import Absence
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.rules.calendars import JERUSALEM
from inquiries.services import absences, assigning
from tests.factories.inquiries import InquiryFactory, clerk, fresh, later
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.req("CRM-3.4-h")]
AT = datetime(2026, 11, 10, 9, 0, tzinfo=JERUSALEM)
TODAY = date(2026, 11, 10)
DAY = timedelta(days=1)


@pytest.fixture
def team():
    return TeamFactory(members=[clerk()], coordinators=[UserFactory(roles=[Role.COORDINATOR])])


@pytest.fixture
def coordinator(team):
    return team.members.get(is_coordinator=True).user


@pytest.fixture
def employee(team):
    return team.members.get(is_coordinator=False).user


def enter(employee, by, first=0, last=3, **changes):
    given = {"employee_id": employee.pk, "from_on": TODAY + first * DAY, "until_on": TODAY + last * DAY}
    return absences.enter(by=by, at=AT, **given | changes)


def test_a_coordinator_enters_one_of_the_team_and_it_is_audited(coordinator, employee):
    absence = enter(employee, coordinator)

    assert (absence.user, absence.entered_by) == (employee, coordinator)
    assert AuditEvent.objects.get(action="absence.enter").after["until_on"] == "2026-11-13"


@pytest.mark.parametrize("role", [Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER, Role.CRM_TRUSTEE])
def test_who_supervises_the_unit_enters_anybody_of_it(team, employee, role):
    supervisor = UserFactory(roles=[role])
    team.unit.members.create(user=supervisor)

    assert enter(employee, supervisor).user == employee


def test_nobody_enters_other_peoples_employees(coordinator, employee, refusing):
    other = TeamFactory(members=[clerk()]).members.get().user

    with refusing(Code.OUT_OF_SCOPE):
        enter(other, coordinator)
    with refusing(Code.PERMISSION_DENIED):
        enter(employee, employee)


@pytest.mark.parametrize("field", ["employee", "from_on", "until_on"])
def test_what_is_missing_is_named(coordinator, employee, refusing, field):
    with refusing(Code.FIELD_REQUIRED, field):
        enter(employee, coordinator, **{"employee_id" if field == "employee" else field: None})


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-3, -1), (0, 2 * 366 + 1)], ids=["order", "over", "too long"])
def test_days_that_cannot_be_are_refused_at_the_last_one(coordinator, employee, refusing, first, last):
    with refusing(Code.INVALID_VALUE, "until_on"):
        enter(employee, coordinator, first, last)


@pytest.mark.parametrize(("first", "last", "fits"), [
    (-5, 0, False), (3, 9, False), (1, 2, False), (-5, 9, False), (4, 9, True), (-5, -1, None),
])  # fmt: skip
def test_two_periods_of_one_employee_do_not_overlap(coordinator, employee, refusing, first, last, fits):
    enter(employee, coordinator)

    if fits:
        enter(employee, coordinator, first, last)
    elif fits is False:
        with refusing(Code.DUPLICATE, "from_on") as caught:
            enter(employee, coordinator, first, last)
        assert caught.value.refusals[0].details["until_on"] == "13.11.2026"
    assert Absence.objects.count() == (2 if fits else 1)


def test_a_period_is_changed_beside_itself_but_not_onto_another(coordinator, employee, refusing):
    absence = enter(employee, coordinator)
    enter(employee, coordinator, 10, 12)
    change = {"absence_id": absence.pk, "by": coordinator, "at": AT, "from_on": TODAY}

    absences.change(**change, until_on=TODAY + 5 * DAY)
    with refusing(Code.DUPLICATE):
        absences.change(**change, until_on=TODAY + 11 * DAY)

    assert Absence.objects.get(pk=absence.pk).until_on == TODAY + 5 * DAY


def test_who_is_back_today_is_absent_until_yesterday(coordinator, employee, refusing):
    absence = enter(employee, coordinator, -2, 5)

    absences.end(absence_id=absence.pk, by=coordinator, at=AT)

    assert Absence.objects.get().until_on == TODAY - DAY
    with refusing(Code.INVALID_VALUE):
        absences.end(absence_id=absence.pk, by=coordinator, at=AT)


def test_one_that_has_not_begun_falls_away_and_the_audit_keeps_it(coordinator, employee):
    absence = enter(employee, coordinator, 2, 5)

    absences.end(absence_id=absence.pk, by=coordinator, at=AT)

    assert not Absence.objects.exists()
    assert AuditEvent.objects.get(action="absence.end").before["from_on"] == "2026-11-12"


def test_assigning_to_who_was_entered_absent_asks_to_confirm(refusing):
    inquiry = InquiryFactory()
    supervisor, colleague = UserFactory(roles=[Role.OFFICE_MANAGER]), clerk()
    inquiry.handling_unit.members.create(user=supervisor)
    inquiry.handling_team.members.create(user=colleague)
    at = later(inquiry)
    absences.enter(employee_id=colleague.pk, by=supervisor, at=at, from_on=at.date(), until_on=at.date())
    give = {"inquiry_id": inquiry.pk, "employee_id": colleague.pk, "by": supervisor, "at": at}

    with refusing(Code.CONFIRMATION_REQUIRED, "confirm_absent"):
        assigning.assign_to_employee(**give)
    assigning.assign_to_employee(**give, confirm_absent=True)

    assert fresh(inquiry).owner == colleague


def test_the_day_after_the_last_nothing_is_asked():
    inquiry = InquiryFactory()
    colleague = clerk()
    inquiry.handling_team.members.create(user=colleague)
    at = later(inquiry)
    Absence.objects.create(
        user=colleague, from_on=at.date() - 3 * DAY, until_on=at.date() - DAY, entered_by=colleague, entered_at=at
    )

    assigning.assign_to_employee(inquiry_id=inquiry.pk, employee_id=colleague.pk, by=inquiry.clerk, at=at)

    assert fresh(inquiry).owner == colleague
