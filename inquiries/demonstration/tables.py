"""What the CRM department has kept in its tables: trustees, a declared day, a change of routing that is to come."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from crm_portal.people.models import RoleGrant
from crm_portal.people.rules.roles import Role, Scope
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.rules.calendars import CalendarName
from crm_portal.worktime.services import declaring
from routing.models import BusinessUnit, LocalityMap, UnitMember

WITHOUT_TRUSTEE = ("re-haifa", "msm-karmiel")  # so that the list of units without one has something to show
ELECTION_DAY, TUESDAY = "יום בחירות", 1
MOVES = "ראש העין"


def furnish(*, at: datetime) -> None:
    """Bring the tables to where they would be after some time; a second call changes nothing."""
    _appoint_trustees()
    if not CalendarDay.objects.exists():
        day = timezone.localdate(at) - timedelta(days=21)
        day -= timedelta(days=(day.weekday() - TUESDAY) % 7)
        declaring.declare_day(
            calendar=CalendarName.AUTHORITY, day=day, is_working=False, name=ELECTION_DAY, reason="החלטת הממשלה",
            by=None, at=at,
        )  # fmt: skip
    _plan_a_move(timezone.localdate(at))


def _appoint_trustees() -> None:
    """One employee of each unit, besides his other role (CRM-8-a)."""
    for unit in BusinessUnit.objects.exclude(code__in=WITHOUT_TRUSTEE):
        members = UnitMember.objects.filter(unit=unit).order_by("pk")
        if members.filter(user__role_grants__role=Role.CRM_TRUSTEE.value).exists():
            continue
        if (member := members.last()) is not None:
            RoleGrant.objects.get_or_create(
                user=member.user, role=Role.CRM_TRUSTEE.value, scope=Scope.UNIT.value, defaults={"level": 1}
            )


def _plan_a_move(today: date) -> None:
    """From the first of a coming month another office serves a locality; until then nothing changes (CRM-7-q)."""
    present = LocalityMap.objects.filter(locality=MOVES, valid_until=None).first()
    if present is None or LocalityMap.objects.filter(locality=MOVES).count() > 1:
        return
    first = (today.replace(day=1) + timedelta(days=62)).replace(day=1)
    LocalityMap.objects.filter(pk=present.pk).update(valid_until=first - timedelta(days=1))
    LocalityMap.objects.create(
        locality=present.locality, income_tax_office=BusinessUnit.objects.get(code="it-jerusalem"),
        vat_office=present.vat_office, msm_unit=present.msm_unit, valid_from=first,
    )  # fmt: skip
