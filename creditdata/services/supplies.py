"""Watch that each source supplies in time (CRD-0-d)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q

from crm_portal.audit.services.recording import record
from crm_portal.worktime.rules.calendars import BusinessCalendar, CalendarName
from crm_portal.worktime.rules.periods import day_of
from crm_portal.worktime.selectors import calendar

from ..models import IntakeBatch, SourceAgreement, SupplyLate
from ..rules.codes import LicenceStatus, RecordKind, SourceType
from ..rules.directives import Directive
from ..rules.supplies import GROUP_OF, GROUPS_OF, SupplyGroup, watch
from ..selectors.directives import directives


def check_supplies(*, at: datetime) -> int:
    """Open an incident for each supply that is late and has none; gives how many were opened. Safe to run twice."""
    known, today = directives(), day_of(at)
    calendars = {name: calendar(name) for name in (CalendarName.GENERAL, CalendarName.BANKING)}
    agreements = (
        SourceAgreement.objects.of_every_licensee()
        .filter(Q(until_on__isnull=True) | Q(until_on__gte=today), from_on__lte=today)
        .filter(licensee__licences__status=LicenceStatus.GRANTED.value)
        .select_related("source", "licensee")
    )
    last = _last_supplies()
    return sum(
        _check(agreement, group, last, known, calendars[agreement.source.calendar], at)
        for agreement in agreements
        for group in GROUPS_OF[SourceType(agreement.source.type)]
    )


def came(*, batch: IntakeBatch, at: datetime) -> None:
    """A supply came, with rows or without: its incident is over."""
    late = SupplyLate.objects.for_licensee(batch.licensee_id).open()
    for incident in late.filter(source=batch.source_id, group=GROUP_OF[RecordKind(batch.kind)]):
        incident.closed_at = at
        incident.save(update_fields=["closed_at"])
        record("supply_late.close", by=None, at=at, target=incident)


@transaction.atomic
def _check(
    agreement: SourceAgreement,
    group: SupplyGroup,
    last: dict[tuple[int, int, SupplyGroup], date],
    known: list[Directive],
    days: BusinessCalendar,
    at: datetime,
) -> bool:
    last_on = last.get((agreement.licensee_id, agreement.source_id, group))
    watched = watch(
        group,
        max(filter(None, (last_on, agreement.from_on))),
        day_of(at),
        directives=known,
        source_type=SourceType(agreement.source.type),
        licensee_id=agreement.licensee_id,
        source_id=agreement.source_id,
        calendar=days,
    )
    if watched is None or not watched.is_late(day_of(at)):
        return False
    # Two workers at once: the second waits here and then finds the first one's incident.
    SourceAgreement.objects.for_licensee(agreement.licensee_id).select_for_update(no_key=True).get(pk=agreement.pk)
    there = SupplyLate.objects.for_licensee(agreement.licensee_id).open()
    if there.filter(source=agreement.source_id, group=group.value).exists():
        return False
    incident = SupplyLate.objects.create(
        licensee=agreement.licensee,
        source=agreement.source,
        group=group.value,
        last_supply_on=last_on,
        due_on=watched.due_on,
        opened_at=at,
    )
    record("supply_late.open", by=None, at=at, target=incident, after={"due_on": watched.due_on.isoformat()})
    return True


def _last_supplies() -> dict[tuple[int, int, SupplyGroup], date]:
    """The last day on which each source made each group available to each licensee, in one query."""
    found: dict[tuple[int, int, SupplyGroup], date] = {}
    rows = IntakeBatch.objects.of_every_licensee().supplies().order_by().values_list("licensee", "source", "kind")
    for licensee, source, kind, day in rows.annotate(Max("made_available_on")):
        key = (licensee, source, GROUP_OF[RecordKind(kind)])
        found[key] = max(day, found.get(key, day))
    return found
