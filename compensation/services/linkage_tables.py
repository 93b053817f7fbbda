"""The dated tables that the manager adds to: indexes, rates of interest, holidays (CMP-8.4.7-a, CMP-3.2.1-b)."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import IndexValue, InterestRate, Programme, RestDay
from ..rules.access import Action


@command("index.keep")
def keep_index(*, published_on: date, value: Decimal, by: User, at: datetime) -> IndexValue:
    """
    Add an index by the day of its publication; one that was published does not change.

    :raises Refused: PERMISSION_DENIED, INVALID_VALUE for no index, DUPLICATE for the same day
    """
    _manager(by)
    if value <= 0:
        raise refuse(Code.INVALID_VALUE, "value", clause="CMP-8.4.7-a")
    if IndexValue.objects.filter(published_on=published_on).exists():
        raise refuse(Code.DUPLICATE, "published_on", clause="CMP-8.4.7-a")
    row = IndexValue.objects.create(published_on=published_on, value=value, recorded_by=by, recorded_at=at)
    record("index.keep", by=by, at=at, target=row, after={"on": str(published_on), "value": str(value)})
    return row


@command("interest.keep")
def keep_interest(*, from_on: date, rate: Decimal, by: User, at: datetime) -> InterestRate:
    """
    Add an annual rate of interest from a day on; the rate before it ends there.

    :raises Refused: PERMISSION_DENIED, INVALID_VALUE for no fraction, DUPLICATE for the same day
    """
    _manager(by)
    if not 0 <= rate <= 1:
        raise refuse(Code.INVALID_VALUE, "rate", clause="CMP-8.4.7-a")
    if InterestRate.objects.filter(from_on=from_on).exists():
        raise refuse(Code.DUPLICATE, "from_on", clause="CMP-8.4.7-a")
    row = InterestRate.objects.create(from_on=from_on, rate=rate, recorded_by=by, recorded_at=at)
    record("interest.keep", by=by, at=at, target=row, after={"from": str(from_on), "rate": str(rate)})
    return row


@command("rest_day.add")
def add_rest_day(*, code: str, day: date, name: str, by: User, at: datetime) -> RestDay:
    """
    Add a holiday: no last day of a claimant falls on it.

    :raises Refused: PERMISSION_DENIED, FIELD_REQUIRED without a name, DUPLICATE for the same day
    """
    _manager(by)
    programme = Programme.objects.select_for_update().get(code=code)
    if not name.strip():
        raise refuse(Code.FIELD_REQUIRED, "name", clause="CMP-3.2.1-b")
    if programme.rest_days.filter(day=day).exists():
        raise refuse(Code.DUPLICATE, "day", clause="CMP-3.2.1-b")
    row = programme.rest_days.create(day=day, name=name.strip())
    Programme.objects.filter(pk=programme.pk).update(edition=F("edition") + 1)
    record("rest_day.add", by=by, at=at, target=programme, after={"day": str(day), "name": name.strip()})
    return row


def _manager(by: User) -> None:
    if not by.may(Action.KEEP_PROGRAMME):
        raise refuse(Code.PERMISSION_DENIED)
