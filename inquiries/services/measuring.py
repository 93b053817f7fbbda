"""Work out how inquiries stand, for the reports: durations, answers, dwell, and by what each is counted."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from crm_portal.people.models import TaxFile
from crm_portal.worktime.rules.calendars import CalendarName
from crm_portal.worktime.selectors import calendar

from ..models import AnswerTime, Dwell, FiguresDay, Inquiry, InquiryMeasures, Message, StatusHistory
from ..rules import clock
from ..rules.answer_times import Answered, Said, answers
from ..rules.codes import CLOSED, Side, Status
from ..rules.figures import Inquirer
from ..selectors.clocks import Clock, clock_of
from ..selectors.moments import midnight

BATCH = 500
RUNS_ON = timedelta(hours=1)  # a running clock alone is read so often; whatever happens to an inquiry, at the next run
_ALONE = 0x0F16_0235  # the advisory lock of the one worker that measures and adds up
KEPT = [
    field.attname for field in InquiryMeasures._meta.concrete_fields if not field.primary_key
]  # all but the inquiry itself


def stale(at: datetime) -> QuerySet[Inquiry]:
    """The inquiries that were not measured since they or their target changed, or whose clock ran on for an hour."""
    none = Value(-1)
    target = Coalesce(F("triplet__sla_target_hours"), F("triplet__tax_system__sla_target_hours"), none)
    rows = Inquiry.objects.submitted().annotate(target=target, by=Coalesce(F("measures__target_hours"), none))
    return rows.filter(
        Q(measures__isnull=True)
        | ~Q(measures__version=F("version"))
        | Q(measures__runs=True, measures__measured_at__lte=at - RUNS_ON)
        | ~Q(by=F("target"))
    )


def measure_stale(*, at: datetime) -> int:
    """Measure whatever is stale, batch by batch, each in a transaction of its own; how many were measured."""
    measured, last = 0, 0
    while batch := list(_read(stale(at).filter(pk__gt=last))[:BATCH]):
        with transaction.atomic():
            if not alone():
                break
            measure(batch, at=at)
        measured, last = measured + len(batch), batch[-1].pk
    return measured


def alone(*, wait: bool = False) -> bool:
    """Whether this transaction is the only one at the figures; another then leaves, or waits until it is its turn."""
    take = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {take}(%s)", [_ALONE])
        return wait or bool(cursor.fetchone()[0])


@transaction.atomic
def forget(days: Iterable[date] | None) -> None:
    """
    Let everything be measured anew whose clock may have counted one of these days (CRM-2.1.7-e); None: everything.

    It waits for whoever measures by the calendar as it was, lest he says afterwards that he measured.
    """
    alone(wait=True)
    if days is None:
        InquiryMeasures.objects.update(version=0)
        return
    for day in days:
        after = midnight(day + timedelta(days=1))
        touched = Q(inquiry__closed_at=None) | Q(inquiry__closed_at__gt=midnight(day))
        InquiryMeasures.objects.filter(touched, opened_at__lt=after).update(version=0)


def measure(inquiries: Sequence[Inquiry], *, at: datetime) -> None:
    """Measure these inquiries and mark the days whose figures change by it; call it in a transaction."""
    pks = [inquiry.pk for inquiry in inquiries]
    clocks = clock_of(inquiries, at)
    known = {row.pk: row for row in InquiryMeasures.objects.filter(pk__in=pks)}
    file_types = _file_types(inquiries)
    said = _said(pks)
    answered = _answers(inquiries, clocks, said)
    rows = [
        _row(
            one, clocks[one.pk], at, file_type=file_types.get((one.customer_id, _system(one)), ""),
            customer_messages=sum(not message.by_employee for message in said[one.pk]),
        )
        for one in inquiries
    ]  # fmt: skip
    InquiryMeasures.objects.bulk_create(rows, update_conflicts=True, unique_fields=["inquiry"], update_fields=KEPT)
    Dwell.objects.filter(inquiry__in=pks).delete()
    Dwell.objects.bulk_create(
        Dwell(inquiry_id=pk, team_id=team, employee_id=employee, seconds=_seconds(length))
        for pk, one in clocks.items()
        for (team, employee), length in one.by_holder.items()
        if team is not None
    )
    AnswerTime.objects.filter(inquiry__in=pks).delete()
    AnswerTime.objects.bulk_create(
        AnswerTime(
            message_id=one.id, inquiry_id=pk, answered_on=timezone.localdate(one.at), team_id=one.team,
            is_first=one.is_first, seconds=_seconds(one.took),
        )
        for pk, found in answered.items()
        for one in found
    )  # fmt: skip
    moved = [row.pk for row in rows if row.pk not in known or known[row.pk].version != row.version]
    _mark({row.opened_on for row in rows} | _days_of(moved), at)


def _read(inquiries: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    return inquiries.select_related("triplet__tax_system", "customer").defer("description").order_by("pk")


def _row(inquiry: Inquiry, found: Clock, at: datetime, *, file_type: str, customer_messages: int) -> InquiryMeasures:
    assert inquiry.opened_at is not None and inquiry.triplet is not None  # noqa: S101, PT018 - only drafts have none
    status = Status(inquiry.status)
    return InquiryMeasures(
        inquiry=inquiry,
        version=inquiry.version,
        measured_at=at,
        runs=status not in clock.STANDS_STILL,
        opened_at=inquiry.opened_at,
        opened_on=timezone.localdate(inquiry.opened_at),
        unit_id=inquiry.handling_unit_id,
        team_id=inquiry.handling_team_id,
        triplet=inquiry.triplet,
        channel=inquiry.channel_id,
        status=inquiry.status,
        customer_kind=inquiry.customer.kind if inquiry.customer else "",
        inquirer=_inquirer(inquiry).value,
        file_type=file_type,
        customer_messages=customer_messages,
        net_seconds=_seconds(found.net),
        target_hours=None if found.target is None else found.target // timedelta(hours=1),
        indicator=_indicator(found, status),
    )


def _indicator(found: Clock, status: Status) -> str:
    """A closed inquiry is no longer near its target: it kept it or it did not."""
    if found.indicator is None:
        return ""
    kept = status in CLOSED and found.indicator is clock.Indicator.NEAR
    return clock.Indicator.WITHIN.value if kept else found.indicator.value


def _inquirer(inquiry: Inquiry) -> Inquirer:
    if inquiry.representative_id is not None:
        return Inquirer.OWN_NAME if inquiry.is_own_name else Inquirer.REPRESENTATIVE
    return Inquirer.CUSTOMER if inquiry.customer_id is not None else Inquirer.UNIDENTIFIED


def _system(inquiry: Inquiry) -> str:
    return inquiry.triplet.tax_system_id if inquiry.triplet else ""


def _file_types(inquiries: Iterable[Inquiry]) -> dict[tuple[int | None, str], str]:
    """The type of each customer's file in each tax system: an active one first, then the lowest number [A-19]."""
    customers = {inquiry.customer_id for inquiry in inquiries if inquiry.customer_id is not None}
    files = TaxFile.objects.filter(customer__in=customers).order_by("is_active", "-file_number")
    return {
        (customer, system): kind for customer, system, kind in files.values_list("customer", "tax_system", "file_type")
    }


def _said(pks: Sequence[int]) -> dict[int, list[Said]]:
    """The messages of each inquiry that count (CRM-4.2-e), in their order."""
    found: dict[int, list[Said]] = {pk: [] for pk in pks}
    messages = Message.objects.filter(inquiry__in=pks, is_rejected=False).order_by("sent_at", "id")
    for pk, inquiry_id, sent_at, side in messages.values_list("pk", "inquiry_id", "sent_at", "side"):
        found[inquiry_id].append(Said(pk, sent_at, side == Side.EMPLOYEE.value))
    return found


def _answers(
    inquiries: Sequence[Inquiry], clocks: dict[int, Clock], said: dict[int, list[Said]]
) -> dict[int, list[Answered]]:
    authority = calendar(CalendarName.AUTHORITY)
    return {
        one.pk: list(answers(one.opened_at, said[one.pk], clocks[one.pk].stretches, authority))
        for one in inquiries
        if one.opened_at is not None
    }


def _days_of(pks: Sequence[int]) -> set[date]:
    """The days on which something happened to these inquiries."""
    rows = StatusHistory.objects.filter(inquiry__in=pks).annotate(on=TruncDate("at"))
    return set(rows.values_list("on", flat=True).distinct().order_by())


def _mark(days: set[date], at: datetime) -> None:
    """Mark days in their order; a day that is being added up is marked when that is done, and so not forgotten."""
    FiguresDay.objects.bulk_create(
        [FiguresDay(day=day, marked_at=at) for day in sorted(days)],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["marked_at"],
    )


def _seconds(length: timedelta) -> int:
    return max(0, round(length.total_seconds()))
