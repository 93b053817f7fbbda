"""Absence periods of employees, kept by their coordinator or manager (CRM-3.4-h)."""

from datetime import date, datetime, timedelta

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import Absence, User
from crm_portal.ui.figures import day as shown
from crm_portal.worktime.rules.periods import day_of

from ..rules.access import Action
from ..rules.fields import missing
from ..selectors.supervision import supervised_people

LONGEST = timedelta(days=2 * 366)  # a longer one is a year mistyped
DAY = timedelta(days=1)


@command("absence.enter", target="employee_id")
def enter(*, employee_id: int | None, by: User, at: datetime, from_on: date | None, until_on: date | None) -> Absence:
    """
    Say that an employee is away; the last day counts.

    :raises Refused: FIELD_REQUIRED, OUT_OF_SCOPE for somebody else's employee, INVALID_VALUE for days in the wrong
        order, over already or beyond two years, DUPLICATE when it overlaps another period
    """
    _may(by)
    refuse_if(missing({"employee": employee_id, "from_on": from_on, "until_on": until_on}, "CRM-3.4-h"))
    assert employee_id is not None and from_on is not None and until_on is not None  # noqa: S101, PT018 - asked above
    employee = _employee(employee_id, by)
    _fitting(employee, from_on, until_on, at=at)
    absence = Absence.objects.create(user=employee, from_on=from_on, until_on=until_on, entered_by=by, entered_at=at)
    record("absence.enter", by=by, at=at, target=absence, after=_told(absence))
    return absence


@command("absence.change", target="absence_id")
def change(*, absence_id: int, by: User, at: datetime, from_on: date | None, until_on: date | None) -> Absence:
    """
    Correct the days of a period that is not over.

    :raises Refused: as `enter`
    """
    absence = _locked(absence_id, by, at)
    refuse_if(missing({"from_on": from_on, "until_on": until_on}, "CRM-3.4-h"))
    assert from_on is not None and until_on is not None  # noqa: S101, PT018 - asked above
    _fitting(absence.user, from_on, until_on, at=at, besides=absence)
    before = _told(absence)
    absence.from_on, absence.until_on = from_on, until_on
    absence.save(update_fields=["from_on", "until_on"])
    record("absence.change", by=by, at=at, target=absence, before=before, after=_told(absence))
    return absence


@command("absence.end", target="absence_id")
def end(*, absence_id: int, by: User, at: datetime) -> None:
    """
    Say that the employee is back today: the period ends yesterday, and one that would begin later falls away.

    :raises Refused: OUT_OF_SCOPE, INVALID_VALUE when it is over already
    """
    absence, today = _locked(absence_id, by, at), day_of(at)
    before = _told(absence)
    if absence.from_on >= today:
        record("absence.end", by=by, at=at, target=absence, before=before)
        absence.delete()
        return
    absence.until_on = today - DAY
    absence.save(update_fields=["until_on"])
    record("absence.end", by=by, at=at, target=absence, before=before, after=_told(absence))


def _may(by: User) -> None:
    if not by.may(Action.KEEP_ABSENCES):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-3.4-h")


def _employee(employee_id: int, by: User) -> User:
    """The employee, locked so that two overlapping periods entered at once cannot both stand."""
    employee = User.objects.select_for_update().filter(pk=employee_id).first()
    if employee is None or not supervised_people(by).filter(pk=employee_id).exists():
        raise refuse(Code.OUT_OF_SCOPE, "employee", clause="CRM-3.4-h")
    return employee


def _locked(absence_id: int, by: User, at: datetime) -> Absence:
    _may(by)
    user_id = Absence.objects.filter(pk=absence_id).values_list("user_id", flat=True).first()
    if user_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    _employee(user_id, by)
    absence = Absence.objects.select_related("user").filter(pk=absence_id).first()
    if absence is None:
        raise refuse(Code.OUT_OF_SCOPE)
    if absence.until_on < day_of(at):
        raise refuse(Code.INVALID_VALUE, "until_on", clause="CRM-3.4-h", because="absence_over")
    return absence


def _fitting(employee: User, from_on: date, until_on: date, *, at: datetime, besides: Absence | None = None) -> None:
    if until_on < from_on:
        raise refuse(Code.INVALID_VALUE, "until_on", clause="CRM-3.4-h", because="absence_order")
    if until_on < day_of(at):
        raise refuse(Code.INVALID_VALUE, "until_on", clause="CRM-3.4-h", because="absence_over")
    if until_on - from_on > LONGEST:
        raise refuse(Code.INVALID_VALUE, "until_on", clause="CRM-3.4-h", because="absence_long")
    others = Absence.objects.filter(user=employee, from_on__lte=until_on, until_on__gte=from_on)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if (other := others.first()) is not None:
        raise refuse(
            Code.DUPLICATE, "from_on", clause="CRM-3.4-h", because="absence_overlaps",
            from_on=shown(other.from_on), until_on=shown(other.until_on),
        )  # fmt: skip


def _told(absence: Absence) -> dict[str, object]:
    return {
        "employee": absence.user_id, "from_on": absence.from_on.isoformat(), "until_on": absence.until_on.isoformat(),
    }  # fmt: skip
