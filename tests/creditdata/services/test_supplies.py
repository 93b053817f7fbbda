"""A source that lets its time pass is late until it supplies (CRD-0-d, T1 to T5)."""

from datetime import date, datetime, timedelta

import pytest

from creditdata.models import SupplyLate, UpdateDirective
from creditdata.rules.codes import RecordKind, SourceType
from creditdata.rules.supplies import SupplyGroup
from creditdata.services import supplies
from crm_portal.worktime.rules.calendars import JERUSALEM
from tests.factories.people import UserFactory

from ..supplying import AT, TODAY, order, supplied, update, written

pytestmark = pytest.mark.django_db

HEADER = written([], list(order(1)))


def night(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=JERUSALEM) + timedelta(hours=1)


def late(licensee):
    return list(SupplyLate.objects.for_licensee(licensee).open())


@pytest.mark.req("CRD-4-b")
def test_the_official_receiver_is_late_after_seven_business_days_and_not_before(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])  # Sunday 1 March; the seventh business day is Monday 9 March
    assert supplies.check_supplies(at=night(date(2026, 3, 9))) == 0
    assert supplies.check_supplies(at=night(date(2026, 3, 10))) == 1
    incident = late(licensee)[0]
    assert (incident.group, incident.last_supply_on, incident.due_on) == ("ORDERS", TODAY, date(2026, 3, 9))


@pytest.mark.req("CRD-10-b")
def test_the_execution_office_is_late_after_fourteen(licensee, source_of):
    source_of(SourceType.EXECUTION_OFFICE, from_on=TODAY)
    assert supplies.check_supplies(at=night(date(2026, 3, 17))) == 0
    assert supplies.check_supplies(at=night(date(2026, 3, 18))) == 1
    assert late(licensee)[0].last_supply_on is None


@pytest.mark.req("CRD-18-b")
@pytest.mark.parametrize(
    ("of", "due_on"),
    [(SourceType.BANKING_CORPORATION, date(2026, 3, 10)), (SourceType.CARD_ISSUER, date(2026, 3, 9))],
)
def test_warnings_are_due_by_the_suppliers_own_calendar(licensee, source_of, of, due_on):
    source_of(of, from_on=TODAY)  # Purim, 3 March, is no business day of banks
    supplies.check_supplies(at=night(date(2026, 3, 12)))
    assert [(one.group, one.due_on) for one in late(licensee)] == [(SupplyGroup.WARNINGS, due_on)]


@pytest.mark.req("CRD-0-d")
def test_there_is_one_incident_until_the_supply_comes_and_then_none(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    when = night(date(2026, 3, 12))
    assert [supplies.check_supplies(at=when), supplies.check_supplies(at=when + timedelta(days=1))] == [1, 0]
    later = date(2026, 3, 13)
    supplied(licensee, receiver, clerk, HEADER, on=later, as_of=None, at=night(later))
    assert late(licensee) == []
    assert supplies.check_supplies(at=night(date(2026, 3, 15))) == 0


@pytest.mark.req("CRD-0-d")
def test_a_supply_of_any_kind_of_the_group_renews_it(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    day = date(2026, 3, 9)
    supplied(
        licensee, receiver, clerk, [update(1)], kind=RecordKind.BANKRUPTCY_UPDATE, on=day, as_of=day, at=night(day)
    )
    assert supplies.check_supplies(at=night(date(2026, 3, 12))) == 0


@pytest.mark.req("CRD-0-d")
def test_an_unreadable_file_is_no_supply(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    day = date(2026, 3, 9)
    supplied(licensee, receiver, clerk, b"", on=day, as_of=None, at=night(day))
    assert supplies.check_supplies(at=night(date(2026, 3, 12))) == 1


def test_nobody_watches_authorised_sources_and_courts(licensee, source_of):
    source_of(SourceType.AUTHORISED_SOURCE, from_on=TODAY)
    source_of(SourceType.COURT, from_on=TODAY)
    assert supplies.check_supplies(at=night(date(2027, 3, 1))) == 0


@pytest.mark.req("CRD-86-a")
def test_the_registrars_directive_in_force_on_the_day_sets_the_limit(licensee, source_of):
    court = source_of(SourceType.COURT, from_on=TODAY)
    UpdateDirective.objects.create(
        source=court, max_interval_bd=3, valid_from=date(2026, 3, 2), valid_until=date(2026, 3, 8),
        reason="פיגורים חוזרים", issued_by=UserFactory(), issued_at=AT,
    )  # fmt: skip
    assert supplies.check_supplies(at=night(date(2026, 3, 4))) == 0
    assert supplies.check_supplies(at=night(date(2026, 3, 9))) == 0
    assert supplies.check_supplies(at=night(date(2026, 3, 5))) == 1


@pytest.mark.req("CRD-86-a")
def test_the_validator_uses_the_directive_of_the_day(licensee, receiver, clerk):
    from ..supplying import fates

    old = TODAY - timedelta(days=30)
    assert fates(supplied(licensee, receiver, clerk, [order(1)], as_of=old)) == [("REJECTED", "AS_OF_TOO_OLD")]
    UpdateDirective.objects.create(
        licensee=licensee, max_lag_bd=40, max_interval_bd=7, valid_from=TODAY, reason="תקלה במקור",
        issued_by=UserFactory(), issued_at=AT,
    )  # fmt: skip
    assert fates(supplied(licensee, receiver, clerk, [order(2)], as_of=old)) == [("ACCEPTED",)]
