"""
What the Registrar's people change by two: the settings of 12.2, a licensee's exemption (CRD-77-a, d), and the days that
are declared by hand in the two calendars of the service (CRD-1-h).
"""

from datetime import date, datetime

from django.db.models import QuerySet

from crm_portal.audit.services.recording import record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.rules.calendars import DECLARED_BY_TWO, CalendarName
from crm_portal.worktime.rules.periods import day_of
from crm_portal.worktime.selectors import FIRST_YEAR, LAST_YEAR
from crm_portal.worktime.services import declaring

from ..models import AdministeredSetting, DualControlProposal, Exemption, Licensee
from ..rules.administered import SETTINGS, is_readable
from ..rules.vital import AT_LICENSEE, NEVER_EXEMPT, payload_of
from ..selectors.proposed import Payload


def check_setting(payload: Payload, licensee: Licensee | None, at: datetime) -> None:
    """
    Whether the setting may have the value from that day on.

    :raises Refused: INVALID_VALUE at `key`, `value` or `valid_from`: what is over is not changed any more
    """
    if payload["key"] not in SETTINGS:
        raise refuse(Code.INVALID_VALUE, "key", clause="CRD-77-a")
    if not is_readable(payload["key"], payload["value"]):
        raise refuse(Code.INVALID_VALUE, "value", clause=SETTINGS[payload["key"]].clause, because="setting_value")
    if date.fromisoformat(payload["valid_from"]) < day_of(at):
        raise refuse(Code.INVALID_VALUE, "valid_from", clause="CRD-77-a", because="past_day")


def change_setting(proposal: DualControlProposal, by: User, at: datetime) -> None:
    """Let an approved value hold from its day."""
    payload = payload_of(proposal.payload_text)
    check_setting(payload, None, at)
    row = AdministeredSetting.objects.create(
        key=payload["key"], value=payload["value"], valid_from=date.fromisoformat(payload["valid_from"]),
        reasons=proposal.reasons, set_at=at, proposal=proposal,
    )  # fmt: skip
    record("credit_setting.change", by=by, at=at, target=row, after={"value": row.value, "from": payload["valid_from"]})


def check_exemption(payload: Payload, licensee: Licensee | None, at: datetime) -> None:
    """
    Whether the exemption has a licensee, a scope, duties in its place and an end; never from the access log.

    :raises Refused: FIELD_REQUIRED or INVALID_VALUE at the field
    """
    if not Licensee.objects.filter(pk=payload["licensee"]).exists():
        raise refuse(Code.INVALID_VALUE, "licensee", clause="CRD-77-d")
    if not payload["operations"] and not payload["from_compartments"]:
        raise refuse(Code.FIELD_REQUIRED, "operations", clause="CRD-77-d")
    allowed = {operation.value for operation in AT_LICENSEE} - {operation.value for operation in NEVER_EXEMPT}
    if not set(payload["operations"]) <= allowed:
        raise refuse(Code.INVALID_VALUE, "operations", clause="CRD-77-d")
    if not payload["substitute_duties"].strip():
        raise refuse(Code.FIELD_REQUIRED, "substitute_duties", clause="CRD-77-d")
    if date.fromisoformat(payload["valid_from"]) < day_of(at):
        raise refuse(Code.INVALID_VALUE, "valid_from", clause="CRD-77-d", because="past_day")
    if payload["valid_until"] < payload["valid_from"]:
        raise refuse(Code.INVALID_VALUE, "valid_until", clause="CRD-77-d", because="dates_reversed")


def exempt(proposal: DualControlProposal, by: User, at: datetime) -> None:
    """Exempt a licensee as it was approved."""
    payload = payload_of(proposal.payload_text)
    check_exemption(payload, None, at)
    row = Exemption.objects.create(
        licensee_id=payload["licensee"],
        operations=sorted(payload["operations"]),
        from_compartments=payload["from_compartments"],
        reasons=proposal.reasons,
        substitute_duties=payload["substitute_duties"].strip(),
        valid_from=date.fromisoformat(payload["valid_from"]),
        valid_until=date.fromisoformat(payload["valid_until"]),
        proposal=proposal,
    )
    record("exemption.begin", by=by, at=at, target=row, after=dict(payload))


def check_day(payload: Payload, licensee: Licensee | None, at: datetime) -> None:
    """
    Whether the day may be declared, or with `is_working` None withdrawn, in a calendar of this service.

    :raises Refused: INVALID_VALUE or FIELD_REQUIRED at the field
    """
    day = date.fromisoformat(payload["day"])
    if payload["calendar"] not in DECLARED_BY_TWO:
        raise refuse(Code.INVALID_VALUE, "calendar", clause="CRD-1-h")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise refuse(Code.INVALID_VALUE, "day", clause="CRD-1-h", because="no_such_day")
    if payload["is_working"] is not None and not payload["name"].strip():
        raise refuse(Code.FIELD_REQUIRED, "name", clause="CRD-1-h")
    if payload["is_working"] is None and not _declared(payload).exists():
        raise refuse(Code.INVALID_VALUE, "day", clause="CRD-1-h", because="day_not_declared")


def declare_day(proposal: DualControlProposal, by: User, at: datetime) -> None:
    """Declare an approved day, or withdraw it; every clock that runs by the calendar is told."""
    payload = payload_of(proposal.payload_text)
    check_day(payload, None, at)
    if payload["is_working"] is None:
        declaring.withdraw_day(declared=_declared(payload).get(), reason=proposal.reasons, by=by, at=at)
        return
    declaring.declare_day(
        calendar=CalendarName(payload["calendar"]), day=date.fromisoformat(payload["day"]),
        is_working=payload["is_working"], name=payload["name"].strip(), reason=proposal.reasons, by=by, at=at,
    )  # fmt: skip


def _declared(payload: Payload) -> QuerySet[CalendarDay]:
    return CalendarDay.objects.select_for_update().filter(calendar=payload["calendar"], day=payload["day"])
